"""The six domains as clinicians rate them: each rating a row with its evidence, the newest counts."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.intake.domains import ALL as DOMAINS
from throughcare.knowledge.intake.domains import GRAVEST, MILDEST
from throughcare.knowledge.intake.reading import can_be_kept
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.intake.intake_answers import open_assessment_row
from throughcare.pathway.measure.measure import refuse_when_signed
from throughcare.pathway.prepared import prepared
from throughcare.records.assessments import Assessment, DomainRating

LONGEST_EVIDENCE = 4000


@transaction.atomic
def rate_domain(
    assessment: UUID,
    domain: str,
    *,
    rating: int,
    evidence: str,
    by: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> int:
    """Rate a domain (W P M U H E) from 0 to 4 with the evidence for it; how many ratings it now has.

    Raises `Cannot` naming `rating` or `evidence`, and `ChangedMeanwhile` when rated again since `seen_version`.
    """
    row = open_assessment_row(assessment, by=by, at=at, verb="change")
    words = _check_rating(domain, rating, evidence)
    Assessment.objects.select_for_update().get(pk=row.pk)
    refuse_when_signed(row.pk)
    ratings = _ratings_of_domain(row.pk, domain)
    newest = ratings[-1] if ratings else None
    if newest and (newest.rating, newest.evidence) == (rating, words):
        return len(ratings)
    if newest and seen_version is not None and seen_version != len(ratings):
        _refuse_as_changed(newest, len(ratings))
    DomainRating.objects.create(
        organization_id=row.organization_id,
        recorded_by_id=by.account,
        recorded_at=at,
        assessment=row,
        domain=domain,
        rating=rating,
        evidence=words,
    )
    return len(ratings) + 1


@transaction.atomic
def rate_domains(
    assessment: UUID, ratings: Mapping[str, tuple[int, str]], *, by: Actor, at: datetime
) -> None:
    """Rate several domains in one go: rating and evidence of each. Raises as `rate_domain` does."""
    row = open_assessment_row(assessment, by=by, at=at, verb="change")
    words = {domain: _check_rating(domain, *said) for domain, said in ratings.items()}
    Assessment.objects.select_for_update().get(pk=row.pk)
    refuse_when_signed(row.pk)
    DomainRating.objects.bulk_create(
        DomainRating(
            organization_id=row.organization_id,
            recorded_by_id=by.account,
            recorded_at=at,
            assessment=row,
            domain=domain,
            rating=rating,
            evidence=words[domain],
        )
        for domain, (rating, _) in ratings.items()
    )


def _check_rating(domain: str, rating: int, evidence: str) -> str:
    """The evidence without stray blanks. Raises `Cannot` about what does not fit."""
    if domain not in DOMAINS:
        raise Cannot("There are six domains: W, P, M, U, H and E.", field="domain")
    if isinstance(rating, bool) or not MILDEST <= rating <= GRAVEST:
        raise Cannot("Rate the domain from 0 to 4.", field="rating")
    words = evidence.strip()
    if not words:
        raise Cannot("Write what you saw or heard that makes it this rating.", field="evidence")
    if len(words) > LONGEST_EVIDENCE:
        raise Cannot(f"The evidence may have {LONGEST_EVIDENCE} characters.", field="evidence")
    if not can_be_kept(words):
        raise Cannot("The evidence holds a character that can’t be kept.", field="evidence")
    return words


def newest_ratings(row: Assessment) -> tuple[dict[str, DomainRating], dict[str, int]]:
    """The newest rating of each domain, and how many each has had; for pathway modules only."""
    newest: dict[str, DomainRating] = {}
    counts: dict[str, int] = {}
    for rating in _ratings(row.pk):
        newest[rating.domain] = rating
        counts[rating.domain] = counts.get(rating.domain, 0) + 1
    return newest, counts


@prepared
def _ratings(assessment: int) -> QuerySet[DomainRating]:
    return DomainRating.objects.select_related("recorded_by").filter(assessment=assessment).order_by("pk")


@prepared
def _ratings_of_domain(assessment: int, domain: str) -> QuerySet[DomainRating]:
    rows = DomainRating.objects.select_related("recorded_by")
    return rows.filter(assessment=assessment, domain=domain).order_by("pk")


def _refuse_as_changed(newest: DomainRating, version: int) -> None:
    who = newest.recorded_by.name if newest.recorded_by else "Throughcare"
    raise ChangedMeanwhile(
        f"{who} rated this while you had it open. Theirs is shown below; yours is still in the form. "
        "Save again to let yours count.",
        theirs=f"{newest.rating}: {newest.evidence}",
        version=version,
        changed_by=who,
    )
