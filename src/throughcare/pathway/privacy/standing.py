"""How someone stands to a patient: whose sites, whose panel, whose own record, behind broken glass or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value

from throughcare.pathway.actor import Actor
from throughcare.records.assessments import Assessment
from throughcare.records.consents import FamilyAccount, Guard
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.people import Patient
from throughcare.records.referrals import Referral, ReferralAssignment
from throughcare.records.sessions import Appointment

# Whoever met someone in a session this long ago, or will so soon, has them on their panel. [ours]
PANEL_REACH = timedelta(days=14)


@dataclass(frozen=True)
class Standing:
    """What the desk's rule needs to know about one person and one actor."""

    relationship: str
    sites: frozenset[int]
    guarded: bool = False


def standing_rows(*, by: Actor, at: datetime) -> QuerySet[Patient]:
    """The organization's patients with how `by` stands to each: one query whoever is opened."""
    rows = Patient.objects.filter(organization_id=by.organization).order_by()
    if by.account is None:
        return rows
    episodes = Episode.objects.filter(patient=OuterRef("pk")).order_by("-admitted_at")
    referrals = Referral.objects.filter(patient=OuterRef("pk")).order_by("-received_at")
    return rows.annotate(
        episode_site=Subquery(episodes.values("site")[:1]),
        referral_site=Subquery(referrals.values("site")[:1]),
        is_guarded=Exists(Guard.objects.filter(patient=OuterRef("pk"), ended_at__isnull=True)),
        glass_broken=Exists(
            EmergencyAccess.objects.filter(
                patient=OuterRef("pk"), account=by.account, began_at__lte=at, ends_at__gt=at
            )
        ),
        **_panel(by, at),
    )


def _panel(by: Actor, at: datetime) -> dict[str, Exists | Value]:
    if by.practitioner is None:
        owned = ReferralAssignment.objects.filter(referral__patient=OuterRef("pk"), owner=by.account)
        return {"on_team": Value(False, output_field=BooleanField()), "on_panel": Exists(owned)}
    team = CareTeamMember.objects.filter(
        episode__patient=OuterRef("pk"), practitioner=by.practitioner, ended_at__isnull=True
    )
    meets = Appointment.objects.filter(
        patient=OuterRef("pk"),
        session__staff__practitioner=by.practitioner,
        session__starts_at__range=(at - PANEL_REACH, at + PANEL_REACH),
    )
    owned = ReferralAssignment.objects.filter(referral__patient=OuterRef("pk"), owner=by.account)
    assessed = Assessment.objects.filter(patient=OuterRef("pk"), recorded_by=by.account)
    return {"on_team": Exists(team), "on_panel": Exists(meets) | Exists(owned) | Exists(assessed)}


def standing_of(row: Patient, *, by: Actor) -> Standing:
    """How `by` stands to a patient who came out of `standing_rows`."""
    if by.account is None:
        return Standing("program" if by.holds("program") else "public", frozenset())
    site = row.episode_site or row.referral_site  # type: ignore[attr-defined]  # annotated above
    sites = frozenset({site} if site else ())
    return Standing(_relationship(row, sites, by), sites, row.is_guarded)  # type: ignore[attr-defined]


def _relationship(row: Patient, sites: frozenset[int], by: Actor) -> str:
    """The closest relationship that holds."""
    if by.patient == row.pk:
        return "self"
    if row.glass_broken:  # type: ignore[attr-defined]
        return "emergency"
    if row.on_team:  # type: ignore[attr-defined]
        return "care_team"
    if row.on_panel:  # type: ignore[attr-defined]
        return "on_panel"
    if not by.roles_at(sites):
        return "other_site"
    return "off_panel"


def is_family_of(row: Patient, *, by: Actor) -> UUID | None:
    """The relation's public id, if `by` signs in as someone related to this patient."""
    relation = (
        FamilyAccount.objects.filter(
            Q(related_person__ended_at__isnull=True),
            related_person__patient=row.pk,
            account=by.account,
            ended_at__isnull=True,
        )
        .values_list("related_person__uid", flat=True)
        .first()
    )
    return relation
