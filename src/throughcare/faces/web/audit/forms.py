"""What the book of accesses is narrowed by."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from throughcare.faces.web.fields import Date, Select
from throughcare.faces.web.form import Form
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.privacy.access_log import LogFilters

ONLY = (
    ("refused", "Refused"),
    ("off_panel", "Not their own patients"),
    ("emergency", "Behind broken glass"),
)


class LogFilter(Form):
    """Who, from when to when, what kind of record, and what stands out."""

    since = Date("From", optional=True)
    until = Date("Until", optional=True)

    def __init__(self, staff: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.words.capitalize()) for kind in KINDS.values()]
        self.fields["who"] = Select("Who", staff, empty="Everyone", optional=True)
        self.fields["kind"] = Select("Kind of record", kinds, empty="All", optional=True)
        self.fields["only"] = Select("Only", ONLY, empty="Everything", optional=True)

    def filters(self) -> LogFilters:
        """The filters, wrong values left out."""
        self.is_valid()
        given = self.cleaned_data
        until = given.get("until")
        return LogFilters(
            account=UUID(given["who"]) if given.get("who") else None,
            since=_midnight(given.get("since")),
            until=_midnight(until + timedelta(days=1)) if until else None,
            kind=given.get("kind") or "",
            only=given.get("only") or "",
        )


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
