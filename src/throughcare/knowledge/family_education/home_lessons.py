"""Lessons about living together: limits, steps back, oneself, the children."""

from throughcare.knowledge.family_education.lesson import CRAFT, MATRIX, TIP_39, Lesson

ROWS = (
    Lesson(
        "limits",
        "Set limits that you can keep",
        "A limit says what you will do. It is no punishment. One limit that you keep is worth more than ten threats.",
        (
            "Choose one thing that you can't live with, such as using in the house.",
            "Decide what you will do if it happens. It must be something that you can do and will do.",
            "Say it in a calm hour, in one or two sentences.",
            "When it happens, do what you said, without a speech.",
            "Look at it again after a month. Limits may change.",
        ),
        (
            "I won't have drugs in the house. If I find some, you will have to sleep somewhere else that night.",
            "I love you, and I won't lend you money.",
        ),
        TIP_39,
    ),
    Lesson(
        "step-back",
        "Let what follows follow",
        "When we call in sick for someone, pay the fine or clean up, we take away what could teach them. Stepping "
        "back from that is hard, and it helps. Never step back from danger.",
        (
            "List what you do that makes drinking or using easier, even if you mean well.",
            "Choose the smallest one. What would happen if you stopped?",
            "If nobody would get hurt, stop that one. Say it ahead of time.",
            "Stay kind. You stop a task, and you don't stop loving.",
        ),
        ("I won't call your boss for you anymore. I will make you breakfast if you want to go in.",),
        CRAFT,
    ),
    Lesson(
        "look-after-yourself",
        "Look after yourself",
        "You have been carrying a lot. People who look after themselves help longer, and their own health gets better.",
        (
            "Plan one thing this week that is only for you. Put it in the calendar.",
            "Tell one person you trust how you really are.",
            "Sleep, eat and move. When you are worn out, start there.",
            "Try a group for families. There are free ones in most towns and online.",
            "If you can't stop worrying, or feel low most days, see a doctor or a counselor for yourself.",
        ),
        ("I can't pick you up on Tuesdays. That is my evening.",),
        CRAFT,
    ),
    Lesson(
        "children-at-home",
        "Children at home",
        "Children notice. What they make up is often worse than the truth, and they think it is their fault.",
        (
            "Tell them in words they know: it is an illness, and grown-ups are helping.",
            "Tell them that they didn't cause it, can't cure it, and may still have fun.",
            "Keep meals, school and bedtime as they are.",
            "Name one grown-up they can always call.",
            "Lock away alcohol, drugs, medicines and weapons.",
        ),
        ("Mom has an illness that makes it hard to stop. She is getting help. It is not your fault.",),
        TIP_39,
    ),
    Lesson(
        "parents-of-teens",
        "When your child is in the program",
        "In many states teens decide themselves who is told what. That can hurt. It also makes them speak openly, "
        "and that is what helps them.",
        (
            "Ask your child what they want you to know. Ask again in a week.",
            "Watch what you can see yourself: sleep, school, friends, mood.",
            "You may always tell the team what you see, even when they can't tell you anything.",
            "Agree on three house rules with your child, and on what follows.",
            "Spend time together that isn't about the problem.",
        ),
        ("You don't have to tell me all of it. I want to know how to help.",),
        TIP_39,
    ),
    Lesson(
        "after-the-program",
        "After the program",
        "The first three months are the hardest. A slip is not the end. What counts is what happens the next day.",
        (
            "Ask which warning signs they want you to name, and how.",
            "Keep a plan for bad days where both of you can find it.",
            "If there is a slip: stay calm, make it safe, and help them call us the next day.",
            "Celebrate what was reached in ways that fit them.",
        ),
        ("You asked me to tell you when you stop answering your friends. I see it now.",),
        MATRIX,
    ),
)
