"""Attendance of four people and the group's note, by keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD, at
from tests.sessions_cast import admit, hold, open_group
from throughcare.pathway.signing_in.factors import code_at, counter_at, enrol_known_app
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAMES = (("Ana", "Silva"), ("Ben", "Okoro"), ("Cleo", "Vargas"), ("Dev", "Rao"))


def own_words(person):
    """What is written of this person and of nobody else: copied words ask to be confirmed."""
    spoken = (f"{word}{person.key}" for word in ("evening", "work", "brother", "sleep"))
    return f"Spoke of {' and '.join(spoken)}."


def tab_to(page, selector, *, most=120):
    """Press Tab until the focus is on what the selector names, and can be seen there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none", f"nothing shows that the focus is on {selector}"
            return
    raise AssertionError(f"no way to {selector} with the Tab key")


def press_enter(page):
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page, email):
    """Sign in with keys, the code of the app included."""
    enrol_known_app(email, secret=SECRET, at=timezone.now())
    page.goto(reverse("sign_in"))
    tab_to(page, "input[name=email]")
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    press_enter(page)
    tab_to(page, "input[name=code]")
    page.keyboard.type(code_at(SECRET, counter_at(timezone.now())))
    press_enter(page)


def unlock(page):
    """Unlock the browser with keys."""
    tab_to(page, "input[name=proof]")
    page.keyboard.type(PASSWORD)
    press_enter(page)


def take_attendance(page, people):
    """A digit for each person; the focus stays with them when their row is drawn anew."""
    for person, key in zip(people, "1235", strict=True):
        tab_to(page, f"#row-{person.uid} .tap")
        page.keyboard.press(key)
        page.wait_for_selector(f"#row-{person.uid} [aria-pressed=true]")
        page.wait_for_function(f"document.activeElement.closest('#row-{person.uid}') !== null")


def write_notes(page, people):
    """The shared part, and for each who came a paragraph, a phrase chosen by arrow keys, and an objective."""
    tab_to(page, "textarea[name=shared-text]")
    page.keyboard.type("We practiced urge surfing.")
    for person in people:
        tab_to(page, f"textarea[name='p-{person.uid}-text']")
        page.keyboard.type(own_words(person))
        tab_to(page, ".phrase")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        tab_to(page, f"input[name='p-{person.uid}-objective']")
        page.keyboard.press("Space")
    tab_to(page, "button[value=sign]")
    press_enter(page)


def test_a_facilitator_takes_attendance_and_signs_notes_without_a_mouse(cast, clock, someone):
    people = [admit(cast, given, family) for given, family in NAMES]
    session = hold(cast, *people, group=open_group(cast))
    clock.set(at(17, 50))
    felix = someone()
    sign_in(felix.page, "felix@harbor.test")
    felix.look("keyboard-today")
    tab_to(felix.page, f"a[href='{reverse('session', args=[session])}']")
    press_enter(felix.page)
    take_attendance(felix.page, people)
    felix.look("keyboard-attendance", "4 of 4 taken, 3 here")
    taken = dict(Attendance.objects.values_list("patient_id", "status"))
    assert [taken[person.key] for person in people] == ["present", "late", "left_early", "no_show"]

    clock.set(at(20, 45))
    with felix.refused():
        felix.go(reverse("session", args=[session]))
    felix.look("keyboard-locked", "Nobody used this browser for a while")
    unlock(felix.page)
    tab_to(felix.page, f"a[href='{reverse('session_notes', args=[session])}']")
    press_enter(felix.page)
    write_notes(felix.page, people[:3])
    felix.look("keyboard-notes", "3 notes signed.")
    notes = {note.patient_id: note for note in Note.objects.select_related("objective")}
    assert set(notes) == {person.key for person in people[:3]}
    for person in people[:3]:
        assert notes[person.key].text == f"{own_words(person)} Listened, said little."
        assert notes[person.key].objective.thread == person.thread
