"""Forms of the worry line."""

from typing import Any

from throughcare.faces.web.fields import LongText, Pick, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.worry_words import LONGEST_CALLBACK, LONGEST_NAME, LONGEST_WORDS, OUTCOMES
from throughcare.pathway.clinic.front_door import FrontDoor


class WorryForm(Form):
    """What somebody sees, of whom, and how to reach whoever tells it."""

    said_name = Text(
        _("Who are you worried about?"),
        hint=_("Their name, and anything that helps us tell people apart."),
        missing=_("Write whom you are worried about"),
        max_length=LONGEST_NAME,
    )
    words = LongText(
        _("What do you see?"),
        hint=_("Say what you saw or heard, and when."),
        missing=_("Write what you see"),
        rows=5,
        max_length=LONGEST_WORDS,
    )
    told_by = Text(_("Your name, and who you are to them"), optional=True, max_length=LONGEST_NAME)
    callback = Text(
        _("Where can we call you?"),
        hint=_("We may call to hear more. We can’t tell you anything about anyone."),
        optional=True,
        max_length=LONGEST_CALLBACK,
    )

    def __init__(self, *args: Any, door: FrontDoor, **more: Any) -> None:
        super().__init__(*args, **more)
        if len(door.sites) > 1:
            sites = [(str(site.uid), site.name) for site in door.sites]
            self.fields["site"] = Pick(_("Which place is nearest to them?"), sites, initial=sites[0][0])


class EndForm(Form):
    """What was done about a worry."""

    outcome = Pick("What was done?", list(OUTCOMES.items()), missing="Choose what was done")
    words = LongText("In a sentence", optional=True, max_length=2000, rows=3)
