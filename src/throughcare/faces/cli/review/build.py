"""The whole clinic of the fixture, in the order in which it happened."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from throughcare.faces.cli.review import (
    arranging,
    community,
    crises,
    day_to_day,
    holding,
    medicines,
    own_plans,
    own_weeks,
    practice,
    signs,
    testing,
    trust,
    weeks,
)
from throughcare.faces.cli.review.clinics import ZONE, Place, open_places
from throughcare.faces.cli.review.lives import Life, admit, assess, call, clock, plan
from throughcare.faces.cli.review.markers import Markers
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Page
from throughcare.pathway.intake.intake_invitation import invite_to_intake
from throughcare.pathway.privacy.book import write_page

PASSWORD = "a pass phrase that all of the fixture share"  # noqa: S105  # printed for everyone: nothing real is behind it


@dataclass
class Fixture:
    """What was built: the places, the people, who was invited, and where nobody has an address for it, ids."""

    markers: Markers
    places: tuple[Place, Place]
    lives: dict[str, Life] = field(default_factory=dict)
    invited: dict[str, tuple[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    ids: list[UUID] = field(default_factory=list)


@transaction.atomic
def build(*, now: datetime) -> Fixture:
    """Both organizations and all their people, as of `now`."""
    now = now.astimezone(ZoneInfo(ZONE))  # in the evening it is tomorrow already where times are kept
    today = local_day(now, ZONE)
    opened = today - timedelta(days=70)
    markers = Markers()
    places = open_places(markers, encoded=make_password(PASSWORD), opened=opened, at=clock(opened, 8))
    fixture = Fixture(markers, places)
    pages = {place.owner: Page(surface="story", route="review-fixture") for place in places}
    for place in places:
        page = pages[place.owner]
        place.actors = {role: actor.on(page) for role, actor in place.actors.items()}
    first = today - timedelta(days=today.weekday(), weeks=3)
    for place in places:
        weeks.extend(place, day=today, at=clock(opened, 9))
    _live(fixture, first, today, now)
    for place in places:
        write_page(pages[place.owner], organization=place.organization)
    return fixture


def _tell_of(life: Life, *, now: datetime) -> None:
    """One of everything that stands in a person's record."""
    trust.books(life, at=now - timedelta(days=3))
    practice.practice(life, now=now - timedelta(days=3))
    arranging.arrange(life, now=now - timedelta(days=3))
    medicines.medicate(life, now=now - timedelta(days=3))
    testing.take_and_reward(life, now=now - timedelta(days=3))
    day_to_day.say_and_ask(life, now=now - timedelta(hours=2))
    crises.call_for_help(life, now=now - timedelta(days=2))
    holding.hold_ahead(life, now=now - timedelta(days=1))
    own_plans.plan_for_themselves(life, now=now - timedelta(hours=1))
    own_weeks.ask_for_time(life, now=now - timedelta(hours=6))
    signs.happen(life, now=now - timedelta(hours=5))
    signs.notice(life, now=now - timedelta(hours=4))


def _live(fixture: Fixture, first: date, today: date, now: datetime) -> None:
    alder, birch = fixture.places
    coming: dict[str, UUID] = {}
    for owner, place, site, hour in (
        ("alumnus_a", alder, 0, 13),
        ("patient_a", alder, 0, 10),
        ("patient_b", alder, 1, 10),
        ("other_org_patient", birch, 0, 10),
    ):
        life = call(place, site, fixture.markers.of(owner), day=first - timedelta(days=5))
        assess(life, day=first - timedelta(days=3))
        admit(life, day=first)
        plan(life, day=first)
        fixture.lives[owner] = life
        if site == 0:
            weeks.join_evenings(life, day=first)
        day = first + timedelta(days=1)
        session, *_, coming[owner] = weeks.book_alone(life, life.therapist, day=day, hour=hour, weeks=8)
        weeks.hold_alone(life, life.therapist, session, day=day, hour=hour)
    lives = fixture.lives
    friday = first + timedelta(days=4)
    supervised, *_ = weeks.book_alone(lives["patient_a"], "case_manager", day=friday, hour=9)
    weeks.hold_alone(lives["patient_a"], "case_manager", supervised, day=friday, hour=9)
    for place in fixture.places:
        here = [life for life in lives.values() if life.place is place and life.site == 0]
        weeks.hold_evenings(place, here, until=today, now=now)
        practice.teach(place, first=first, now=now)
        crises.put_on_call(place, at=now - timedelta(days=4))
        community.invite_all(place, day=today, at=now - timedelta(days=1))
    for life in lives.values():
        _tell_of(life, now=now)
    weeks.part_ways(lives["alumnus_a"], day=today - timedelta(days=2))
    for owner in ("patient_a", "patient_b", "other_org_patient"):
        weeks.follow(lives[owner], now=now - timedelta(hours=1))
        weeks.not_this_time(lives[owner], coming[owner], now=now - timedelta(hours=1))
    weeks.apart(lives["patient_a"], lives["patient_b"], now=now - timedelta(hours=1))
    _let_in(fixture, at=now - timedelta(days=2))
    _newcomer(fixture, today, now)


def _let_in(fixture: Fixture, *, at: datetime) -> None:
    """Accounts of patients and of those close to them; what the one may see was taken back from the other."""
    lives, invited = fixture.lives, fixture.invited
    for owner in ("patient_a", "patient_b", "alumnus_a", "other_org_patient"):
        invited[owner] = trust.let_in(lives[owner], owner, at=at)
    kim = lives["patient_a"]
    for who, role in (("family", "family_a"), ("former", "family_revoked")):
        invited[role] = trust.let_in_close(kim, who, role, at=at)
        consent = trust.allow_family(kim, (kim.related or {})[who], trust.FAMILY_SEES, at=at)
        if role == "family_revoked":
            trust.take_back(kim, consent, at=at + timedelta(hours=30))


def _newcomer(fixture: Fixture, today: date, now: datetime) -> None:
    """Someone between the call and admission, with a link to their own part of the intake."""
    alder = fixture.places[0]
    life = call(alder, 0, fixture.markers.of("newcomer"), day=today - timedelta(days=3))
    assess(life, day=today - timedelta(days=2), sign=False)
    fixture.lives["newcomer"] = life
    if life.assessment is not None:
        fixture.tokens["newcomer"] = invite_to_intake(
            life.assessment, by=alder.actors["clinician"], at=now - timedelta(hours=1)
        )
