"""How someone stands to a patient: whose own record, whose panel, whose sites, behind broken glass or not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import BaseExpression

from throughcare.knowledge.roles import TREATING
from throughcare.pathway.actor import Actor
from throughcare.records.assessments import Assessment
from throughcare.records.consents import FamilyAccount, Guard
from throughcare.records.crises import CrisisPage
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.people import Patient
from throughcare.records.referrals import Referral, ReferralAssignment
from throughcare.records.sessions import Appointment

# Whoever met someone in a session this long ago, or will so soon, has them on their panel. [ours]
PANEL_REACH = timedelta(days=14)


@dataclass(frozen=True)
class Standing:
    """What the desk's rule needs to know about one actor and one person; the roles are those that count there."""

    relationship: str
    roles: frozenset[str]
    guarded: bool = False
    glass_broken: bool = False


def standing_rows(*, by: Actor, at: datetime) -> QuerySet[Patient]:
    """The organization's patients with how `by` stands to each: one query whoever is opened."""
    rows = Patient.objects.filter(organization_id=by.organization).order_by()
    if by.account is None:
        return rows
    episodes = Episode.objects.filter(patient=OuterRef("pk")).order_by("-admitted_at")
    referrals = Referral.objects.filter(patient=OuterRef("pk")).order_by("-received_at")
    glass = EmergencyAccess.objects.filter(
        patient=OuterRef("pk"), account=by.account, began_at__lte=at, ends_at__gt=at
    )
    return rows.annotate(
        episode_site=Subquery(episodes.values("site")[:1]),
        referral_site=Subquery(referrals.values("site")[:1]),
        is_guarded=Exists(Guard.objects.filter(patient=OuterRef("pk"), ended_at__isnull=True)),
        glass_broken=Exists(glass),
        is_family=_family(by, at),
        on_team=_team(by),
        on_panel=_panel(by, at),
    )


def _no() -> BaseExpression:
    return Value(False, output_field=BooleanField())


def _family(by: Actor, at: datetime) -> BaseExpression:
    if not by.holds("family"):
        return _no()
    counts = Q(counts_from__isnull=True) | Q(counts_from__lte=at)
    return Exists(
        FamilyAccount.objects.filter(
            counts,
            related_person__patient=OuterRef("pk"),
            related_person__ended_at__isnull=True,
            account=by.account,
            ended_at__isnull=True,
        )
    )


def _team(by: Actor) -> BaseExpression:
    if by.practitioner is None:
        return _no()
    return Exists(
        CareTeamMember.objects.filter(
            episode__patient=OuterRef("pk"), practitioner=by.practitioner, ended_at__isnull=True
        )
    )


def _panel(by: Actor, at: datetime) -> BaseExpression:
    """Their sessions, referrals they own or took in, assessments they began, open crises they were paged to."""
    assigned = ReferralAssignment.objects.filter(referral__patient=OuterRef("pk"))
    taken_in = Referral.objects.filter(patient=OuterRef("pk"), recorded_by=by.account)
    owned = Q(Exists(assigned.filter(owner=by.account))) | Q(Exists(taken_in))
    if by.holds(
        "admissions"
    ):  # whoever nobody owns yet is theirs, or nobody could take up a guarded referral
        owned |= ~Q(Exists(assigned)) & ~Q(Exists(Episode.objects.filter(patient=OuterRef("pk"))))
    owned |= Q(Exists(_paged(by)))
    if by.practitioner is None:
        return ExpressionWrapper(owned, output_field=BooleanField())
    meets = Appointment.objects.filter(
        patient=OuterRef("pk"),
        session__staff__practitioner=by.practitioner,
        session__starts_at__range=(at - PANEL_REACH, at + PANEL_REACH),
    )
    assessed = Assessment.objects.filter(patient=OuterRef("pk"), recorded_by=by.account)
    return ExpressionWrapper(Q(Exists(meets)) | owned | Q(Exists(assessed)), output_field=BooleanField())


def _paged(by: Actor) -> QuerySet[CrisisPage]:
    """Whoever is called to someone at night is near to them until the crisis is closed."""
    return CrisisPage.objects.filter(
        account=by.account, crisis__patient=OuterRef("pk"), crisis__closing__isnull=True
    )


def standing_of(row: Patient, *, by: Actor) -> Standing:
    """How `by` stands to a patient who came out of `standing_rows`."""
    if by.account is None:  # whoever holds a link to their own part; the public has no role that counts
        return Standing("self", by.roles)
    site: int | None = row.episode_site or row.referral_site  # type: ignore[attr-defined]  # annotated above
    roles = by.roles_at(frozenset({site} if site else ()))
    guarded: bool = row.is_guarded  # type: ignore[attr-defined]
    broken: bool = row.glass_broken  # type: ignore[attr-defined]
    return Standing(_relationship(row, roles, by), roles, guarded, broken)


def _relationship(row: Patient, roles: frozenset[str], by: Actor) -> str:
    """The closest relationship that holds; "none" for someone whose record this is not."""
    if by.patient == row.pk:
        return "self"
    if row.is_family:  # type: ignore[attr-defined]
        return "family"
    if by.roles <= {"patient", "alumnus", "family"}:
        return "none"
    if not roles:
        return "other_site"
    if row.on_team:  # type: ignore[attr-defined]
        return "care_team"
    if row.on_panel:  # type: ignore[attr-defined]
        return "on_panel"
    return "off_panel" if roles & TREATING else "same_site"
