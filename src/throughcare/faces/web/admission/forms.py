"""Forms of admission."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from throughcare.faces.web.fields import Agree, Moment, Pick, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.episode.care_team import PARTS, Candidate


class AdmitForm(Form):
    """Where, on which track, and since when."""

    track = Pick(
        "Track",
        [(row.code, row.title) for row in TRACKS.values()],
        missing="Choose the track that fits their week",
    )
    starts_at = Moment(
        "Admitted", hint="Leave empty for now. Fill it in when you enter an admission late.", optional=True
    )

    def __init__(self, *args: Any, sites: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(uid), name) for uid, name in sites]
        self.fields["site"] = Select("Site", choices, missing="Choose the site")
        self.order_fields(["site", "track", "starts_at"])


class SignForm(Form):
    """A typed name and the word that it is meant."""

    signed_name = Text(
        "Full name",
        hint="The person who signs types it here",
        missing="Type the full name to sign",
        autocomplete="off",
    )
    meant = Agree(
        "I have read this and I am signing it",
        missing="Tick the box to say that you have read it and are signing",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class GuardianForm(Form):
    """A parent or guardian signs beside a minor."""

    def __init__(self, people: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(uid), name) for uid, name in people]
        self.fields["guardian"] = Pick("Parent or guardian", choices, missing="Choose who signs")
        self.order_fields(["guardian", "signed_name", "meant"])

    signed_name = Text(
        "Full name",
        hint="The parent or guardian types it here",
        missing="Type the full name to sign",
        autocomplete="off",
    )
    meant = Agree(
        "I have read this and I am signing it for my child or ward",
        missing="Tick the box to say that you have read it and are signing",
    )


class CareTeamForm(Form):
    """Who carries which part; empty leaves a part open."""

    def __init__(self, *args: Any, candidates: Mapping[str, Iterable[Candidate]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, title in PARTS.items():
            choices = [(str(one.uid), say_candidate(one)) for one in candidates[part]]
            self.fields[part] = Select(title, choices, optional=True, empty="Nobody yet")


def say_candidate(one: Candidate) -> str:
    """A name with the people they carry, such as `Carla Reyes, LCSW (12 people)`."""
    people = "1 person" if one.caseload == 1 else f"{one.caseload} people"
    return f"{one.name} ({people}{', full' if one.is_full else ''})"
