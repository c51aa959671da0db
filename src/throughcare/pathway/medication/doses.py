"""Doses: told by the person in two taps, seen or given by a nurse; and how a medication is taken on the whole."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from throughcare.knowledge.medications.adherence import BODY_SITES, CODES, INFORMANTS, REASONS, STATUSES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.medication.versions import day_at_site, open_medication
from throughcare.pathway.program_settings import number
from throughcare.records.medications import Adherence, Dose, Fill, Medication
from throughcare.records.people import Patient

PERSON, STAFF = "patient", "staff"
GIVES = frozenset({"nurse", "prescriber", "program"})
LONGEST_SUPPLY = 365


@dataclass(frozen=True)
class DoseWords:
    """What came of a day. `seen`: a nurse saw or gave it. `body_site` and `lot` are of an injection."""

    status: str
    why: str = ""
    words: str = ""
    seen: bool = False
    informant: str = ""
    body_site: str = ""
    lot: str = ""


@transaction.atomic
def record_dose(thread: UUID, said: DoseWords, *, day: date, by: Actor, at: datetime) -> UUID:
    """Record what came of a medication on a day. The same informant's other answer replaces what they said before.

    A person tells of their own last days; a nurse or prescriber of doses they saw or gave.
    """
    patient, row = open_medication(thread, by=by, at=at, verb="change")
    mine = by.patient == patient.pk
    informant = PERSON if mine else STAFF if said.seen else said.informant or PERSON
    _check(row, said, day, mine=mine, by=by, at=at)
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    before = Dose.objects.filter(thread=thread, local_day=day, informant=informant, retired_at__isnull=True)
    standing = before.first()
    fields = {
        "status": said.status,
        "why": said.why if said.status != "taken" else "",
        "words": said.words.strip(),
        "body_site": said.body_site,
        "lot": said.lot.strip(),
    }
    if standing is not None and all(getattr(standing, name) == value for name, value in fields.items()):
        return standing.uid
    before.update(retired_at=at)
    return Dose.objects.create(
        organization_id=by.organization,
        patient=patient,
        thread=thread,
        local_day=day,
        informant=informant,
        recorded_by_id=by.account,
        recorded_at=at,
        **fields,
    ).uid


def _check(row: Medication, said: DoseWords, day: date, *, mine: bool, by: Actor, at: datetime) -> None:
    today = day_at_site(row.patient_id, by=by, at=at)
    if said.status not in STATUSES:
        raise Cannot("Choose what came of it.", field="status")
    if day > today:
        raise Cannot(_("Tell of today or of a day that is past."), field="day")
    if row.began_date and day < row.began_date:
        raise Cannot(
            _("{medication} began on {day}.").format(
                medication=row.name, day=date_format(row.began_date, _("F j"))
            ),
            field="day",
        )
    if row.stopped_date and day > row.stopped_date:
        raise Cannot(
            _("{medication} was stopped on {day}.").format(
                medication=row.name, day=date_format(row.stopped_date, _("F j"))
            ),
            field="day",
        )
    if said.why and said.why not in REASONS:
        raise Cannot(_("Choose a reason of the list."), field="why")
    if mine:
        _check_own(row, said, day, today, by=by)
    elif said.seen and not by.holds(*GIVES):
        raise Cannot("A nurse or prescriber records doses that were seen or given.", field="seen")
    elif said.informant and said.informant not in INFORMANTS:
        raise Cannot("Choose who told it.", field="informant")
    if row.route == "injection" and said.seen and said.status == "taken" and said.body_site not in BODY_SITES:
        raise Cannot("Choose where it was given.", field="body_site")


def _check_own(row: Medication, said: DoseWords, day: date, today: date, *, by: Actor) -> None:
    if row.route == "injection":
        raise Cannot(_("Your nurse writes down injections."))
    if said.status not in ("taken", "missed"):
        raise Cannot(_("Tap “Taken” or “Missed”."), field="status")
    back = int(number("medication.tell_back_days", organization=by.organization, on=today))
    if day < today - timedelta(days=back):
        raise Cannot(_("That was some time ago. Tell your nurse how it went."), field="day")


@transaction.atomic
def assert_adherence(
    thread: UUID,
    *,
    code: str,
    informant: str,
    asserted: date,
    words: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Record how a medication is taken on the whole: the code, the day it was said, and who said it."""
    patient, _ = open_medication(thread, by=by, at=at, verb="change")
    if by.patient == patient.pk:
        informant = PERSON
    if code not in CODES:
        raise Cannot("Choose how it is taken.", field="code")
    if informant not in INFORMANTS:
        raise Cannot("Choose who said it.", field="informant")
    if asserted > day_at_site(patient.pk, by=by, at=at):
        raise Cannot("Give the day on which it was said.", field="asserted")
    return Adherence.objects.create(
        organization_id=by.organization,
        patient=patient,
        thread=thread,
        code=code,
        informant=informant,
        asserted_date=asserted,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def record_fill(
    thread: UUID, *, filled: date, days_supply: int, source: str, by: Actor, at: datetime
) -> None:
    """Record that medication was picked up, and for how many days it lasts. A day is recorded once."""
    patient, row = open_medication(thread, by=by, at=at, verb="change")
    if by.patient == patient.pk:
        raise Cannot(_("Tell your nurse when you picked it up."))
    keep_fill(patient, row, filled=filled, days_supply=days_supply, source=source, by=by, at=at)


def keep_fill(
    patient: Patient,
    row: Medication,
    *,
    filled: date,
    days_supply: int,
    source: str,
    by: Actor,
    at: datetime,
) -> None:
    """The same for who passed the desk."""
    if filled > day_at_site(patient.pk, by=by, at=at):
        raise Cannot("Give the day on which it was picked up.", field="filled")
    if not 1 <= days_supply <= LONGEST_SUPPLY:
        raise Cannot(f"Give 1 to {LONGEST_SUPPLY} days.", field="days_supply")
    Fill.objects.get_or_create(
        thread=row.thread,
        filled_date=filled,
        defaults={
            "organization_id": by.organization,
            "patient": patient,
            "days_supply": days_supply,
            "source": source,
            "recorded_by_id": by.account,
            "recorded_at": at,
        },
    )
