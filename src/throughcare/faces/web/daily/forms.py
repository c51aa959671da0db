"""The forms of the daily check-in; whatever is asked may be left out."""

from typing import Any, ClassVar

from throughcare.faces.web.check_ins.forms import SKIP, SKIPPED, Scale
from throughcare.faces.web.fields import LongText, Pick, PickMany
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.between_sessions import Item
from throughcare.knowledge.daily import ITEMS, LONGEST_WORDS, SUBSTANCES, TITLES, Day
from throughcare.pathway.daily_check_in.daily_views import MyDay

SCALES = ("mood", "craving", "sleep")


class DayForm(Form):
    """The questions that a person chose, on one short page."""

    all_may_be_skipped = True
    asked_when: ClassVar = {"used": AskedWhen("use", ("yes",))}

    def __init__(self, *args: Any, mine: MyDay, **more: Any) -> None:
        if mine.said is not None:
            more["initial"] = _initial(mine.said)
        super().__init__(*args, **more)
        self.mine = mine
        for item in mine.asked:
            self.fields[item.code] = _field(item, mine)
            if item.code == "use":
                self.fields["used"] = PickMany(_("What was it?"), SUBSTANCES, optional=True)

    @property
    def day(self) -> Day:
        """What was answered."""
        said = {code: "" if value == SKIPPED else value for code, value in self.cleaned_data.items()}
        mood, craving, sleep = (int(said[code]) if said.get(code) else None for code in SCALES)
        return Day(
            mood=mood,
            craving=craving,
            sleep=sleep,
            use=said.get("use") or "",
            used=tuple(said.get("used") or ()) if said.get("use") == "yes" else (),
            medication=said.get("medication") or "",
            skills=said.get("skills") or "",
            own_signs=tuple(said.get("own_signs") or ()),
            asked=tuple(item.code for item in self.mine.asked),
            words=said.get("words") or "",
        )


def _field(item: Item, mine: MyDay) -> Any:
    if item.kind == "scale":
        return Scale(item)
    if item.kind == "choice":
        answers = Pick(item.words, [*item.answers, SKIP], optional=True)
        answers.widget.attrs["class"] = "in-fours"
        return answers
    if item.kind == "many":
        return PickMany(item.words, mine.own_signs, optional=True)
    return LongText(item.words, optional=True, rows=3, max_length=LONGEST_WORDS)


def _initial(said: Day) -> dict[str, Any]:
    scales = {code: SKIPPED if getattr(said, code) is None else str(getattr(said, code)) for code in SCALES}
    chosen = {code: getattr(said, code) or SKIPPED for code in ("use", "medication", "skills")}
    lists = {"used": list(said.used), "own_signs": list(said.own_signs)}
    return {**scales, **chosen, **lists, "words": said.words}


class ChoiceForm(Form):
    """Which questions somebody wants to be asked."""

    items = PickMany(
        _("What do you want to be asked each day?"),
        tuple((item.code, TITLES[item.code]) for item in ITEMS),
        hint=_("One is enough. You can change it any day."),
        missing=_("Choose at least one"),
    )
    asks_one_question = True
