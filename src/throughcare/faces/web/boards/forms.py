"""What the boards are narrowed by."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from throughcare.faces.web.fields import Select
from throughcare.faces.web.form import Form
from throughcare.knowledge.level_changes import OUTSIDE
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.boards.census_people import Filters
from throughcare.pathway.clinic.filter_choices import FilterChoices

# Where someone in the program may be: here, or for a while in a more intensive place.
SHOWN_LEVELS = ("op", "iop", "php", *OUTSIDE)


class CensusFilter(Form):
    """Site, level, track, therapist, and whether something is overdue."""

    def __init__(self, choices: FilterChoices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles: dict[str, Sequence[tuple[str, str]]] = {
            "site": choices.sites,
            "level": [(code, LEVELS[code].title) for code in SHOWN_LEVELS],
            "track": [(track.code, track.title) for track in TRACKS.values()],
            "therapist": choices.therapists,
            "show": [("overdue", "Something overdue")],
        }
        for name, titles in self.titles.items():
            empty = "Everyone" if name == "show" else "All"
            self.fields[name] = Select(name.capitalize(), titles, empty=empty, optional=True)

    def filters(self) -> Filters:
        """The filters, wrong values left out."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            site=_uuid(given.get("site")),
            level=given.get("level") or "",
            track=given.get("track") or "",
            therapist=_uuid(given.get("therapist")),
            only_overdue=given.get("show") == "overdue",
        )

    def in_words(self) -> str:
        """What the census is narrowed to, for its heading; empty for everyone."""
        self.is_valid()
        chosen = (dict(self.titles[name]).get(value) for name, value in self.cleaned_data.items() if value)
        return ", ".join(title for title in chosen if title)


class SiteFilter(Form):
    """One site, or all of them."""

    def __init__(self, sites: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = Select("Site", sites, empty="All sites", optional=True)

    def site(self) -> UUID | None:
        """The site chosen; None for all of them, and for what is no site."""
        return _uuid(self.cleaned_data.get("site")) if self.is_valid() else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
