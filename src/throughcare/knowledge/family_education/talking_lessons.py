"""Lessons about talking with each other."""

from throughcare.knowledge.family_education.lesson import CRAFT, MATRIX, TIP_39, Lesson

ROWS = (
    Lesson(
        "the-program",
        "What happens in the program",
        "In this kind of program people live at home and come for some hours on some days of the week. They learn "
        "skills in groups and try them out at home the same evening. You see the hard part: the practice.",
        (
            "Expect good days and bad days. Change goes in steps, and often back a step.",
            "Keep the program's hours free of family duties where you can. A ride or a cooked meal helps.",
            "Ask what they want you to know. Let them choose what they tell you.",
            "Come to a family session when you are asked. You learn there, too, and you hear you are not the only one.",
        ),
        ("Is there something you practice this week that I can make easier?", "I am glad you went today."),
        MATRIX,
    ),
    Lesson(
        "talk-so-it-lands",
        "Talk so that it can be heard",
        "When people feel blamed they stop listening. The same thing, said another way, can be heard.",
        (
            "Pick a calm moment. Not when either of you is tired, hungry, or has been drinking or using.",
            "Be brief. One thing at a time.",
            "Start with “I”, not with “you”. Say what you saw, how it felt, and what you would like.",
            "Say one thing you understand about their side.",
            "Take your own part, however small.",
            "Offer help, and then stop talking. Let the silence work.",
        ),
        (
            "I was worried when you came home late. I would like a text next time.",
            "I know that the evenings are hard for you. How can I help?",
        ),
        CRAFT,
    ),
    Lesson(
        "listen-first",
        "Listen first",
        "Being listened to calms people. You can listen without agreeing.",
        (
            "Put your phone away and sit down.",
            "Ask questions that can't be answered with yes or no.",
            "Say back in your own words what you heard. Ask if you got it right.",
            "Don't fix it yet. Ask if they want advice.",
        ),
        ("What was the hardest part of today?", "It sounds like you felt left out. Is that right?"),
        TIP_39,
        minutes=3,
    ),
    Lesson(
        "notice-what-goes-well",
        "Notice what goes well",
        "People do more of what is met with warmth. Small thanks, right away, work better than big ones later.",
        (
            "Write down three small things you want to see more often, such as eating with you.",
            "Write down what they like that costs little: their favorite dish, a walk, a kind word.",
            "When it happens and they are sober, give it at once, and say what it is for.",
            "Do it each time for a week. Then look at what changed.",
            "Don't give it when they have been drinking or using. Be polite and wait.",
        ),
        ("I love it when we eat together like this.", "Thank you for calling. It made my day easier."),
        CRAFT,
    ),
    Lesson(
        "ask-at-a-good-moment",
        "Ask at a good moment",
        "If they don't get help now, or stopped, there are moments when people say yes more easily.",
        (
            "Know one place to call, and its number, before you ask.",
            "Wait for a moment when they wish for a change: after a scare, or on a good day.",
            "Ask once, kindly, and offer to go along.",
            "If the answer is no, let it be. Ask again at the next good moment.",
        ),
        (
            "You said that you are tired of this. There is a first visit where you only talk. Shall I come with you?",
            "That's okay. I will ask again another day, because I care about you.",
        ),
        CRAFT,
    ),
)
