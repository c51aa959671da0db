"""The six domains that an assessment rates from 0 to 4, in our own words. [ours]

0 none, 1 mild and managed, 2 needs several contacts a week, 3 needs daily structure, 4 unsafe without 24-hour care.
`E` never raises the level of care; it picks track, transport, childcare and language.
"""

from dataclasses import dataclass

MILDEST, GRAVEST = 0, 4


@dataclass(frozen=True)
class Domain:
    """One domain: what it is about, what each rating says, and what is read beside it.

    `sections` and `measures` are codes of the intake's sections and of questionnaires.
    """

    code: str
    title: str
    about: str
    ratings: tuple[str, str, str, str, str]
    sections: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    raises_level: bool = True


ROWS = (
    Domain(
        "W",
        "Withdrawal and intoxication",
        "Signs of withdrawal or intoxication now, and what stopping has brought before.",
        (
            "None: no signs, none to expect",
            "Mild and managed: slight signs, followed up at visits",
            "Several contacts a week: signs to be checked and treated on an outpatient basis",
            "Daily structure: signs that need someone to look every day",
            "24-hour care: severe withdrawal, or a history that makes it likely",
        ),
        ("history",),
        ("ciwa-ar", "cows"),
    ),
    Domain(
        "P",
        "Physical health and pregnancy",
        "Illness, pain, pregnancy and medicines that bear on treatment.",
        (
            "None: no health problem that matters here",
            "Mild and managed: stable under the care the person has",
            "Several contacts a week: health care has to be arranged alongside",
            "Daily structure: needs a nurse or doctor most days",
            "24-hour care: unstable",
        ),
        ("history",),
    ),
    Domain(
        "M",
        "Mind, and harm to self or others",
        "Mood, anxiety, trauma, psychosis, cognition; thoughts of harm.",
        (
            "None: no symptoms that matter here",
            "Mild and managed: symptoms that daily life goes on with",
            "Several contacts a week: symptoms that get in the way of work, home or care",
            "Daily structure: symptoms that fill most of the day, or risk that needs a daily look",
            "24-hour care: not safe, or not able to take part in a group",
        ),
        ("hopes", "history"),
        ("phq-9", "gad-7", "c-ssrs-screener", "asq", "pcl-5"),
    ),
    Domain(
        "U",
        "Use risk",
        "Pattern of use, overdose, craving, what the last treatment brought.",
        (
            "None: no use, or steady recovery",
            "Mild and managed: some risk, skills that hold",
            "Several contacts a week: use goes on or is likely without them",
            "Daily structure: use most days, or return to use in spite of outpatient care",
            "24-hour care: repeated overdose, or use nearly every day in spite of a full program",
        ),
        ("history",),
        ("audit-c", "audit", "dast-10", "bam", "cudit-r", "taps"),
    ),
    Domain(
        "H",
        "Home and supports",
        "Where the person lives, who is there, who supports recovery.",
        (
            "None: safe home, people who support recovery",
            "Mild and managed: some strain, enough support",
            "Several contacts a week: little support, or use around the person",
            "Daily structure: home works against recovery",
            "24-hour care: violence, no shelter, no safe place",
        ),
        ("home", "supports"),
    ),
    Domain(
        "E",
        "Engagement, wishes and barriers",
        "What the person wants, and what stands in the way: work, transport, childcare, language.",
        (
            "None: ready, nothing in the way",
            "Mild and managed: small barriers, already solved",
            "Several contacts a week: barriers that need someone’s work",
            "Daily structure: would not come without daily reaching out",
            "Not able to take part by own will now",
        ),
        ("hopes", "work", "transport", "device", "language", "home"),
        raises_level=False,
    ),
)

ALL: dict[str, Domain] = {row.code: row for row in ROWS}
