"""How people have been since they left, somebody who comes back, and a person who signs in as one who left."""

import random
from datetime import timedelta
from uuid import UUID

from throughcare.faces.cli.story.clinic import PersonSignIn
from throughcare.faces.cli.story.consents import PASSWORD
from throughcare.faces.cli.story.days import Cast
from throughcare.knowledge.aftercare.answers import CHECK_IN, Answer
from throughcare.pathway.aftercare.those_followed import followed
from throughcare.pathway.aftercare.told_at_once import write_down_told
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.signing_in.links import set_password_by_link
from throughcare.pathway.way_back.coming_back import come_back

ANSWERING = 0.78
WORDS = (
    "Back at work, and tired in a good way.",
    "Friday was hard. I called Pat.",
    "Going to the Tuesday group.",
    "Sleeping better.",
    "My brother stayed over, so the evenings are long.",
)


def tell_of_aftercare(cast: Cast, *, mail: str) -> tuple[PersonSignIn, ...]:
    """Most answer most of the time; a few have hard weeks, and one asked this morning to come back."""
    dice, by = cast.dice, cast.clinic.actors["case_manager"]
    moods: dict[UUID, int] = {}

    def tell(patient: UUID, occasion: str) -> Answer | None:
        mood = moods.setdefault(patient, dice.choice((8, 8, 7, 7, 6, 6, 5, 3)))
        return how_it_was(dice, mood, occasion)

    write_down_told(tell, by=by, at=cast.now)
    left = followed(by=by, at=cast.now)
    if len(left) < 2:
        return ()
    come_back(left[0].patient, by=cast.clinic.program, at=cast.now - timedelta(hours=3))
    email = f"left@{mail}"
    token = invite_patient(left[-1].patient, email=email, by=cast.clinic.actors["intake"], at=cast.now)
    set_password_by_link(token, PASSWORD, browser="", at=cast.now)
    return (PersonSignIn("Alumnus", left[-1].name, email, PASSWORD),)


def how_it_was(dice: random.Random, mood: int, occasion: str) -> Answer | None:
    """One answer of somebody whose days are usually so."""
    if dice.random() > ANSWERING:
        return None
    now = max(0, min(10, mood + dice.choice((-2, -1, 0, 0, 1))))
    words = dice.choice(WORDS) if dice.random() < 0.3 else ""
    if occasion == CHECK_IN:
        return Answer(
            mood=now,
            craving=max(0, 9 - now - dice.choice((0, 1, 2))),
            use="some" if now <= 4 and dice.random() < 0.5 else "no",
            support="yes" if dice.random() < 0.8 else "no",
            risky="yes" if now <= 4 else "no",
            call="soon" if now <= 3 else "no",
            words=words,
        )
    return Answer(
        use_days="none" if now >= 6 else "few" if now >= 4 else "some",
        work="yes" if now >= 6 else dice.choice(("partly", "no")),
        home="no" if now <= 3 and dice.random() < 0.3 else "yes",
        law="yes" if dice.random() < 0.04 else "no",
        hospital="yes" if now <= 2 else "no",
        support="yes",
        helped="lot" if now >= 6 else dice.choice(("some", "little")),
        words=words,
    )
