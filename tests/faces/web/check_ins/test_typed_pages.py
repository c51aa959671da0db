"""Someone without a phone says their check-in aloud, and a member of staff types it."""

import pytest
from django.urls import reverse

from tests.faces.web.check_ins.conftest import answers
from tests.faces.web.check_ins.test_room_pages import words_of
from throughcare.records.check_ins import CheckIn


@pytest.fixture
def felix(evening):
    return evening.staff(evening.cast.facilitator)


def typing(evening, name="ana"):
    return reverse("type_check_in", args=[evening.session, evening.people[name].uid])


def test_what_is_said_aloud_is_typed_from_the_page_of_check_ins(evening, felix):
    page = words_of(felix.get(evening.url("session_check_ins")))
    assert typing(evening) in page and "type it for Ana Family1" in page
    assert "Check in for Ana Family1" in words_of(felix.get(typing(evening)))
    answer = felix.post(typing(evening), answers(mood=4, words="Long day"), follow=True)
    assert "The check-in is kept." in words_of(answer)
    row = CheckIn.objects.get()
    assert (row.way, row.recorded_by_id, row.answers["words"]) == (
        "staff",
        evening.cast.facilitator.account,
        "Long day",
    )
    assert typing(evening) not in words_of(felix.get(evening.url("session_check_ins")))


def test_who_is_not_expected_and_who_may_only_look_type_nothing(evening, felix):
    assert felix.get(typing(evening, "sam")).status_code == 404
    assert evening.staff(evening.cast.nurse).get(typing(evening)).status_code == 403
    assert "type it for" not in words_of(
        evening.staff(evening.cast.nurse).get(evening.url("session_check_ins"))
    )


def test_a_one_to_one_has_no_climate_tab(evening, felix):
    from tests.sessions_cast import hold

    alone = hold(evening.cast, evening.people["ana"], kind="individual", title="One to one")
    page = words_of(felix.get(reverse("session", args=[alone])))
    assert reverse("session_climate", args=[alone]) not in page
    assert evening.url("session_climate") in words_of(felix.get(evening.url("session")))
