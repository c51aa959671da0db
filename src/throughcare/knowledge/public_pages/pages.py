"""The public pages that every program has, in our own words; staff may put theirs in their place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicPage:
    """One page: its address, title, what search engines show of it, and its words (see `words.py`).

    `opens` is the route of the page that shows it, where that is more than words; empty: a page of words only.
    """

    slug: str
    title: str
    summary: str
    body: str
    opens: str = ""


WHAT_IT_IS = """\
An intensive outpatient program, or IOP, is treatment for several hours a week while you live at home. You keep your \
job, your classes and your family around you. What you learn in a session you can use the same evening.

## What a week looks like
- At least nine hours a week, on three days or more. For teenagers it is at least six hours.
- Groups of up to twelve people, led by trained staff.
- Time alone with your own therapist.
- Visits with a doctor or nurse about medicine, if you want that.
- Sessions for your family, if you want them there.

## What we work on
- Alcohol and other drugs.
- Depression, anxiety and trauma.
- Sleep, stress, anger, and life at home and at work.
- Many people have more than one of these. We treat them together.

## How long it takes
Most people stay for six to twelve weeks. When you do better, you come less often. We plan each step with you.

## What we ask of you
- Come to your sessions, or tell us early when you can’t.
- Keep what others say in the group to yourself.
- Tell us when things get worse. A slip is a reason to talk, not a reason to send you away.
"""

NOT_FOR_EVERYONE = """\
Home and a few sessions a week are not enough for everyone. It is safer to start elsewhere when one of these is true.

## Get help right now
- You may hurt yourself or someone else. Call or text 988, or call 911.
- Someone took too much, has a seizure, or can’t be woken. Call 911.

## See a doctor first
- You drink a lot every day, or take sedatives every day, and want to stop. Stopping all at once can be dangerous.
- You had a seizure or saw things that were not there when you stopped before.
- You are ill, or pregnant, and need medical care close by.

## You may need care day and night for now
- You have no safe place to sleep.
- You could not stay away from alcohol or drugs at home, even with a program.
- You can’t look after yourself at the moment.

## You may need less
- Things are mostly steady. One visit a week with a therapist may be enough.

Not sure? Ask us. If we are not the right place, we help you get to the right one.
"""

VISIT = """\
Asking takes about two minutes. A first name is enough.

## Your first call
1. A person from our team calls you, at a time and number that you say is safe.
2. The call takes about fifteen minutes. You decide what you want to tell.
3. We look for a time for your first visit together.

## Your first visit
1. You talk with a clinician about what goes on and what you want. It takes about an hour and a half.
2. Together you choose the care that fits. If it isn’t ours, we help you get there.
3. You choose days and times around your work, school and children.

## What to bring
- A list of your medicines, if you take any.
- Your insurance card, if you have one.
- Someone you trust, if you like. You can also come alone.
"""

PRIVACY = """\
The law keeps what you tell us private. For treatment of alcohol and drug use there is a federal law of its own, \
42 CFR Part 2.

## What that means for you
- We don’t tell anyone that you come here, not your job, not your family, not the police, unless you allow it in \
writing or the law makes us. The law makes us only in a few cases, such as an emergency or a child in danger.
- You choose who may know what, and until when. You can take it back in two taps.
- You can see who has looked at your record.
- Our messages never say what they are about.
"""

ROWS = (
    PublicPage(
        "what-it-is",
        "What is an intensive outpatient program?",
        "Several hours of treatment a week while you live at home: what a week looks like, and how long it takes.",
        WHAT_IT_IS,
    ),
    PublicPage(
        "levels",
        "Which kinds of care are there?",
        "Hospital, live-in care, day program, intensive outpatient, weekly visits and sober living, side by side.",
        "There is more than one kind of care. More is not always better. The right one is the one that keeps you safe "
        "and that you can stay with.\n",
        opens="compare_levels",
    ),
    PublicPage(
        "who-it-is-not-for",
        "Who is it not for?",
        "When it is safer to start somewhere else, and where to turn then.",
        NOT_FOR_EVERYONE,
    ),
    PublicPage(
        "week",
        "Our week and open seats",
        "On which days and at what times our groups meet, and where a seat is open.",
        "You don’t have to come to all of this. You choose at least three days that fit around your life.\n",
        opens="public_week",
    ),
    PublicPage(
        "cost",
        "What does it cost?",
        "An honest estimate with insurance or with our sliding fee, beside what live-in care costs.",
        "Nobody should stay away because they don’t know the price. Work out what you may pay. Nothing that you enter "
        "is kept.\n",
        opens="cost_estimate",
    ),
    PublicPage(
        "first-visit",
        "What happens when you ask?",
        "The first call, the first visit, and what to bring.",
        VISIT,
    ),
    PublicPage(
        "your-privacy", "Is it private?", "Who gets to know that you come here: only whom you allow.", PRIVACY
    ),
)

ALL: dict[str, PublicPage] = {row.slug: row for row in ROWS}
# The first page, whose words stand on it and in no list of pages.
WELCOME = PublicPage(
    "welcome",
    "Help that fits around your life",
    "An intensive outpatient program: several hours of care a week, and home every night.",
    "For alcohol and other drugs, depression, anxiety, trauma, or several of these at once. You can come during the "
    "day, in the evening, or by video.\n",
    opens="front_door",
)
EDITABLE: dict[str, PublicPage] = {WELCOME.slug: WELCOME, **ALL}
# The languages in which a clinic may write its pages.
LANGUAGES = {"en": "English", "es": "Español"}
MOST_OWN_PAGES = 20
