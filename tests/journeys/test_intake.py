"""Ben's intake: his own part on a phone, left and taken up again, and the clinician's part up to the placement."""

import pytest

from tests.cast import at
from tests.intake_cast import AUDIT_22, BEN, BEN_RATED, CIWA_6, refer
from tests.journeys.walker import PHONE, Walker
from throughcare.knowledge.intake.domains import ALL as DOMAINS
from throughcare.records.assessments import Assessment
from throughcare.records.placements import PlacementDecision

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CALM = (
    "Intent and a plan to harm another person",
    "Medically unstable now",
    "Delirium now",
    "Overdose now",
    "Group not safe or not possible",
    "Heavy use now",
    "Daily sedatives together with alcohol",
    "Pregnant and in withdrawal",
)
NOT_AT_ALL, SEVERAL_DAYS, MORE_THAN_HALF = "Not at all", "Several days", "More than half the days"


def test_the_intake_of_ben(cast, clock, someone):
    refer(cast, BEN, reason="Drinking too much", when=at(8))
    clock.set(at(8, 30))
    carla = someone("carla@harbor.test")
    link = sends_the_link(carla)
    begins_on_his_phone(someone(size=PHONE), link)
    clock.set(at(12))
    goes_on_after_closing(someone(size=PHONE), link)
    clock.set(at(14))
    confirms_what_he_said(carla)
    asks_the_rest(carla)
    places_him_elsewhere(carla)


def sends_the_link(carla: Walker) -> str:
    """Open the assessment and make the link; its address."""
    carla.go("/referrals/")
    carla.follow("Ben Adler")
    carla.press("Open the assessment")
    carla.press("Make a link")
    carla.look("intake-link", "It is shown only now")
    return carla.page.locator(".link-once").inner_text()


def begins_on_his_phone(ben: Walker, link: str) -> None:
    """The first three pages; then he closes the browser."""
    ben.go(link)
    ben.look("intake-start", "Ben, these questions", "988", "911")
    ben.follow("Start")
    ben.look("intake-reach", "You, and how to reach you safely")
    ben.pick("How may we reach you?", "Text me")
    ben.press("Save and continue")
    ben.look("intake-home")
    ben.pick("Do you feel safe where you live?", "Yes")
    ben.pick("Do you take care of children", "No")
    ben.press("Save and continue")
    ben.look("intake-work", "Work and school")
    ben.pick("Do you work?", "Yes")
    ben.fill("What do you do?", "Warehouse")
    hours = ben.page.get_by_role("group", name="When do you work?")
    hours.get_by_label("Monday from").fill("07:00")
    hours.get_by_label("Monday to").fill("15:00")
    hours.get_by_role("button", name="Same hours Monday to Friday").click()
    for day in DAYS:
        assert hours.get_by_label(f"{day} to").input_value() == "15:00"
    ben.press("Save and continue")
    ben.look("intake-transport", "Getting here")
    ben.context.close()


def goes_on_after_closing(ben: Walker, link: str) -> None:
    """The same link leads to the page where he stopped; to the end."""
    ben.go(link)
    ben.look("intake-resumed", "Your pages", "Work and school")
    ben.follow("Continue")
    ben.look("intake-transport-again", "Getting here")
    for page in ("transport", "device", "language", "supports", "hopes", "history"):
        if page == "supports":
            ben.pick("Is there someone close to you", "Yes")
        if page == "history":
            ben.pick("When you stopped drinking", "No")
            ben.fill("How many times did you overdose", "0")
        ben.look(f"intake-{page}")
        ben.press("Save and continue")
    answers(ben, *[MORE_THAN_HALF] * 6, SEVERAL_DAYS, SEVERAL_DAYS, NOT_AT_ALL)
    ben.look("intake-mood", "Your mood")
    ben.press("Save and continue")
    answers(ben, *[MORE_THAN_HALF] * 4, *[SEVERAL_DAYS] * 3)
    ben.look("intake-worry", "Worry and nerves")
    ben.press("Save and continue")
    while "/thanks" not in ben.path:
        ben.look(f"intake-{ben.path.rpartition('/')[2]}")
        ben.press("Save and continue")
    ben.look("intake-thanks")


def answers(ben: Walker, *labels: str) -> None:
    """Answer each item with the label that the person reads."""
    for number, label in enumerate(labels, 1):
        field = ben.page.locator(f".field:has(input[name=item_{number}])")
        field.get_by_label(label, exact=True).check()


def confirms_what_he_said(carla: Walker) -> None:
    """What he wrote waits to be confirmed; his hours of work make the evening the only track."""
    assessment = Assessment.objects.get()
    carla.go(f"/assessments/{assessment.uid}/")
    carla.look("assessment-said-by-patient", "Said by Ben", "14")
    carla.follow("Work and school")
    carla.look("section-work", "Warehouse")
    carla.press("Confirm and save")
    carla.look("assessment-confirmed", "“Work and school” is confirmed.", "evening")


def asks_the_rest(carla: Walker) -> None:
    """AUDIT, CIWA-Ar and the screener, the domains, the facts for the placement."""
    home = carla.path
    records(carla, home, "audit", AUDIT_22)
    records(carla, home, "ciwa-ar", CIWA_6)
    records(carla, home, "c-ssrs-screener", [0, 0, None, None, None, 0, None])
    for code, rating in BEN_RATED.items():
        carla.follow(DOMAINS[code].title)
        carla.page.locator(f"input[name=rating][value='{rating}']").check()
        carla.fill("Evidence", "Heard in the interview.")
        carla.press("Save the rating")
    carla.follow("Facts for the placement")
    for fact in CALM:
        carla.pick(fact, "No")
    carla.fill("Days of use a week in spite", "0")
    carla.look("checklist-told", "What the person said")
    carla.press("Confirm and save")
    carla.look("assessment-asked", "22", "14", "11")


def records(carla: Walker, home: str, code: str, values: list[int | None]) -> None:
    """A questionnaire asked in the conversation, entered by number."""
    carla.go(f"{home}measures/{code}")
    for number, value in enumerate(values, 1):
        field = carla.page.locator(f"[name=item_{number}]")
        if value is None:
            continue
        if field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            carla.page.locator(f"input[name=item_{number}][value='{value}']").check()
    carla.pick("How was it filled in?", "Asked in a conversation")
    carla.look(f"assessment-{code}")
    carla.press("Save and score")


def places_him_elsewhere(carla: Walker) -> None:
    """Indicated is intensive outpatient; outpatient is refused without a code, and kept with one and its words."""
    carla.follow("Placement")
    carla.look("placement-ben", "Intensive outpatient", "vening")
    carla.select("Place at", "Outpatient")
    with carla.refused():
        carla.press("Confirm the placement")
    carla.look("placement-refused", "Choose why the person is placed elsewhere.")
    assert not PlacementDecision.objects.exists()
    carla.select("Why elsewhere than indicated?", "The person")
    with carla.refused():
        carla.press("Confirm the placement")
    carla.look("placement-wordless", "Say in your own words")
    carla.fill("In your own words", "He starts with what fits around his shifts; we look again in two weeks.")
    carla.press("Confirm the placement")
    carla.look(
        "placement-elsewhere", "The placement is decided.", "He starts with what fits around his shifts"
    )
    kept = PlacementDecision.objects.get()
    assert (kept.indicated, kept.placed, kept.override_code) == ("iop", "op", "patient_choice")
