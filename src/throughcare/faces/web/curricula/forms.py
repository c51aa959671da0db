"""Forms of curricula: what a group follows, what a session is about."""

from collections.abc import Sequence
from typing import Any

from throughcare.faces.web.fields import Agree, Date, Pick, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.curricula.curriculum import Curriculum
from throughcare.knowledge.curricula.library import ALL
from throughcare.pathway.lesson.prepare_topic import TopicChoice

WAYS = (
    (
        "rounds",
        "In rounds: after the last topic the first comes again. For groups that people join at any time",
    ),
    ("order", "In order, once through. For groups that begin and end together"),
)
FIELDS = ("first", "second", "third")


class FollowForm(Form):
    """Up to three curricula, one after the other, from a day on."""

    def __init__(self, *args: Any, fitting: Sequence[Curriculum], **more: Any) -> None:
        super().__init__(*args, **more)
        ahead = {one.code for one in fitting}
        ordered = sorted(ALL.values(), key=lambda one: (one.code not in ahead, one.title))
        lines = [(one.code, f"{one.title}, {len(one.topics)} topics") for one in ordered]
        self.fields["first"] = Select(
            "Curriculum", lines, optional=True, empty="None: topics are chosen session by session"
        )
        self.fields["second"] = Select("Then", lines, optional=True, empty="Nothing more")
        self.fields["third"] = Select("And then", lines, optional=True, empty="Nothing more")
        self.fields["way"] = Pick("How does it go on?", WAYS, missing="Choose how it goes on")
        self.fields["from_date"] = Date("From this day on", missing="Choose the day")
        self.fields["from_the_start"] = Agree(
            "Begin at the first topic", hint="Otherwise it goes on where the group stands", optional=True
        )

    @property
    def codes(self) -> list[str]:
        """The curricula in order."""
        return [self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name]]


class TopicForm(Form):
    """A topic of a curriculum, or one of one's own."""

    def __init__(self, *args: Any, choices: Sequence[TopicChoice], **more: Any) -> None:
        super().__init__(*args, **more)
        by_curriculum: dict[str, list[tuple[str, str]]] = {}
        for one in choices:
            by_curriculum.setdefault(one.curriculum, []).append((one.code, one.title + one.in_words))
        topic = Select("Topic", (), optional=True)
        topic.choices = [("", "None of these"), *by_curriculum.items()]
        self.fields["code"] = topic
        self.fields["words"] = Text(
            "Or in your own words",
            hint="What you write here takes its place. Name nobody",
            optional=True,
            max_length=200,
        )

    def choice(self, words_before: str) -> dict[str, str]:
        """What `choose_topic` takes: words that are new go before the topic that stood in the list."""
        code, words = self.cleaned_data["code"], self.cleaned_data["words"]
        if words and (words != words_before or not code):
            return {"words": words}
        return {"code": code}
