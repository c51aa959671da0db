"""What the boards are narrowed by."""

from typing import Any
from uuid import UUID

from throughcare.faces.web.fields import Select
from throughcare.faces.web.form import Form
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.census import Filters
from throughcare.pathway.filter_choices import FilterChoices

OFFERED = ("op", "iop", "php")


class CensusFilter(Form):
    """Site, level, track, therapist, and whether something is overdue."""

    def __init__(self, choices: FilterChoices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anyone = ("", "All")
        levels = [(code, LEVELS[code].title) for code in OFFERED]
        tracks = [(track.code, track.title) for track in TRACKS.values()]
        self.fields["site"] = Select("Site", [anyone, *choices.sites], optional=True)
        self.fields["level"] = Select("Level", [anyone, *levels], optional=True)
        self.fields["track"] = Select("Track", [anyone, *tracks], optional=True)
        self.fields["therapist"] = Select("Therapist", [anyone, *choices.therapists], optional=True)
        self.fields["show"] = Select(
            "Show", [("", "Everyone"), ("overdue", "Something overdue")], optional=True
        )

    def filters(self) -> Filters:
        """The filters, wrong values left out."""
        given = self.cleaned_data if self.is_valid() else {}
        return Filters(
            site=_uuid(given.get("site")),
            level=given.get("level") or "",
            track=given.get("track") or "",
            therapist=_uuid(given.get("therapist")),
            only_overdue=given.get("show") == "overdue",
        )


class SiteFilter(Form):
    """One site, or all of them."""

    def __init__(self, choices: FilterChoices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = Select("Site", [("", "All sites"), *choices.sites], optional=True)

    def site(self) -> UUID | None:
        """The site chosen; None for all of them, and for what is no site."""
        return _uuid(self.cleaned_data.get("site")) if self.is_valid() else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
