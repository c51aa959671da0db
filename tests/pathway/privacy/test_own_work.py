"""The program's own work stands in the book: chained like everything else, and said in plain words."""

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.referral_cast import MAYA, patient_of, refer
from tests.week_cast import a_group, admit
from tests.week_cast import patient_of as patient_row
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.group.group import join_group
from throughcare.pathway.privacy.access_log import LogFilters, access_log, own_seen_by, who_saw
from throughcare.pathway.privacy.chain import verify_chain
from throughcare.pathway.privacy.own_work import note_sealing
from throughcare.pathway.signing_in.door_mail import queue_mail, send_door_mail
from throughcare.pathway.week.schedule import extend_every_schedule
from throughcare.records.accesses import Access
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(hours=1)


def of_the_program():
    return list(Access.objects.filter(account=None, relationship="program").order_by("sequence"))


def test_sessions_made_ahead_are_one_row_with_everyone_seated(cast):
    ana, group = admit(cast, "Ana", "Ruiz"), a_group(cast)
    join_group(group, ana.episode, from_date=MORNING.date(), by=cast.clinician, at=MORNING)
    before = len(of_the_program())
    extend_every_schedule(at=LATER)
    [row] = of_the_program()[before:]
    assert (row.route, row.surface, row.verb, row.kinds) == (
        "sessions ahead",
        "worker",
        "change",
        ["schedule"],
    )
    assert [one.patient_id for one in row.shown.all()] == [ana.key]
    extend_every_schedule(at=LATER)
    assert len(of_the_program()) == before + 1, "nothing was made, so nothing is written"
    lines = who_saw(patient_row(ana).uid, by=cast.compliance, at=LATER).lines
    assert ("The program itself", "the program itself") in [(line.who, line.relationship) for line in lines]
    assert verify_chain(cast.organization, at=LATER).broken_at is None


def test_a_person_reads_that_the_program_itself_wrote_to_them(cast):
    patient = patient_of(refer(cast, MAYA))
    invite_patient(patient, email="maya@mail.test", by=cast.clinician, at=MORNING)
    account = Account.objects.get_by_natural_key("maya@mail.test")
    queue_mail(account, "factor_changed", at=MORNING)
    queue_mail(Account.objects.get(pk=cast.nurse.account), "factor_changed", at=MORNING)
    send_door_mail(at=LATER, send=lambda *_: None, link_address=str)
    lines = own_seen_by(by=actor_for(account.pk), at=LATER).lines
    assert "The program itself" in [line.who for line in lines]
    assert len([row for row in of_the_program() if row.route == "mail about signing in"]) == 1


def test_sealing_everything_anew_tells_how_many_without_listing_them(cast):
    for name in ("Ana", "Ben"):
        admit(cast, name, "Ruiz")
    note_sealing(at=LATER)
    [line] = [
        one
        for one in access_log(LogFilters(), by=cast.compliance, at=LATER).lines
        if one.surface == "command"
    ]
    assert (line.who, line.people, line.others) == ("The program itself", (), 2)


def test_how_many_people_is_chained_like_the_rest(cast):
    admit(cast, "Ana", "Ruiz")
    note_sealing(at=LATER)
    [row] = of_the_program()
    from throughcare.pathway.privacy.book import BEGINNING, digest_of

    before = Access.objects.filter(sequence=row.sequence - 1).values_list("digest", flat=True).first()
    assert row.digest == digest_of(row, [], before=before or BEGINNING)
    row.unlisted = 0
    assert row.digest != digest_of(row, [], before=before or BEGINNING)
