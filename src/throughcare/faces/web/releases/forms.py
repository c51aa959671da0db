"""Forms of release: through whose eyes, what goes along, which letter."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms

from throughcare.faces.web.fields import Date, LongText, Number, Pick, PickMany, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.back_at_work import MOST_A_WEEK, LessAWeek
from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.lens import Lens
from throughcare.pathway.release.letters import ROWS as LETTERS
from throughcare.pathway.release.methods import ROWS as METHODS
from throughcare.pathway.release.orders import OrderLine
from throughcare.pathway.release.packet import Wish
from throughcare.pathway.release.receivers import Receiver
from throughcare.pathway.release.whose import titled

METHOD_CHOICES = [(one.code, one.words) for one in METHODS]
# Without consent these have ways of their own, with what the law wants on record.
_ELSEWHERE = frozenset({"emergency", "break_glass"})
PURPOSE_CHOICES = [(code, one.words.capitalize()) for code, one in PURPOSES.items() if code not in _ELSEWHERE]
SHORT = 60
WHERE = "Where it reaches them"


def grouped(receivers: Iterable[Receiver]) -> list[tuple[str, Any]]:
    """The receivers as a list with a heading for each group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in receivers:
        groups.setdefault(one.group, []).append((one.key, one.words))
    return list(groups.items())


class LensForm(Form):
    """Through whose eyes, for what, as of when."""

    def __init__(
        self, *args: Any, receivers: Iterable[Receiver], orders: Iterable[OrderLine], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["who"] = Select(
            "Who would see it?", grouped(receivers), missing="Choose who would receive it"
        )
        self.fields["purpose"] = Select(
            "What for?", PURPOSE_CHOICES, optional=True, empty="What they usually ask for"
        )
        self.fields["as_of"] = Date("As of", optional=True)
        papers = [(str(one.uid), one.words) for one in orders]
        if papers:
            self.fields["order"] = Select("In answer to", papers, optional=True, empty="No paper")

    def as_of(self, *, zone: str, at: datetime) -> datetime | None:
        """The end of the chosen day; None for today, which is not over."""
        day = self.cleaned_data.get("as_of")
        if day is None or day == local_day(at, zone):
            return None
        return at_local(day + timedelta(days=1), time(0), zone) - timedelta(microseconds=1)

    def order(self) -> UUID | None:
        """The paper that it answers, if any."""
        chosen = self.cleaned_data.get("order")
        return UUID(chosen) if chosen else None


def say_item(item: Item) -> str:
    """An item in one line, short enough to tick."""
    first = f": {item.lines[0]}" if item.lines and len(item.lines[0]) <= SHORT else ""
    return f"{titled(item)}{first}"


class PacketForm(Form):
    """The items that may go, ticked, and how they leave."""

    who = forms.CharField(widget=forms.HiddenInput)
    purpose = forms.CharField(widget=forms.HiddenInput)
    order = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, lens: Lens, receiver: Receiver, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.receiver, self.lens = receiver, lens
        self.kinds = [f"items_{kind.code}" for kind in lens.kinds if kind.going]
        for kind in lens.kinds:
            if kind.going:
                choices = [(one.key, say_item(one.item)) for one in kind.going]
                self.fields[f"items_{kind.code}"] = PickMany(
                    kind.words.capitalize(), choices, optional=True, initial=[key for key, _ in choices]
                )
        if receiver.is_class:
            self.fields["name"] = Text("Who exactly?", missing="Name the person or place that receives it")
        self.fields["method"] = Pick("How does it leave?", METHOD_CHOICES, missing="Choose how it leaves")
        self.fields["contact"] = Text(
            WHERE, hint="Fax number or address", optional=True, initial=receiver.contact, max_length=300
        )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields in the order of the page."""
        return [self[name] for name in self.fields if name not in ("who", "purpose", "order")]

    def wish(self) -> Wish:
        """The packet as it was chosen."""
        said = self.cleaned_data
        name = " ".join(said["name"].split()) if self.receiver.is_class else self.receiver.to.name
        return Wish(
            replace(self.receiver.to, name=name),
            said["purpose"],
            said["method"],
            frozenset(key for field in self.kinds for key in said[field]),
            contact=said["contact"],
            legal_request=said["order"],
        )


class LetterForm(Form):
    """Which letter, to whom, about which days."""

    def __init__(self, *args: Any, receivers: Iterable[Receiver], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [one for one in receivers if not one.is_class]
        self.receivers: Mapping[str, Receiver] = {one.key: one for one in named}
        self.fields["letter"] = Pick(
            "Which letter?",
            [(one.code, f"{one.words}. {one.about}") for one in LETTERS],
            missing="Choose a letter",
        )
        self.fields["who"] = Select("To whom?", grouped(named), missing="Choose who receives it")
        self.fields["purpose"] = Select(
            "What for?", PURPOSE_CHOICES, optional=True, empty="What they usually ask for"
        )
        self.fields["first"] = Date("From", missing="Enter the first day")
        self.fields["last"] = Date("To", missing="Enter the last day")
        self.fields["most"] = Number(
            "Back at work with how much a week?",
            hint="Only for a return-to-work letter, such as 20. Leave it empty when they can be back as before: then "
            "the letter says the first day and no other.",
            optional=True,
        )
        self.fields["unit"] = Pick(
            "Hours or days?",
            [(one, one.capitalize()) for one in MOST_A_WEEK],
            initial="hours",
            optional=True,
        )
        self.fields["method"] = Pick("How does it leave?", METHOD_CHOICES, missing="Choose how it leaves")
        self.fields["contact"] = Text(WHERE, hint="Fax number or address", optional=True, max_length=300)

    @property
    def less(self) -> LessAWeek | None:
        """With how much a week they are back; None for as before."""
        said = self.cleaned_data
        return LessAWeek(said["most"], said["unit"] or "hours") if said["most"] is not None else None


class WithholdForm(Form):
    """Why what was prepared isn't sent."""

    because = LongText("Why is it not sent?", missing="Say why it is not sent", max_length=300, rows=2)
