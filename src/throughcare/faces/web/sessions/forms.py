"""The forms of a session's note: the shared part, and one for each person."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict

from throughcare.faces.web.fields import LongText, Pick, Select, Text
from throughcare.faces.web.form import BoundField, Form
from throughcare.knowledge.recording.note_formats import ALL as FORMATS
from throughcare.knowledge.recording.note_formats import NoteFormat, Section
from throughcare.knowledge.recording.participation import ALL as LEVELS
from throughcare.pathway.note.group_note import NotePart, NoteRoom
from throughcare.pathway.note.own_part import LONGEST_STEP, MOST_CHARACTERS, More, OwnPart, clean
from throughcare.pathway.note.quotable import Quotable

FEW = 5
OWN, UUID_LENGTH = "p-", 36
SECTION = "s-"


def mark_of(*words: object) -> str:
    """A short mark of what a part held when it was shown: tells whether this writer changed it."""
    plain = "\x1f".join(clean(str(word or "")) for word in words)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def mark_of_part(part: OwnPart) -> str:
    """The mark of one person's part."""
    more = part.more
    sections = [f"{code}={clean(words)}" for code, words in sorted(more.sections.items()) if clean(words)]
    seen = sorted(f"{thread}={level}" for thread, level in more.observed.items())
    quotes = [f"{one.text}|{one.said}" for one in more.quotes]
    return mark_of(part.text, part.objective_thread, part.next_step, more.form, *sections, *seen, *quotes)


@dataclass(frozen=True)
class GridRow:
    """An objective of the tap-grid: the name of its buttons, its words, and the level that is tapped."""

    name: str
    objective: str
    tapped: str

    @property
    def levels(self) -> list[tuple[str, str, bool]]:
        """Value, word, and whether it is tapped."""
        return [(one.code, one.word, one.code == self.tapped) for one in LEVELS.values()]


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
    """One person's own part: a paragraph or a format's sections, what was observed and quoted, and what comes next."""

    next_step = Text("Next step", hint="What happens next", optional=True, max_length=LONGEST_STEP)
    form = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, part: NotePart, usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.format = FORMATS.get(self._form(usual))
        said = self._sections(self.format) if self.format else {"text": self._paragraph()}
        self.fields = said | self.fields
        self.fields["next_step"].label = f"Next step for {part.name}"
        choices = [(str(choice.thread), choice.text) for choice in part.choices]
        if choices:
            kind = Pick if len(choices) <= FEW else Select
            self.fields["objective"] = kind("Objective of their plan", choices, optional=True)

    def _form(self, usual: str) -> str:
        """The format that was sent; at first the draft's, and where nothing is written the usual one."""
        if self.is_bound:
            return str(self.data.get(self.add_prefix("form"), ""))
        return self.part.form or ("" if self.part.version else usual)

    def _paragraph(self) -> LongText:
        words = f"How {self.part.name} took part and responded"
        return LongText(words, optional=True, rows=2, max_length=MOST_CHARACTERS)

    def _sections(self, form: NoteFormat) -> dict[str, forms.Field]:
        return {f"{SECTION}{one.code}": _section_field(one) for one in form.sections}

    @property
    def section_fields(self) -> list[forms.BoundField]:
        """The sections of the format, in their order; of a free paragraph it alone."""
        return [self[name] for name in self.fields if name == "text" or name.startswith(SECTION)]

    @property
    def objective_thread(self) -> UUID | None:
        """The objective that was picked."""
        picked = self.cleaned_data.get("objective")
        return UUID(picked) if picked else None

    @property
    def observed(self) -> dict[UUID, str]:
        """The levels that are tapped, by the thread of the objective; before anything is sent the draft's."""
        if not self.is_bound:
            return dict(self.part.observed)
        sent = {
            choice.thread: self.data.get(self._tap_name(choice.thread), "") for choice in self.part.choices
        }
        return {thread: level for thread, level in sent.items() if level in LEVELS}

    def _tap_name(self, thread: UUID) -> str:
        return self.add_prefix(f"o-{thread}")

    @property
    def quoted(self) -> set[str]:
        """The keys of the quotes that are ticked; before anything is sent the draft's."""
        if not self.is_bound:
            return {one.key for one in self.part.said.quotable if one.is_quoted}
        return set(cast(QueryDict, self.data).getlist(self.add_prefix("q")))

    @property
    def grid(self) -> list[GridRow]:
        """The objectives that the session serves, and any that has a level, with the levels to tap."""
        seen, served = self.observed, {choice.thread for choice in self.part.served}
        return [
            GridRow(self._tap_name(choice.thread), choice.text, seen.get(choice.thread, ""))
            for choice in self.part.choices
            if choice.thread in served or choice.thread in seen
        ]

    @property
    def quotes(self) -> list[tuple[Quotable, bool]]:
        """What may be quoted, and whether it is."""
        ticked = self.quoted
        return [(one, one.key in ticked) for one in self.part.said.quotable]

    @property
    def own_part(self) -> OwnPart:
        """What was sent, as the pathway takes it; sections of another format stay as they are stored."""
        words, ticked = self.cleaned_data, self.quoted
        sent = {name.removeprefix(SECTION): text for name, text in words.items() if name.startswith(SECTION)}
        more = More(
            form=words["form"],
            sections=dict(self.part.sections) | sent,
            observed=self.observed,
            quotes=[one.quote for one in self.part.said.quotable if one.key in ticked],
        )
        text = words.get("text", self.part.text)
        return OwnPart(
            self.part.patient, text, self.objective_thread, self.seen_version, words["next_step"], more
        )

    @property
    def is_touched(self) -> bool:
        """Whether this writer changed the part."""
        return bool(self.mark != self.cleaned_data["was"])

    @property
    def mark(self) -> str:
        """The mark of what was sent."""
        return mark_of_part(self.own_part)


