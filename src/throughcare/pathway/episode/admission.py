"""Admission: from a confirmed placement to an episode of care with its first stay."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.levels_of_care import EDITION_SETTING, EDITIONS
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.episode.episodes import ADULT
from throughcare.pathway.episode.own_role import settle_own_role
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.records.assessments import Assessment
from throughcare.records.episodes import Episode, Stay
from throughcare.records.organizations import Site
from throughcare.records.people import Patient
from throughcare.records.placements import PlacementDecision

# What this program runs itself. Anything else is a referral to someone who does.
OFFERED = ("op", "iop", "php")


@dataclass(frozen=True)
class AdmissionOffer:
    """What the admission page shows: the person, the placement, and whether they may be admitted."""

    patient: UUID
    name: str
    level: str
    level_title: str
    level_label: str
    residence_added: bool
    edition: str
    decided_at: datetime | None
    decided_by: str
    override_text: str
    site: UUID
    sites: tuple[tuple[UUID, str], ...]
    time_zone: str
    minor: str
    verdict: Verdict


def offer_admission(assessment: UUID, *, by: Actor, at: datetime) -> AdmissionOffer:
    """The admission that this assessment's latest placement decision leads to."""
    found, patient = _open_assessment(assessment, by=by, at=at, verb="see")
    decision = _latest_decision(found)
    level = _level_to_offer(decision)
    row = LEVELS.get(level)
    edition = edition_in_force(by.organization, on=local_day(at, found.site.time_zone))
    sites = Site.objects.filter(organization_id=by.organization).order_by("name")
    return AdmissionOffer(
        patient=patient.uid,
        name=display_name(patient),
        level=level,
        level_title=row.title if row else "",
        level_label=row.label(edition) if row else "",
        residence_added=decision is not None and decision.placed.endswith("recovery-residence"),
        edition=edition,
        decided_at=decision.decided_at if decision else None,
        decided_by=f"{decision.practitioner.given_name} {decision.practitioner.family_name}, {decision.credential}"
        if decision
        else "",
        override_text=decision.override_text if decision else "",
        site=found.site.uid,
        sites=tuple((site.uid, site.name) for site in sites),
        time_zone=found.site.time_zone,
        minor=minor_sentence(patient.birth_date, on=local_day(at, found.site.time_zone)),
        verdict=first_refusal(check_placement(decision), _check_no_open_episode(patient)),
    )


@transaction.atomic
def admit_patient(
    assessment: UUID,
    *,
    track: str,
    by: Actor,
    at: datetime,
    site: UUID | None = None,
    level: str | None = None,
    starts_at: datetime | None = None,
) -> UUID:
    """Open an episode of care with its first stay; the episode's public id.

    The level is the placement decision's. `starts_at` is for an admission entered late; it defaults to `at`.
    """
    found, patient = _open_assessment(assessment, by=by, at=at, verb="change")
    decision = _confirmed_placement(found)
    require(_check_no_open_episode(patient))
    offered = _level_to_offer(decision)
    if level is not None and level != offered:
        raise Cannot(
            f"The placement says {LEVELS[offered].title.lower()}. Another level needs a new placement decision.",
            field="level",
        )
    if track not in TRACKS:
        raise Cannot("Choose a track.", field="track")
    began = starts_at or at
    require(_check_start(began, decision=decision, at=at))
    place = _site(site, by=by) if site else found.site
    return _admit(
        found, patient, decision, level=offered, track=track, place=place, began=began, by=by, at=at
    )


