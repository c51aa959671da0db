"""Writing a plan in the person's words, and reading it again. Each change is a version; none is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.own_plans import ALL, PERSON, TOGETHER, check_words, clean_words
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile, require
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.records.people import Patient
from throughcare.records.safety_plans import OwnPlan, OwnPlanLook

LONGEST_WORDS = 500


@dataclass(frozen=True)
class NewPlan:
    """The words of a plan, section by section. `after` is the version that was changed, 0 for the first one."""

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    after: int = 0
    review_on: date | None = None


@transaction.atomic
def save_plan(patient: UUID, kind: str, new: NewPlan, *, by: Actor, at: datetime) -> UUID:
    """Keep these words as the plan that stands from now on; its public id.

    Words that did not change are kept as “read again”. Raises `ChangedMeanwhile` when somebody else saved in between.
    """
    found, today = _open(patient, kind, by=by, at=at)
    words = clean_words(kind, new.words)
    require(check_words(kind, words))
    _check_day(new.review_on, today)
    newest = _newest(found, kind)
    if newest is not None and newest.words == words:
        _look(newest, today, words="", review_on=new.review_on, by=by, at=at)
        return newest.uid
    if newest is not None and newest.number != new.after:
        raise ChangedMeanwhile(
            _("The plan was changed while you wrote. Nothing is lost: look at both and save what is right."),
            theirs="\n".join(line for code in ALL[kind].codes for line in newest.words.get(code, ())),
            version=newest.number,
            changed_by=newest.recorded_by.name if newest.recorded_by else "",
        )
    return OwnPlan.objects.create(
        organization_id=by.organization,
        patient=found,
        kind=kind,
        number=newest.number + 1 if newest else 1,
        words=words,
        made=PERSON if by.patient == found.pk else TOGETHER,
        local_day=today,
        review_on=new.review_on,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def read_plan_again(
    patient: UUID,
    kind: str,
    *,
    words: str = "",
    review_on: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that the plan was read through and stands; when it is read next is counted from today."""
    found, today = _open(patient, kind, by=by, at=at)
    newest = _newest(found, kind)
    if newest is None:
        raise Cannot(f"There is no {ALL[kind].title.lower()} yet. Write it first.")
    if len(words) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {n} characters.").format(n=LONGEST_WORDS), field="words")
    _check_day(review_on, today)
    _look(newest, today, words=words.strip(), review_on=review_on, by=by, at=at)


def _look(plan: OwnPlan, today: date, *, words: str, review_on: date | None, by: Actor, at: datetime) -> None:
    OwnPlanLook.objects.create(
        organization_id=by.organization,
        plan=plan,
        local_day=today,
        words=words,
        review_on=review_on,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _open(patient: UUID, kind: str, *, by: Actor, at: datetime) -> tuple[Patient, date]:
    """The patient, held so that two who save at once come one after the other, and the day at their site."""
    if kind not in ALL:
        raise Absent("plan")
    found = open_patient(patient, kind=ALL[kind].record, by=by, at=at, verb="change")
    Patient.objects.select_for_update(no_key=True).filter(pk=found.pk).values_list("pk").first()
    site = site_of(found)
    return found, local_day(at, site.time_zone if site else by.time_zone)


def _newest(patient: Patient, kind: str) -> OwnPlan | None:
    rows = OwnPlan.objects.select_related("recorded_by").filter(patient=patient, kind=kind)
    return rows.order_by("-number").first()


def _check_day(review_on: date | None, today: date) -> None:
    if review_on is not None and review_on <= today:
        raise Cannot(_("Choose a day after today to read it again."), field="review_on")
