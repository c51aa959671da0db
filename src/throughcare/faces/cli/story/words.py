"""What people in the story say, and what is written about them."""

import random

CALLS = (
    "I can't keep going like this. My sister gave me your number.",
    "I came out of detox on Friday and I'm scared of the weekend.",
    "My doctor says once a week isn't enough for me any more.",
    "I want to stop before I lose my kids.",
    "I haven't slept properly in weeks and I've stopped going out.",
    "My manager told me to get help or take leave.",
    "I'm sober nine days. I don't want it to end there.",
    "Panic attacks every morning before work. I can't do it alone.",
)
GOALS = {
    "alcohol": (
        "I want to be the one who drives my kids home.",
        "I want to get through a Friday without a drink.",
    ),
    "opioids": ("I want to stay alive and keep my job.", "I want my mother to trust me with the house keys."),
    "depression": ("I want to get up and feel that the day is mine.", "I want to cook for my family again."),
    "anxiety": (
        "I want to take the train to work without counting the stops.",
        "I want to say no and sleep afterwards.",
    ),
    "trauma": ("I want to walk past that street without going under.", "I want nights that are only nights."),
}
PROBLEMS = {
    "alcohol": ("Drinking every day, alone in the evening", "F10.20"),
    "opioids": ("Pills first, then fentanyl; two months off", "F11.20"),
    "depression": ("Low mood and no drive since the spring", "F33.1"),
    "anxiety": ("Worry that takes over the day, panic at work", "F41.1"),
    "trauma": ("Nightmares and avoidance after an assault", "F43.10"),
}
PRACTICE = (
    "Use one calming skill a day and note how it helped",
    "Call a support person before acting on a craving",
    "Plan one thing a day that matters and do it",
    "Write a thought record when the mood drops",
)
TOPICS = (
    "Triggers and the hour after work",
    "Noticing thoughts",
    "Riding out an urge",
    "Saying no without a fight",
    "What sleep does to mood",
    "People, places, plans",
    "Repairing after an argument",
    "Small steps that count",
)
SHARED = (
    "The group looked at {topic}. Everyone named one situation from the week and what they tried. The facilitator "
    "showed a short exercise, the group practised it in pairs and shared what they noticed.",
    "Check-in, then {topic} on the board. Members worked through an example of their own and gave each other "
    "feedback. The session closed with a plan for the evening.",
    "After a grounding exercise the group talked about {topic}. The facilitator linked what was said to the skills "
    "of the last weeks and each member chose one thing to practise before the next session.",
)
OPENINGS = (
    "Arrived early and settled in quickly.",
    "Quiet at first, spoke after the exercise.",
    "Took part from the start and asked good questions.",
    "Looked tired and said so; stayed with the group.",
    "Listened closely and answered when asked.",
    "Was tense at check-in and calmer by the end.",
    "Came straight from work and needed a moment.",
    "Offered help to others and accepted some.",
)
MIDDLES = (
    "Described an urge on the way home and how it passed.",
    "Named two warning signs that came up this week.",
    "Practised the exercise and rated it helpful.",
    "Talked about an argument at home and what was different this time.",
    "Said that mornings are still the hardest part.",
    "Shared a small success and took in the response.",
    "Worked out what to say when asked to join for a drink.",
    "Connected the thought “it doesn't matter” with staying in bed.",
)
CLOSINGS = (
    "Will call a support person tonight.",
    "Plans a walk before dinner on two days.",
    "Wants to try the breathing exercise at work.",
    "Will write down one thought record before the next session.",
    "Chose to leave the phone outside the bedroom.",
    "Will bring up the weekend plan at home.",
    "Takes the skills sheet along to practise.",
    "Asks for time one to one this week.",
)


BEFORE = (
    "Slept badly, but I came.",
    "Could we talk about the weekend?",
    "I tried the breathing in the car.",
    "Had a hard call with my sister.",
    "I would rather listen today.",
)
TAKEN_ALONG = (
    "One step before the next one.",
    "I am not the only one with this.",
    "Call before it gets loud.",
    "The ten minutes really do pass.",
    "Write it down instead of turning it over.",
    "Ask for help on Wednesday, not on Friday.",
)
TRIED = (
    "Did it at my desk and nobody noticed.",
    "Forgot twice, then it worked.",
    "Easier than I thought once I had begun.",
    "It helped until the evening.",
)


def own_paragraph(dice: random.Random) -> str:
    """One person's part of a note: how they were, what they did, what comes next."""
    return f"{dice.choice(OPENINGS)} {dice.choice(MIDDLES)} {dice.choice(CLOSINGS)}"


def shared_paragraph(dice: random.Random, topic: str) -> str:
    """The part of a group's note that everyone shares."""
    return dice.choice(SHARED).format(topic=topic[0].lower() + topic[1:])


def review_text(arc: str) -> str:
    """What a plan review finds."""
    return {
        "steady": "Clear gains since admission. Skills are used at home; the plan goes on.",
        "slow": "Slow and real progress. Attendance is good; the plan goes on with the same hours.",
        "slips": "A slip, talked through at once. The relapse-prevention part of the plan was strengthened.",
        "flat": "Little change so far. Barriers were looked at together; the mix of sessions stays for now.",
        "fades": "Attendance has dropped. Transport and evening hours were offered again.",
        "worse": "Symptoms are rising in spite of attendance. More intensive care was discussed.",
        "moves": "Good progress. A move is coming up and was planned for.",
    }[arc]
