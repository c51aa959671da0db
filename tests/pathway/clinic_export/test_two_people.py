"""T-I1: nobody takes everyone out alone, without a reason, twice a day or unseen."""

from datetime import timedelta

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic_export.asking import answer_export, ask_for_export, exports, take_export
from throughcare.records.accesses import Access
from throughcare.records.clinic_exports import ExportTaking
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
WHY = "We move to a machine of our own"
LATER = MORNING + timedelta(hours=1)


def asked(cast):
    return ask_for_export(reason=WHY, by=cast.admin, at=MORNING)


def allowed(cast, *, at=MORNING):
    request = ask_for_export(reason=WHY, by=cast.admin, at=at)
    answer_export(request, yes=True, words="", by=cast.compliance, at=at)
    return request


def test_t_i1_one_person_alone_is_refused(cast):
    """T-I1: single-person → refused, whoever it is."""
    request = asked(cast)
    with pytest.raises(Cannot, match="Nobody has allowed it yet"):
        take_export(request, at=LATER)
    with pytest.raises(Cannot, match="asked for it yourself"):
        answer_export(request, yes=True, words="", by=cast.admin, at=LATER)
    assert not ExportTaking.objects.exists()


def test_t_i1_who_has_no_such_role_neither_asks_nor_allows(cast):
    with pytest.raises(CannotSee):
        ask_for_export(reason=WHY, by=cast.clinician, at=MORNING)
    with pytest.raises(CannotSee):
        ask_for_export(reason=WHY, by=cast.compliance, at=MORNING)
    with pytest.raises(CannotSee):
        answer_export(asked(cast), yes=True, words="", by=cast.nurse, at=MORNING)
    with pytest.raises(CannotSee):
        exports(by=cast.program, at=MORNING)


def test_t_i1_a_reason_is_asked_for_and_a_no_is_final(cast):
    with pytest.raises(Cannot, match="Say what the export is for"):
        ask_for_export(reason="backup", by=cast.admin, at=MORNING)
    request = asked(cast)
    answer_export(request, yes=False, words="Not needed", by=cast.director, at=LATER)
    with pytest.raises(Cannot, match="refused"):
        take_export(request, at=LATER)
    with pytest.raises(Cannot, match="answered already"):
        answer_export(request, yes=True, words="", by=cast.compliance, at=LATER)
    assert exports(by=cast.admin, at=LATER)[0].standing == "refused"


def test_t_i1_taken_it_stands_in_everyones_book_and_the_officer_hears_each_step(cast):
    """T-I1: reason, watermark, officer told; the two names stand on it."""
    ana, ben = in_program(cast, "Ana", "Ruiz"), in_program(cast, "Ben", "Ode")
    taken = take_export(allowed(cast), at=LATER)
    assert cast.admin.name in taken.watermark and cast.compliance.name in taken.watermark
    assert taken.reason == WHY and str(taken.request) in taken.watermark
    row = Access.objects.get(verb="export")
    assert row.account_id == cast.admin.account and row.kinds
    assert set(row.shown.values_list("patient", flat=True)) >= {ana.key, ben.key}
    told = PrivacyNotice.objects.filter(kind="clinic_export").order_by("pk")
    assert len(told) == 3 and WHY in told[0].text and WHY in told[2].text


def test_t_i1_one_a_day_and_each_is_asked_for_anew(cast):
    first = allowed(cast)
    take_export(first, at=LATER)
    with pytest.raises(Cannot, match="taken already"):
        take_export(first, at=LATER)
    second = allowed(cast, at=LATER)
    with pytest.raises(Cannot, match="one a day"):
        take_export(second, at=LATER + timedelta(hours=1))
    take_export(second, at=LATER + timedelta(hours=23))


def test_t_i1_a_yes_lapses_and_goes_with_who_gave_it(cast):
    request = allowed(cast)
    with pytest.raises(Cannot, match="more than 24 hours ago"):
        take_export(request, at=MORNING + timedelta(hours=25))
    assert exports(by=cast.admin, at=MORNING + timedelta(hours=25))[0].standing == "export_lapsed"
    Account.objects.filter(pk=cast.compliance.account).update(suspended_at=MORNING)
    with pytest.raises(Cannot, match="no longer here"):
        take_export(request, at=LATER)


def test_another_clinics_request_is_absent(cast):
    from dataclasses import replace

    other = replace(actor_for(cast.director.account), organization=cast.organization + 1)
    with pytest.raises(Absent):
        answer_export(asked(cast), yes=True, words="", by=other, at=LATER)
