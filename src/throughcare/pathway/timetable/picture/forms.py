"""The forms in which a site holds a type of session: how long, and where. Each is a kind in the timetable."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.session_types import session_type
from throughcare.timetable.problem import Kind

VIDEO, ANYWHERE = "video", "anywhere"
WHERE = {
    VIDEO: "by video",
    "large": "in a large room",
    "family": "in a family room",
    "art": "in the studio",
    "exam": "in the exam room",
    "office": "in an office",
}

# A group for everyone, as the timetable calls it; sentences leave the word out.
EVERYONE = "mix"


def variant_of(group: str) -> str:
    """The timetable's word for whom a group is for."""
    return EVERYONE if group == "mixed" else group


@dataclass(frozen=True, order=True)
class Form:
    """A type of group session as it is held: minutes of treatment, ticks it takes, the kind of room."""

    session_type: str
    minutes: int
    ticks: int
    room_kind: str

    @property
    def hours(self) -> float:
        """What it counts for."""
        return self.minutes / 60


@dataclass(frozen=True)
class Forms:
    """Every form of a site's groups and the name of each in the timetable; `led` are those that someone can lead."""

    names: Mapping[Form, str]
    led: frozenset[Form]

    def of_type(self, code: str) -> list[Form]:
        """The forms of one type of session that someone can lead."""
        return [form for form in self.names if form.session_type == code and form in self.led]

    def kinds(self) -> dict[str, Kind]:
        """The forms as the timetable takes them."""
        return {
            name: Kind(name, form.ticks, form.hours, form.room_kind, _is_flexible(form))
            for form, name in self.names.items()
        }

    def titles(self) -> dict[str, str]:
        """What each is called in a sentence."""
        found = {}
        for form, name in self.names.items():
            title = session_type(form.session_type).title
            if name != form.session_type:
                title = f"{title} ({form.minutes} min {WHERE.get(form.room_kind, '')}".strip() + ")"
            found[name] = title
        return found


def name_forms(held: Iterable[Form], skills: Collection[str]) -> Forms:
    """A name for each form that is held or could be; the most usual form of a type bears the type's own name.

    `skills` are those of everyone who leads groups.
    """
    names: dict[Form, str] = {}
    taken: set[str] = set()
    for form, _ in sorted(Counter(held).items(), key=lambda row: (-row[1], row[0])):
        name = form.session_type
        if name in taken:
            name = f"{form.session_type}-{form.minutes}-{form.room_kind}"
        if name in taken:
            name = f"{name}-{form.ticks}"
        taken.add(name)
        names[form] = name
    led = frozenset(form for form in names if session_type(form.session_type).skill in skills)
    return Forms(names, led)


def _is_flexible(form: Form) -> bool:
    """Whether it may fill hours that the prescription leaves open: what is for families is not."""
    kind = SESSION_TYPES[form.session_type]
    return kind.skill != "family" and kind.modality in ("group", "education", "workshop")


def share_out(
    minutes: float, each: int, forms: Collection[Form], *, attended: Mapping[Form, int], by_video: bool | None
) -> tuple[Counter[Form], float]:
    """Which forms a prescribed number of minutes of a type becomes, and the minutes that are left over.

    What the person attends stays first; then comes the form of the prescribed length and the wished way.
    """
    found: Counter[Form] = Counter()
    left = minutes
    for form in sorted(forms, key=lambda one: (one.minutes != each, one)):
        keeps = min(attended.get(form, 0), int(left // form.minutes))
        found[form] += keeps
        left -= keeps * form.minutes
    if not forms or left <= 0:
        return +found, left

    def unlike(form: Form) -> tuple[bool, int, Form]:
        wrong_way = by_video is not None and (form.room_kind == VIDEO) != by_video
        return wrong_way, abs(form.minutes - each), form

    best = min(forms, key=unlike)
    times = round(left / best.minutes)
    found[best] += times
    return +found, left - times * best.minutes