def _admit(
    assessment: Assessment,
    patient: Patient,
    decision: PlacementDecision,
    *,
    level: str,
    track: str,
    place: Site,
    began: datetime,
    by: Actor,
    at: datetime,
) -> UUID:
    said = {"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at}
    try:
        with transaction.atomic():
            episode = Episode.objects.create(
                patient=patient,
                site=place,
                referral=assessment.referral,
                track=track,
                admitted_at=began,
                **said,
            )
    except IntegrityError as double:
        raise Cannot(f"{display_name(patient)} was admitted a moment ago.") from double
    settle_own_role(patient, at=at)
    Stay.objects.create(
        episode=episode,
        level=level,
        edition=edition_in_force(by.organization, on=local_day(began, place.time_zone)),
        began_at=began,
        reason="admission",
        placement=decision,
        **said,
    )
    return episode.uid


def edition_in_force(organization: int, *, on: date) -> str:
    """The edition whose level labels a stay carries from this day; it is kept with each stay."""
    return EDITIONS[number(EDITION_SETTING, organization=organization, on=on)]


def _confirmed_placement(assessment: Assessment) -> PlacementDecision:
    decision = _latest_decision(assessment)
    require(check_placement(decision))
    if decision is None:  # refused above; said again for the type
        raise Cannot("No placement is confirmed yet.")
    return decision


def check_placement(decision: PlacementDecision | None) -> Verdict:
    """Whether a placement decision lets someone start here."""
    if decision is None:
        return Refused(
            "No placement is confirmed yet. A licensed clinician decides on the level of care first."
        )
    if decision.stop:
        return Refused(
            "The placement stops an admission: "
            f"{_title(decision.indicated).lower()} comes first. Place the person again when that is done.",
            cite="domains and placement table, S1 to S4",
        )
    if decision.held:
        return Refused(
            "The start is held until withdrawal care is done. Take the withdrawal scales again, then place again.",
            cite="domains and placement table, R1",
        )
    if _level_to_offer(decision) not in OFFERED:
        return Refused(
            f"The person is placed at {_title(decision.placed).lower()}, which this program does not offer. "
            "Refer them on, with a visit named, or record another placement with its reason."
        )
    return Allowed()


def minor_sentence(birth_date: date | None, *, on: date) -> str:
    """What to mind before treating someone under 18, or whose age is not known; empty for an adult."""
    if birth_date is None:
        return "The date of birth is not known. Ask for it: other rules hold for people under 18."
    age = age_on(on, birth_date)
    if age >= ADULT:
        return ""
    return (
        f"{age} years old: a minor. A parent or guardian signs each agreement beside them. The teenage hours count, "
        "6 a week at the intensive level."
    )


def _title(level: str) -> str:
    row = LEVELS.get(level)
    return row.title if row else level or "an evaluation"


def _level_to_offer(decision: PlacementDecision | None) -> str:
    # A recovery residence is where the person lives; the stay here is the level it is added to.
    return decision.placed.removesuffix("+recovery-residence") if decision else ""


def _check_start(began: datetime, *, decision: PlacementDecision, at: datetime) -> Verdict:
    if began > at:
        return Refused(
            "An admission is recorded when it takes place, not ahead. Choose today or an earlier day."
        )
    if began < decision.decided_at:
        return Refused("The admission can't be earlier than the placement decision it rests on.")
    return Allowed()


def _check_no_open_episode(patient: Patient) -> Verdict:
    if _open_episodes(patient.pk):
        return Refused(f"{display_name(patient)} is in the program already. One episode is open at a time.")
    return Allowed()


@prepared
def _open_episodes(patient: int) -> QuerySet[Episode, int]:
    return Episode.objects.filter(patient=patient, ended_at__isnull=True).values_list("pk", flat=True)


def _latest_decision(assessment: Assessment) -> PlacementDecision | None:
    return only_row(_decisions(assessment.pk))


@prepared
def _decisions(assessment: int) -> QuerySet[PlacementDecision]:
    rows = PlacementDecision.objects.select_related("practitioner").filter(assessment=assessment)
    return rows.order_by("-decided_at", "-pk")[:1]


def _open_assessment(assessment: UUID, *, by: Actor, at: datetime, verb: str) -> tuple[Assessment, Patient]:
    found = only_row(_assessment(by.organization, assessment))
    if found is None:
        raise Absent("assessment")
    return found, open_patient(found.patient, kind="episode", by=by, at=at, verb=verb)


@prepared
def _assessment(organization: int, assessment: UUID) -> QuerySet[Assessment]:
    return Assessment.objects.select_related("patient", "site", "referral").filter(
        organization_id=organization, uid=assessment
    )


def _site(site: UUID, *, by: Actor) -> Site:
    found = only_row(_site_row(by.organization, site))
    if found is None:
        raise Absent("site")
    return found


@prepared
def _site_row(organization: int, site: UUID) -> QuerySet[Site]:
    return Site.objects.filter(organization_id=organization, uid=site)
