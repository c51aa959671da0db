"""Gate G5: each threat of the map has its tests, and those that stand nowhere else are here."""

import ast
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import get_resolver, reverse

from tests.boards_cast import came, in_program
from tests.cast import MORNING, Cast, at
from tests.threats import THREATS
from throughcare.pathway.actor import Page
from throughcare.pathway.note.group_note import sign_notes
from throughcare.pathway.note.parts import OwnPart
from throughcare.pathway.note.typed import TypedNote
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.book import write_page
from throughcare.pathway.privacy.chain import verify_chain
from throughcare.records.accesses import Access
from throughcare.records.notes import Note

HOUSE = Path(__file__).resolve().parents[1]
SAID = "Slept badly, and called her sponsor twice."


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("number", THREATS, ids=[f"T-{number}" for number in THREATS])
def test_every_threat_has_its_tests(number):
    attack, tests = THREATS[number]
    assert attack
    assert tests
    for one in tests:
        path, _, name = one.partition("::")
        assert name in names_in(path), one


@pytest.fixture
def noted(cast: Cast):
    """Ana, with a signed note of Monday evening."""
    ana = in_program(cast, "Ana", "Flores")
    session = came(cast, ana)
    typed = TypedNote(
        [OwnPart(ana.uid, SAID, ana.thread)], "Signs", "The group named early signs of trouble."
    )
    [signed] = sign_notes(session, typed=typed, by=cast.facilitator, at=at(21, 5))
    assert signed.note, signed
    return ana, session, signed.note


def ways_to(note, session, patient):
    """A note by address, print, fragment, search, chart, session, and every page of the patient."""
    yield from (
        reverse("note", args=[note]),
        reverse("session_notes", args=[session]),
        reverse("search") + "?q=Ana",
    )
    yield from (reverse("census"), reverse("today"), reverse("to_cosign"))
    for pattern in get_resolver().url_patterns:
        words = str(pattern.pattern)
        about_them = words.count("<") == 1 and "<uuid:patient>" in words
        if about_them and "GET" in pattern.callback.route.methods:
            yield reverse(pattern.name, args=[patient])


@pytest.mark.django_db
def test_s3_reception_opens_no_record_in_any_way(client, cast, noted):
    ana, session, note = noted
    client.force_login(account(cast.front_desk))
    for address in ways_to(note, session, ana.uid):
        for way in ({}, {"HX-Request": "true"}):
            for path in (address, address + ("&" if "?" in address else "?") + "print=1"):
                answer = client.get(path, headers=way)
                assert answer.status_code in (403, 404), path
                assert SAID not in answer.content.decode()
                assert "Flores" not in answer.content.decode(), path


@pytest.mark.django_db
def test_s4_a_biller_opens_no_page_of_what_was_said_or_planned(client, cast, noted):
    ana, session, note = noted
    client.force_login(account(cast.biller))
    for name, word in (
        ("note", note),
        ("session_notes", session),
        ("patient_notes", ana.uid),
        ("care_plan", ana.uid),
        ("measures", ana.uid),
        ("progress", ana.uid),
    ):
        answer = client.get(reverse(name, args=[word]))
        assert answer.status_code == 403, name
    page = client.get(reverse("patient", args=[ana.uid])).content.decode()
    assert SAID not in page
    assert "Drinks in the evening" not in page


@pytest.mark.django_db
def test_s5_the_database_itself_keeps_a_signed_note_as_it_is(noted):
    _, _, note = noted
    row = Note.objects.get(uid=note)
    for change in (
        lambda: Note.objects.filter(pk=row.pk).update(digest="0" * 64),
        lambda: Note.objects.filter(pk=row.pk).update(signed_at=MORNING),
        lambda: Note.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Note.objects.get(uid=note).digest == row.digest


@pytest.mark.django_db
def test_s6_a_clock_turned_back_changes_nothing_about_the_order_of_the_book(cast, noted):
    ana, _, _ = noted
    for moment in (MORNING, MORNING - timedelta(days=400), MORNING + timedelta(hours=1)):
        page = Page(route="patient")
        open_patient(ana.uid, kind="identity", by=cast.clinician.on(page), at=moment)
        write_page(page, organization=cast.organization)
    newest = list(Access.objects.filter(organization=cast.organization).order_by("-sequence")[:3])
    assert [row.sequence for row in newest] == [newest[0].sequence - n for n in range(3)]
    assert newest[1].accessed_at < newest[2].accessed_at
    assert verify_chain(cast.organization, at=MORNING + timedelta(hours=2)).broken_at is None


def account(actor):
    from throughcare.records.people import Account

    return Account.objects.get(pk=actor.account)
