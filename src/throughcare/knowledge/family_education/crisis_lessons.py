"""Lessons for the worst hours: they stand first on the page."""

from throughcare.knowledge.family_education.lesson import OVERDOSE, SAFETY, TIP_39, Lesson

ROWS = (
    Lesson(
        "overdose",
        "If they don't wake up",
        "Slow or no breathing, blue or gray lips, no answer when you shout: that can be an overdose. Minutes count.",
        (
            "Call 911 and say: somebody isn't breathing well.",
            "Spray naloxone (Narcan) into one nostril if you have it. It can't harm.",
            "Give rescue breaths: tilt the head, pinch the nose, one breath every five seconds.",
            "No change after 2 to 3 minutes? Give a second spray.",
            "When they breathe, lay them on their side. Stay until help comes.",
            "In most states the law protects those who call for help.",
        ),
        ("He isn't waking up and hardly breathes. I gave naloxone at ten past two.",),
        OVERDOSE,
        minutes=2,
        urgent=True,
    ),
    Lesson(
        "suicide",
        "If they talk about dying",
        "Asking about suicide doesn't put the thought there. It opens a door.",
        (
            "Ask straight out: are you thinking of killing yourself?",
            "Listen. Don't argue, and don't promise to keep it secret.",
            "Stay with them, or stay on the phone.",
            "Call or text 988 together, at any hour. If it may happen now, call 911.",
            "Put pills, weapons and car keys where they can't get at them.",
            "Tell us by “Get help now” or by phone. We act on what you say.",
        ),
        ("I'm glad you told me. I'm staying with you. Let's call 988 together.",),
        SAFETY,
        minutes=2,
        urgent=True,
    ),
    Lesson(
        "withdrawal",
        "If they stopped suddenly",
        "Stopping alcohol or sleeping pills suddenly can be dangerous. Shaking, fever, seeing things or a seizure "
        "need a doctor now.",
        (
            "Shaking, sweating, fever, confusion, seeing things, a seizure: call 911.",
            "Don't leave them alone, and don't let them drive.",
            "Don't force food or drink.",
            "Tell the helpers what they took, how much, and when they took it last.",
        ),
        ("She stopped drinking two days ago, and now she shakes and sees things.",),
        TIP_39,
        minutes=2,
        urgent=True,
    ),
    Lesson(
        "not-safe-at-home",
        "If you are not safe",
        "Help for somebody else never means that you must be hurt. Your safety comes first, and your children's.",
        (
            "If you are in danger, get out and call 911.",
            "Agree on a word with somebody you trust. When you say it, they call for help.",
            "Keep keys, papers, money and medicine in a bag you can grab.",
            "Call 1-800-799-7233, the National Domestic Violence Hotline, at any hour. Or text START to 88788.",
            "Don't use a limit or a serious talk when you are afraid of the answer.",
        ),
        ("I'm not safe here. Please call for me.",),
        TIP_39,
        minutes=2,
        urgent=True,
    ),
)
