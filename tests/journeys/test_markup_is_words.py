"""Gate G6, short form (T-G3): markup that people write is shown as words, to those who read it at a desk."""

from itertools import cycle

import pytest
from django.urls import get_resolver, reverse

from tests.boards_cast import came, in_program
from tests.cast import at
from throughcare.pathway.intake.assessment import open_assessment
from throughcare.pathway.intake.intake_answers import answer_section
from throughcare.pathway.note.group_note import sign_notes
from throughcare.pathway.note.parts import OwnPart
from throughcare.pathway.note.typed import TypedNote
from throughcare.pathway.people.people import (
    NewRelatedPerson,
    PersonDetails,
    add_related_person,
    correct_details,
)
from throughcare.pathway.referral.referral import NewReferral, patient_of, receive_referral, record_contact
from throughcare.pathway.week.commitments import NewCommitment, add_commitment

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

POLYGLOTS = cycle(
    (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(2)>',
        "'\"><svg/onload=alert(3)>",
        "</textarea><script>alert(4)</script>",
        "</title><script>alert(5)</script>",
        "javascript:alert(6)//'/*\\'/*\"/**/",
        "{{7*7}}{% debug %}${alert(7)}",
        "<a href=//outside.example/x>x</a>",
        "<iframe src=//outside.example>",
        "--><link rel=stylesheet href=//outside.example/a.css>",
        "<b hx-get=/me hx-trigger=load>x</b>",
        "<style>@import '//outside.example'</style>",
    )
)


def markup():
    return next(POLYGLOTS)


def person():
    return PersonDetails(
        given_name=markup(),
        family_name=markup(),
        preferred_name=markup(),
        pronouns="<i>x</i>",
        gender="<svg onload=alert(8)>",
        phone="212-555-0111",
        address=markup(),
        contact_wishes={"other_way": markup()},
    )


@pytest.fixture
def written(cast, clock):
    """A person in the program and one who calls, both of whom write markup wherever they can."""
    ana = in_program(cast, "Ana", "Flores")
    when = {"by": cast.clinician, "at": at(9)}
    correct_details(ana.uid, person(), **when)
    add_related_person(ana.uid, NewRelatedPerson(markup(), markup()[:30], phone="1", note=markup()), **when)
    add_commitment(ana.uid, NewCommitment("childcare", markup(), weekday=5), **when)
    session = came(cast, ana)
    typed = TypedNote(
        [OwnPart(ana.uid, markup() * 3, ana.thread, next_step=markup())], markup(), markup() * 3
    )
    [signed] = sign_notes(session, typed=typed, by=cast.facilitator, at=at(21, 5))
    assert signed.note, signed
    call = NewReferral(
        cast.site,
        person(),
        referrer_name=markup(),
        referrer_organization=markup(),
        reason=markup(),
        best_times=markup(),
    )
    referral = receive_referral(call, by=cast.admissions, at=at(9))
    record_contact(referral, mode="call", outcome="reached", note=markup(), by=cast.admissions, at=at(10))
    assessment = open_assessment(referral, by=cast.clinician, at=at(11))
    hopes = {part: markup() for part in ("brings", "hopes", "worries")}
    answer_section(
        assessment, "hopes", hopes, said_by="clinician", by=cast.clinician, at=at(11), seen_version=0
    )
    clock.set(at(21, 10))
    caller = patient_of(referral, by=cast.admissions, at=at(11))
    return [
        *charts(ana.uid),
        *charts(caller),
        reverse("referral", args=[referral]),
        reverse("assessment", args=[assessment]),
        reverse("assessment_section", args=[assessment, "hopes"]),
        reverse("note", args=[signed.note]),
        reverse("session_notes", args=[session]),
        reverse("session", args=[session]),
        *(reverse(name) for name in ("pipeline", "census", "week_board", "today", "to_cosign")),
        reverse("search") + "?q=" + "%3Cscript%3Ealert(9)%3C/script%3E",
        reverse("search") + "?q=alert",
    ]


def charts(patient):
    for pattern in get_resolver().url_patterns:
        words = str(pattern.pattern)
        route = pattern.callback.route
        about_them = words.count("<") == 1 and "<uuid:patient>" in words and "GET" in route.methods
        if about_them and {"clinician", "director"} & set(route.roles):
            yield reverse(pattern.name, args=[patient])


def test_markup_that_people_write_is_shown_as_words(written, someone):
    dana = someone("dana@harbor.test")
    opened = []
    dana.page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    shown = 0
    for path in written:
        answer = dana.context.request.get(path)
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        dana.go(path)
        assert dana.page.locator("[onerror], [onload], iframe, main script:not([src])").count() == 0, path
        assert dana.page.locator("a[href*='outside.example'], [hx-trigger=load]").count() == 0, path
        shown += "alert(" in dana.page.locator("main").inner_text()
    assert shown >= 8, "nothing was shown, so nothing is proven"
    assert opened == []
    # Policy violations, script errors and requests to elsewhere are troubles: the fixture of the browser fails on them.
