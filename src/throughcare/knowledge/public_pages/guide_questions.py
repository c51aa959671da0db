"""The questions of “Is this level right for me?”, in our own words, in the order they are asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One answer. `danger` is the line to call at once: 911 or 988."""

    code: str
    words: str
    danger: str = ""


@dataclass(frozen=True)
class Question:
    """One question, asked alone on its page."""

    code: str
    words: str
    choices: tuple[Choice, ...]
    hint: str = ""


QUESTIONS = (
    Question(
        "danger",
        "Is anyone’s life in danger right now?",
        (
            Choice("life", "Yes, or I think so", danger="911"),
            Choice("hurt", "I may hurt myself or someone else", danger="988"),
            Choice("no", "No"),
        ),
        "Someone passed out or can’t be woken, has a seizure or chest pain, can’t breathe well, or took too much.",
    ),
    Question(
        "thoughts",
        "In the last weeks, did you think about ending your life or hurting yourself?",
        (
            Choice("no", "No"),
            Choice("thoughts", "Yes, I had thoughts", danger="988"),
            Choice("plan", "Yes, and I thought about how, or I am close to doing it", danger="988"),
        ),
    ),
    Question(
        "mind",
        "Do you see or hear things that others don’t, or feel so mixed up that you can’t look after yourself?",
        (Choice("no", "No"), Choice("yes", "Yes", danger="988")),
    ),
    Question(
        "stopping",
        "What happens when you stop drinking or using, or cut down?",
        (
            Choice("none", "I don’t drink or use, or stopping is no trouble"),
            Choice("unwell", "I get shaky, sweaty or sick, or I can’t sleep"),
            Choice("severe", "I had a seizure, saw things or was badly confused"),
            Choice("daily", "I drink a lot or take sedatives every day and have not tried to stop"),
        ),
        "Sedatives are pills such as Xanax, Ativan, Klonopin or Valium.",
    ),
    Question(
        "body",
        "Do you need a doctor or nurse close by, day and night?",
        (Choice("no", "No"), Choice("yes", "Yes"), Choice("unsure", "I’m not sure")),
        "Because of an illness, an injury or a pregnancy.",
    ),
    Question(
        "days",
        "How hard are your days right now?",
        (
            Choice("manage", "I manage most days"),
            Choice("some", "I miss work, school or meals on some days"),
            Choice("hardly", "On most days I can hardly get up, eat or wash"),
        ),
    ),
    Question(
        "use",
        "In the last two weeks, on how many days did you drink or use more than you wanted?",
        (
            Choice("other", "That is not what it is about"),
            Choice("none", "On none"),
            Choice("few", "On a few"),
            Choice("most", "On most days, or every day"),
        ),
    ),
    Question(
        "tried",
        "What help did you have for this before?",
        (
            Choice("nothing", "None yet"),
            Choice("weekly", "Weekly visits, and they were not enough"),
            Choice("program", "A program like this one, and I went back to using or got worse"),
            Choice("stayed", "I just left a hospital or live-in treatment"),
        ),
    ),
    Question(
        "home",
        "Is the place where you live good for getting better?",
        (
            Choice("good", "Yes, it is safe and people there want me to get better"),
            Choice("hard", "It is safe, but it is hard to stay away from drink or drugs there"),
            Choice("unsafe", "No, it isn’t safe, or I have no place to stay"),
        ),
    ),
    Question(
        "time",
        "Could you come for about nine hours a week, on three days or evenings?",
        (
            Choice("yes", "Yes"),
            Choice("video", "Only by video"),
            Choice("unsure", "I’m not sure"),
            Choice("no", "No"),
        ),
    ),
)
BY_CODE = {question.code: question for question in QUESTIONS}