def _section_field(section: Section) -> forms.Field:
    """A section to write in, or one that is tapped."""
    if section.choices:
        taps = [(one, one.capitalize()) for one in section.choices]
        return Pick(section.title, taps, optional=True)
    return LongText(section.title, hint=section.ask, optional=True, rows=3, max_length=MOST_CHARACTERS)


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
    usual = usual_format(room)
    own = [
        OwnForm(data, prefix=f"{OWN}{part.patient}", initial=own_initial(part, usual), part=part, usual=usual)
        for part in room.parts
        if (part.note is None if data is None else part.patient in sent)
    ]
    return NoteForms(shared, own)


def posted_patients(data: QueryDict | None) -> set[UUID]:
    """The people of whose own part anything was sent."""
    found = set()
    for key in data or ():
        if key.startswith(OWN):
            with suppress(ValueError):
                found.add(UUID(key.removeprefix(OWN)[:UUID_LENGTH]))
    return found


def shared_initial(room: NoteRoom) -> dict[str, object]:
    """What the shared part's form shows at first."""
    was = mark_of(room.topic, room.shared_text)
    return {"topic": room.topic, "text": room.shared_text, "seen": room.shared_version, "was": was}


def usual_format(room: NoteRoom) -> str:
    """The format that a note begins in: the usual one of a session with one person, none for a group's."""
    return room.formats[0].code if room.formats and not room.is_shared else ""


def own_initial(part: NotePart, usual: str = "") -> dict[str, object]:
    """What a person's form shows at first."""
    form = part.form or ("" if part.version else usual)
    quotes = [one.quote for one in part.said.quotable if one.is_quoted]
    more = More(form, part.sections, part.observed, quotes)
    shown = OwnPart(part.patient, part.text, part.objective_thread, part.version, part.next_step, more)
    return {
        "text": part.text,
        "next_step": part.next_step,
        "objective": str(part.objective_thread or ""),
        "form": form,
        "seen": part.version,
        "was": mark_of_part(shown),
        **{f"{SECTION}{code}": words for code, words in part.sections.items()},
    }
