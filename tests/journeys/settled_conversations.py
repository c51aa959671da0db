"""Messages in the middle of their way: the patient's waits, their mother's was answered, a worry waits."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import the_public
from throughcare.pathway.conversation.answering import answer, write_to
from throughcare.pathway.conversation.asking import ask
from throughcare.pathway.conversation.near import ask_near
from throughcare.pathway.worry.looking_into import find_whom
from throughcare.pathway.worry.telling_us import NewWorry, tell_worry
from throughcare.records.people import Account
from throughcare.records.worries import Worry


def what_is_written(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Ana's question and the team's first words; Rosa's question with its answer; one worry that means Ana."""
    ana, rosa = (_actor(f"{name}@mail.test") for name in ("ana", "rosa"))
    before = now - timedelta(hours=3)
    own = ask(patient, "May I come an hour later on Friday?", about="Friday", by=ana, at=before)
    write_to(patient, "Your letter is ready at reception.", by=cast.case_manager, at=before)
    hers = ask_near(patient, "May I come along on Friday?", by=rosa, at=before)
    answer(hers, "Yes, gladly. Come at six.", by=cast.clinician, at=now)
    public = the_public(cast.organization)
    tell_worry(NewWorry("Ana", "She has not answered for a day", "A friend"), by=public, at=before)
    worry = Worry.objects.latest("pk").uid
    find_whom(worry, patient, by=cast.clinician, at=now)
    tell_worry(NewWorry("Somebody from Elm Street", "He sold his tools"), by=public, at=before)
    return {
        "conversation": own,
        "my_message.conversation": own,
        "family_message.conversation": hers,
        "worry": worry,
        "worry_whom.worry": Worry.objects.latest("pk").uid,
    }


def _actor(email: str):
    return actor_for(Account.objects.get_by_natural_key(email).pk)
