"""What people write to their care team in the story's last days, and a worry from outside."""

from datetime import timedelta

from throughcare.faces.cli.story.consents import SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.actor import the_public
from throughcare.pathway.conversation.answering import answer
from throughcare.pathway.conversation.asking import ask
from throughcare.pathway.worry.telling_us import NewWorry, tell_worry

# What it is about, the message, how many hours ago, and the answer where there is one.
ASKED = (
    ("Bus on Thursday", "The 14 bus stops early on Thursday. May I leave ten minutes before the end?", 50,
     "Yes. Tell whoever leads the group as you come in, and we make up the ten minutes next week."),
    ("", "Can my partner come to the family session next week?", 96, ""),
    ("Work letter", "My boss asks for a letter by Friday. It need only say when I can work.", 5, ""),
    ("", "I used the breathing exercise before court. It helped.", 30,
     "That is good to read. Let us talk about it on Monday."),
)  # fmt: skip
DANCER = NewWorry(
    "Somebody who dances on Fridays", "He has stopped calling and sold his guitar.", "An old friend"
)


def write_messages(cast: Cast) -> None:
    """Four people write; two wait for an answer, one of them too long. A worry waits too."""
    by = cast.clinic.actors["main-1"]
    here = [
        patient
        for patient, life in cast.lives.items()
        if life.leaves is None and life.site == "Main" and not life.left_before
    ]
    here.sort(key=lambda patient: cast.lives[patient].number != SHOWN)
    for patient, (about, words, hours, said) in zip(here, ASKED, strict=False):
        at = cast.now - timedelta(hours=hours)
        written = ask(patient, words, about=about, by=cast.clinic.program, at=at)
        if said:
            answer(written, said, by=by, at=at + timedelta(hours=4))
    public = the_public(cast.clinic.program.organization)
    tell_worry(DANCER, by=public, at=cast.now - timedelta(hours=9))
