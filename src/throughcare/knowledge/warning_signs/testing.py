"""Signs in drug and alcohol tests: a result nobody expected, and tests that are avoided."""

from collections.abc import Iterator

from throughcare.knowledge.warning_signs.picture import Picture, TestFact
from throughcare.knowledge.warning_signs.sign import (
    Sign,
    counted,
    days,
    end_of,
    is_within,
    next_session_end,
    setting,
    shifted,
    when,
)

FENTANYL = frozenset({"fentanyl", "norfentanyl"})
BENZODIAZEPINES = frozenset(
    {
        "benzodiazepines",
        "benzodiazepine",
        "alprazolam",
        "clonazepam",
        "diazepam",
        "nordiazepam",
        "temazepam",
        "oxazepam",
        "lorazepam",
    }
)
OPIOIDS = FENTANYL | {
    "opiates",
    "opioids",
    "morphine",
    "codeine",
    "6-mam",
    "heroin",
    "hydrocodone",
    "hydromorphone",
    "oxycodone",
    "oxymorphone",
    "methadone",
    "eddp",
    "buprenorphine",
    "norbuprenorphine",
    "tramadol",
    "mitragynine",
}


def unexpected_test(picture: Picture) -> Iterator[Sign]:
    """A result that neither medication nor disclosed use explains; high where it can kill."""
    for test in sorted(picture.tests, key=lambda one: (one.at, one.key)):
        known = test.known_at
        if known is None or known > picture.at or not (test.unexpected_positive or test.unexpected_negative):
            continue
        is_high = is_dangerous(test)
        within = int(setting(picture, "signs.test_unexpected_days"))
        by_session = next_session_end(picture, known) or end_of(picture, known, later=within)
        yield Sign(
            "test_unexpected",
            f"{_say(test)} on {when(picture, test.at)}, not explained by medication or what was said. "
            f"{_what_to_do(test)}; never a ground for discharge alone.",
            since=known,
            due_at=end_of(picture, known) if is_high else by_session,
            owner_role="clinician",
            topic=test.key,
            risk="high" if is_high else "watch",
        )


def is_dangerous(test: TestFact) -> bool:
    """Whether what was found can kill: fentanyl, a benzodiazepine with an opioid, alcohol with disulfiram."""
    if test.alcohol_with_disulfiram:
        return True
    found = {analyte.strip().lower() for analyte in test.unexpected_positive}
    return bool(found & FENTANYL) or bool(found & BENZODIAZEPINES and found & OPIOIDS)


def avoided_tests(picture: Picture) -> Iterator[Sign]:
    """Two tests refused, missed or tampered with in 14 days."""
    window = days(picture, "signs.test_avoided_days")
    least = int(setting(picture, "signs.test_avoided"))
    avoided = sorted(
        (test for test in picture.tests if test.avoided and is_within(picture, test.at, window)),
        key=lambda one: (one.at, one.key),
    )
    if len(avoided) < least:
        return
    newest = avoided[-1]
    within = int(setting(picture, "signs.test_unexpected_days"))
    words = ", ".join(f"{one.avoided} {when(picture, one.at)}" for one in avoided)
    yield Sign(
        "test_avoid",
        f"{counted(len(avoided), 'test')} avoided in the last {window} days: {words}.",
        since=avoided[least - 1].at,
        due_at=next_session_end(picture, newest.at) or end_of(picture, newest.at, later=within),
        owner_role="clinician",
        seen_at=newest.at,
        lapses_at=shifted(picture, avoided[-least].at, window),
    )


def _what_to_do(test: TestFact) -> str:
    if test.alcohol_with_disulfiram:
        return "They take disulfiram, and alcohol with it can be dangerous: a nurse reaches them today"
    return f"{'Talk today and' if is_dangerous(test) else 'Talk next session and'} give naloxone"


def _say(test: TestFact) -> str:
    parts = []
    if test.unexpected_positive:
        parts.append(f"Unexpected {', '.join(sorted(test.unexpected_positive))}")
    if test.unexpected_negative:
        parts.append(f"{', '.join(sorted(test.unexpected_negative))} missing although prescribed")
    kind = "" if test.definitive else " (not confirmed by a laboratory)"
    return f"{' and '.join(parts)}{kind}"
