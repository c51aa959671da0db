"""An answer that opens a crisis path opens it at once: someone is called, or the screener follows on the spot."""

from datetime import datetime, timedelta

from django.db import transaction

from throughcare.knowledge.intake.sections import ITEM_THAT_ASKS, RISK_TOOLS
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.suicide_tier import PathOpened, asks_for_screener, path_opened
from throughcare.pathway.actor import the_program
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.measure.staffed import is_staffed
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.program_settings import number
from throughcare.records.measures import MeasureResponse

SCREENER = "c-ssrs-screener"
WAIT = "safety.screener_minutes"
# Beyond this a missing screener is red on every list; calling someone again would tell them nothing new.
LOOKS_BACK = timedelta(hours=24)


def open_path(kept: MeasureResponse, *, asked_here: bool, at: datetime) -> PathOpened | None:
    """Open what the answers ask for; asked again for the same answers it raises nothing twice."""
    if kept.code not in RISK_TOOLS and kept.code not in ITEM_THAT_ASKS:
        return None
    opened = opened_by(kept, asked_here=asked_here, at=at)
    if opened is not None and opened.priority:
        _call(kept, opened, at=at)
    return opened


def opened_by(kept: MeasureResponse, *, asked_here: bool, at: datetime) -> PathOpened | None:
    """What the answers open, raising nothing."""
    site = site_of(kept.patient) if kept.critical or kept.code in RISK_TOOLS else None
    return path_opened(
        kept.code,
        kept.critical,
        kept.band,
        may_be=kept.may_be,
        staffed=site is not None and is_staffed(site, at=at),
        asked_here=asked_here,
    )


def _call(kept: MeasureResponse, opened: PathOpened, *, at: datetime) -> None:
    items = ", ".join(str(item) for item in kept.critical)
    which = f"{find(kept.code).title}{f', item {items}' if items else ''}"
    raise_crisis(
        kept.patient,
        priority=opened.priority,
        source="measure",
        words=f"{opened.because} {which}.",
        key=f"measure {_first_of(kept).uid} {opened.priority}",
        by=the_program(kept.organization_id),
        at=at,
    )


def _first_of(kept: MeasureResponse) -> MeasureResponse:
    """The row that a chain of corrections began with: a correction that says the same calls nobody again."""
    while kept.corrects is not None:
        kept = kept.corrects
    return kept


def call_for_unasked(*, at: datetime) -> str:
    """Call someone about every answer that asks for a risk tool and got none for some minutes; what was done."""
    rows = (
        MeasureResponse.objects.select_related("patient", "corrects")
        .filter(
            code__in=list(ITEM_THAT_ASKS),
            retired_at__isnull=True,
            taken_at__gt=at - LOOKS_BACK,
            taken_at__lte=at,
        )
        .order_by("pk")
    )
    called = 0
    for row in rows:
        if asks_for_screener(row.code, row.critical) and _has_waited(row, at=at):
            opened = PathOpened(
                "P2", False, "", "An answer speaks of death or self-harm, and nobody has asked on."
            )
            with transaction.atomic():
                _call(row, opened, at=at)
            called += 1
    return f"{called} without a screener" if called else "nothing due"


def _has_waited(row: MeasureResponse, *, at: datetime) -> bool:
    minutes = number(WAIT, organization=row.organization_id, on=at.date())
    if at < row.taken_at + timedelta(minutes=float(minutes)):
        return False
    answered = MeasureResponse.objects.filter(
        patient=row.patient_id, code__in=RISK_TOOLS, retired_at__isnull=True, taken_at__gte=row.taken_at
    )
    return not answered.exclude(band="").exists()
