"""The forms of a session's note: the shared part, and one for each person."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from throughcare.faces.web.fields import LongText, Pick, Select, Text
from throughcare.faces.web.form import BoundField, Form
from throughcare.pathway.session.group_note import NotePart, NoteRoom
from throughcare.pathway.session.note_drafts import LONGEST_STEP, MOST_CHARACTERS, clean

FEW = 5
OWN = "p-"


def mark_of(*words: object) -> str:
    """A short mark of what a part held when it was shown: tells whether this writer changed it."""
    plain = "\x1f".join(clean(str(word or "")) for word in words)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


class DraftField(BoundField):
    """A field of a draft: it may be saved empty, but what it asks for is needed in the end."""

    optional = False
    most_characters = None


class DraftForm(Form):
    """A part of a draft: the version that was seen, and a mark of what it held."""

    bound_field_class = DraftField
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    @property
    def seen_version(self) -> int:
        """The version that this writer saw."""
        return self.cleaned_data.get("seen") or 0


class SharedForm(DraftForm):
    """What the group did, for every member's note."""

    topic = Text("Topic", optional=True, max_length=200)
    text = LongText(
        "What the group did",
        hint="It goes into every member's note: write no names.",
        optional=True,
        rows=4,
        max_length=MOST_CHARACTERS,
    )

    @property
    def is_touched(self) -> bool:
        """Whether this writer changed the part."""
        return bool(self.mark != self.cleaned_data["was"])

    @property
    def mark(self) -> str:
        """The mark of what was sent."""
        return mark_of(self.cleaned_data["topic"], self.cleaned_data["text"])


class OwnForm(DraftForm):
    """One person's own paragraph, what happens next, and the objective it is about."""

    text = LongText("How they took part and responded", optional=True, rows=2, max_length=MOST_CHARACTERS)
    next_step = Text("Next step", hint="What happens next", optional=True, max_length=LONGEST_STEP)

    def __init__(self, *args: Any, part: NotePart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.fields["text"].label = f"How {part.name} took part and responded"
        self.fields["next_step"].label = f"Next step for {part.name}"
        choices = [(str(choice.thread), choice.text) for choice in part.choices]
        if choices:
            kind = Pick if len(choices) <= FEW else Select
            self.fields["objective"] = kind("Objective of their plan", choices, optional=True)

    @property
    def objective_thread(self) -> UUID | None:
        """The objective that was picked."""
        picked = self.cleaned_data.get("objective")
        return UUID(picked) if picked else None

    @property
    def is_touched(self) -> bool:
        """Whether this writer changed the part."""
        return bool(self.mark != self.cleaned_data["was"])

    @property
    def mark(self) -> str:
        """The mark of what was sent."""
        return mark_of(self.cleaned_data["text"], self.objective_thread, self.cleaned_data["next_step"])


@dataclass
class NoteForms:
    """All forms of a session's note, in the order of the page."""

    shared: SharedForm | None
    own: list[OwnForm]

    @property
    def are_valid(self) -> bool:
        """Whether every part can be read."""
        valid = [form.is_valid() for form in self.all]
        return all(valid)

    @property
    def all(self) -> list[SharedForm | OwnForm]:
        """The shared part's form, then each person's."""
        return [*([self.shared] if self.shared else []), *self.own]


def note_forms(room: NoteRoom, data: QueryDict | None = None) -> NoteForms:
    """The forms over what is stored, or over what was sent: also for a part that was signed since it was opened."""
    shared = SharedForm(data, prefix="shared", initial=shared_initial(room)) if room.is_shared else None
    sent = posted_patients(data)
    own = [
        OwnForm(data, prefix=f"{OWN}{part.patient}", initial=own_initial(part), part=part)
        for part in room.parts
        if (part.note is None if data is None else part.patient in sent)
    ]
    return NoteForms(shared, own)


def posted_patients(data: QueryDict | None) -> set[UUID]:
    """The people whose own part was sent."""
    found = set()
    for key in data or ():
        if key.startswith(OWN) and key.endswith("-text"):
            with suppress(ValueError):
                found.add(UUID(key.removeprefix(OWN).removesuffix("-text")))
    return found


def shared_initial(room: NoteRoom) -> dict[str, object]:
    """What the shared part's form shows at first."""
    was = mark_of(room.topic, room.shared_text)
    return {"topic": room.topic, "text": room.shared_text, "seen": room.shared_version, "was": was}


def own_initial(part: NotePart) -> dict[str, object]:
    """What a person's form shows at first."""
    thread = str(part.objective_thread) if part.objective_thread else ""
    return {
        "text": part.text,
        "next_step": part.next_step,
        "objective": thread,
        "seen": part.version,
        "was": mark_of(part.text, thread, part.next_step),
    }
