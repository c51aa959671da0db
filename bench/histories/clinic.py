"""What the histories are about: people with plans, doses, seats, notes, consents and crises, made new for each run."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

from bench.histories.history import Thing

# How many of each, so that ten threads meet often, and things that end (notes, consents) last for a run.
OF_EACH = {"plan": 4, "dose": 4, "marks": 4, "note": 16, "consent": 16, "crisis": 6, "pair": 4}
FIRST_DOSE, FIRST_WORDS = "50 mg", "w0"
SENTENCE = "Named two triggers and a plan for each, found it hard, and wants to try it at home with "
_names = count(1)


@dataclass(frozen=True)
class Place:
    """Where a thing is found: the public ids that its verbs need."""

    thing: Thing
    ids: dict[str, str]


def found() -> Any:
    """The clinic itself, once for all runs."""
    from tests.cast import gather_cast
    from tests.pathway.privacy import consent_cast

    cast = gather_cast()
    return cast, consent_cast.kim(cast)


def things_of_a_run(cast: Any, kim: Any) -> list[Place]:
    """New things of each kind."""
    from django.db import transaction

    make = {
        "plan": _plan,
        "dose": _dose,
        "marks": _marks,
        "note": _note,
        "consent": partial(_consent, kim=kim),
        "crisis": _crisis,
        "pair": _pair,
    }
    places = []
    for kind, many in OF_EACH.items():
        for _ in range(many):
            with transaction.atomic():
                start, ids = make[kind](cast)
            name = f"{kind}-{len(places)}"
            places.append(Place(Thing(name, kind, start), {key: str(value) for key, value in ids.items()}))
    return places


def _person(cast: Any) -> Any:
    from tests.sessions_cast import admit

    return admit(cast, f"Given{next(_names)}")


def _plan(cast: Any) -> Any:
    return (), {"patient": _person(cast).uid}


def _dose(cast: Any) -> Any:
    from django.utils import timezone

    from throughcare.pathway.medication.changing import MedicationWords, start_medication

    person = _person(cast)
    words = MedicationWords("Sertraline", FIRST_DOSE, "mouth", "daily", "bottle", prescriber="Dr. Vale")
    thread = start_medication(person.uid, words, key=uuid4(), by=cast.nurse, at=timezone.now())
    return (FIRST_DOSE,), {"thread": thread}


def _marks(cast: Any) -> Any:
    from tests.sessions_cast import hold

    person = _person(cast)
    return (), {"patient": person.uid, "session": hold(cast, person, day=_yesterday())}


def _note(cast: Any) -> Any:
    """A note of a session alone with one person, drafted once: nobody else's words are like it."""
    from django.utils import timezone

    from throughcare.pathway.attendance.attendance import record_attendance
    from throughcare.pathway.note.drafts import write_own
    from throughcare.records.care_plans import Objective

    _, ids = _marks(cast)
    now = timezone.now()
    record_attendance(ids["session"], ids["patient"], status="present", by=cast.facilitator, at=now)
    thread = Objective.objects.get(goal__problem__version__episode__patient__uid=ids["patient"]).thread
    said = {"text": SENTENCE + FIRST_WORDS, "objective_thread": thread, "seen_version": 0}
    write_own(ids["session"], ids["patient"], **said, by=cast.facilitator, at=now)
    return (1, FIRST_WORDS, False), {**ids, "objective": thread}


def _consent(cast: Any, kim: Any) -> Any:
    from django.utils import timezone
    from tests.pathway.privacy import consent_cast

    from throughcare.pathway.people.people import NewRelatedPerson, add_related_person

    now, name = timezone.now(), f"Rosa Vance {next(_names)}"
    mother = add_related_person(kim.uid, NewRelatedPerson(name, "mother"), by=cast.clinician, at=now)
    consent = consent_cast.signed(cast, kim, consent_cast.for_mother(mother, at=now), at=now)
    return (True, 0), {"patient": kim.uid, "mother": mother, "consent": consent}


def _crisis(cast: Any) -> Any:
    from django.utils import timezone

    from throughcare.pathway.crisis.raising import raise_crisis

    said = {"priority": "P2", "source": "button", "words": "I need someone."}
    return (), {"crisis": raise_crisis(_person(cast).uid, **said, by=cast.program, at=timezone.now())}


def _pair(cast: Any) -> Any:
    from django.utils import timezone

    from throughcare.pathway.medication.checking import record_pdmp_check

    person, now = _person(cast), timezone.now()
    record_pdmp_check(person.uid, checked=_yesterday(), finding="nothing", by=cast.prescriber, at=now)
    return frozenset(), {"patient": person.uid}


def _yesterday() -> Any:
    from django.utils import timezone

    from throughcare.knowledge.clinic_calendar import local_day

    return local_day(timezone.now(), "America/New_York") - timedelta(days=1)
