"""What people read is at grade 8 or easier, page by page."""

import re
from collections import defaultdict

import pytest

from tests.languages.reached import TEMPLATES, of_people
from tests.languages.reading_level import grade, syllables

MOST = 8.0
# Names that can't be said easier: of medicines, laws, roles and the program itself. They count as one short word.
NAMES = (
    "intensive outpatient program",
    "medication",
    "medications",
    "naloxone",
    "Medicaid",
    "Medicare",
    "administrator",
    "authenticator",
    "privacy officer",
    "recovery codes",
    "relapse-prevention plan",
)
NAMED = re.compile("|".join(sorted(NAMES, key=len, reverse=True)), re.I)
TAG = re.compile(r"<[^>]+>|%\(\w+\)s|\{\w*\}")


def plain(words: str) -> str:
    return NAMED.sub("name", TAG.sub("one", words))


@pytest.mark.parametrize(
    ("word", "count"), [("home", 1), ("little", 2), ("needed", 2), ("medication", 4), ("tired", 2)]
)
def test_syllables_are_counted(word, count):
    assert abs(syllables(word) - count) <= (1 if word == "tired" else 0)


def test_a_hard_sentence_is_seen_to_be_hard():
    assert grade("The cat sat on the mat.") < 1
    assert (
        grade("Notwithstanding contraindications, pharmacological interventions necessitate evaluation.") > 20
    )


def test_every_page_for_people_reads_at_grade_eight_or_easier(spanish):
    pages = {file.relative_to(TEMPLATES).as_posix() for file in of_people()}
    texts: dict[str, list[str]] = defaultdict(list)
    for one in spanish.values():
        for place in set(one.places):
            texts[place].append(plain(one.one))
    measured = {}
    for place, sentences in texts.items():
        name = place.removeprefix("faces/web/templates/")
        text = "\n".join(sentences)
        if (name in pages or not name.endswith(".html")) and len(text.split()) >= 30:
            measured[name] = round(grade(text), 1)
    assert len(measured) > 60
    assert {name: found for name, found in measured.items() if found > MOST} == {}
