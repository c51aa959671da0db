"""Notes kept apart leave by their author's hand, under a consent of their own, alone."""

import pytest

from tests.cast import MORNING
from tests.pathway.privacy import consent_cast as cast_of
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.note.notes_apart import write_note_apart
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.privacy.telling import To
from throughcare.pathway.release.apart import prepare_notes_apart
from throughcare.pathway.release.sending import review_packet, send_packet
from throughcare.records.disclosures import Disclosure

pytestmark = pytest.mark.django_db
SAID = "He spoke of his brother for the first time."


@pytest.fixture
def kim(cast):
    return cast_of.kim(cast)


@pytest.fixture
def physician(cast):
    new = NewRecipient("treating_provider", "Dr. Ito", "Elm Street Practice", "12 Elm Street")
    return enter_recipient(new, by=cast.clinician, at=MORNING)


@pytest.fixture
def note(cast, kim):
    return written(cast, kim, "counseling_note")


def written(cast, kim, kind, by=None):
    return write_note_apart(
        kim.uid, kind=kind, day=MORNING.date(), text=SAID, by=by or cast.clinician, at=MORNING
    )


def consent(cast, kim, physician, kind="counseling_note"):
    new = NewConsent(
        "counseling_notes",
        kinds=frozenset({kind}),
        purposes=frozenset({"treatment"}),
        recipient=physician,
        ends_when="the treatment there ends",
    )
    return cast_of.signed(cast, kim, new)


def prepare(kim, notes, physician, by):
    to = To("treating_provider", "Dr. Ito", recipient=physician, affiliation="Elm Street Practice")
    return prepare_notes_apart(kim.uid, notes, to=to, purpose="treatment", method="pdf", by=by, at=MORNING)


def test_without_its_own_consent_nothing_is_prepared(cast, kim, physician, note):
    with pytest.raises(Cannot, match="consent of their own"):
        prepare(kim, [note], physician, cast.clinician)
    consent(cast, kim, physician, "psychotherapy_note")
    with pytest.raises(Cannot, match="consent"):
        prepare(kim, [note], physician, cast.clinician)


def test_the_author_releases_it_and_the_statement_goes_along(cast, kim, physician, note):
    consent(cast, kim, physician)
    prepared = prepare(kim, [note], physician, cast.clinician)
    review = review_packet(prepared, by=cast.clinician, at=MORNING)
    assert SAID in str(review.paper)
    assert review.paper.statement
    assert review.paper.copies
    send_packet(prepared, by=cast.clinician, at=MORNING)
    assert Disclosure.objects.get(uid=prepared).sent_at == MORNING


def test_nobody_else_prepares_reads_or_sends_it(cast, kim, physician, note):
    consent(cast, kim, physician)
    with pytest.raises(Absent):
        prepare(kim, [note], physician, cast.director)
    prepared = prepare(kim, [note], physician, cast.clinician)
    assert SAID not in str(review_packet(prepared, by=cast.director, at=MORNING))
    with pytest.raises(CannotSee):
        send_packet(prepared, by=cast.director, at=MORNING)


def test_two_kinds_leave_under_two_consents_never_as_one(cast, kim, physician, note):
    for kind in ("counseling_note", "psychotherapy_note"):
        consent(cast, kim, physician, kind)
    other = written(cast, kim, "psychotherapy_note")
    with pytest.raises(Cannot, match="can't be combined"):
        prepare(kim, [note, other], physician, cast.clinician)
    with pytest.raises(Cannot):
        both = NewConsent(
            "counseling_notes",
            kinds=frozenset({"counseling_note", "psychotherapy_note"}),
            purposes=frozenset({"treatment"}),
            recipient=physician,
            ends_when="the treatment there ends",
        )
        cast_of.signed(cast, kim, both)


def test_taken_back_it_is_withheld(cast, kim, physician, note):
    given = consent(cast, kim, physician)
    prepared = prepare(kim, [note], physician, cast.clinician)
    revoke_consent(given, how="oral", by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot):
        send_packet(prepared, by=cast.clinician, at=MORNING)
    assert Disclosure.objects.get(uid=prepared).withheld_at == MORNING
