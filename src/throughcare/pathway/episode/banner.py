"""Who a page is about: what stands on top of each of a patient's pages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.episodes import stay_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.rows import only_row
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.signs import WarningSign


@dataclass(frozen=True)
class PatientBanner:
    """A patient's name and identifiers, and where they are in the program."""

    uid: UUID
    name: str
    pronouns: str
    number: int
    birth_date: date | None
    age: int | None
    is_minor: bool
    episode: UUID | None
    level: str
    week: int | None
    site: str
    shut: tuple[str, ...] = ()  # by which ways they asked not to be reached
    signs: int = 0  # how many warning signs stand, for those who may see them
    at_high_risk: bool = False


def banner_of(patient: UUID, *, by: Actor, at: datetime) -> PatientBanner:
    """The banner of a page about this patient: it names them, so it passes the desk like all else."""
    found = open_patient(patient, kind="identity", by=by, at=at)
    episode = only_row(_last_episode(found.pk))
    day = local_day(at, episode.site.time_zone if episode else "UTC")
    age = age_on(day, found.birth_date) if found.birth_date else None
    shut = ways_shut([found.pk])[found.pk]
    current = episode if episode and episode.ended_at is None else None
    sees_signs = current is not None and bool(may_access("warning_sign", by=by))
    return PatientBanner(
        uid=found.uid,
        name=display_name(found),
        pronouns=found.pronouns,
        number=found.number,
        birth_date=found.birth_date,
        age=age,
        is_minor=age is not None and age < 18,
        episode=episode.uid if episode else None,
        level=_level(episode),
        week=(day - local_day(current.admitted_at, current.site.time_zone)).days // 7 + 1
        if current
        else None,
        site=episode.site.name if episode else "",
        shut=tuple(WAYS[code].words for code in WAYS if code in shut),
        signs=(getattr(current, "signs", None) or 0) if sees_signs else 0,
        at_high_risk=sees_signs and bool(getattr(current, "at_high_risk", False)),
    )


@prepared
def _last_episode(patient: int) -> QuerySet[Episode]:
    signs = WarningSign.objects.filter(patient=OuterRef("patient"), ended_at__isnull=True).order_by()
    counted = Subquery(signs.values("patient").annotate(count=Count("pk")).values("count"))
    rows = Episode.objects.select_related("site").filter(patient=patient)
    rows = rows.annotate(signs=counted, at_high_risk=Exists(signs.filter(risk="high")))
    return rows.order_by("-admitted_at")[:1]


def _level(episode: Episode | None) -> str:
    """The level that the person is at, here or elsewhere, in words; that they left once the episode has ended."""
    if episode is None:
        return ""
    if episode.ended_at is not None:
        return "Discharged"
    stay = stay_of(episode)
    return LEVELS[stay.level].title if stay else "Admitted"


def display_name(patient: Patient) -> str:
    """Family name last, and in quotes what the person is called when that differs."""
    called = patient.preferred_name
    middle = f" “{called}”" if called and called != patient.given_name else ""
    return f"{patient.given_name}{middle} {patient.family_name}".strip()
