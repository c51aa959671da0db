"""What the journeys take for granted of the stylesheet, so that a page's words are examined at one width only."""

import re
from pathlib import Path

import throughcare
from tests.journeys.asking_axe import REDRAWN

STYLES = Path(throughcare.__file__).parent / "faces/web/static/throughcare/css"
# The head of the page is examined whole at every width.
HEAD = re.compile(r"\.(toolbar|search|menu-button|nav|user-name|masthead)\b")
# What scrolls behind it must not show through; it stands on the same surface at any width.
STICKY = ".table-frame:not(.table-stacks) tbody th"
BY_WIDTH = re.compile(r"@media \((?:min|max)-width:[^)]*\) \{((?:[^{}]*\{[^{}]*\})*)\s*\}")
COLORS = re.compile(
    r"(?:^|[;{\s])(?:color|background|background-color|fill|opacity|visibility)\s*:|display:\s*none"
)


def rules_by_width():
    for file in sorted(STYLES.glob("*.css")):
        for block in BY_WIDTH.findall(re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)):
            for selector, said in re.findall(r"([^{}]+)\{([^{}]*)\}", block):
                yield file.name, selector.strip(), said.strip()


def test_there_are_rules_for_widths_to_look_at():
    assert len(list(rules_by_width())) > 20


def is_examined_at_each_width(selector):
    return HEAD.search(selector) or selector.startswith((*REDRAWN, STICKY))


def test_no_rule_for_a_width_changes_a_color_or_hides_what_is_examined_at_one_width_only():
    found = [rule for rule in rules_by_width() if not is_examined_at_each_width(rule[1])]
    assert [rule for rule in found if COLORS.search(rule[2])] == []
