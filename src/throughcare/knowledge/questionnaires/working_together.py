"""Working together: how the person finds the work with us, in the program's own words.

It stands where alliance scales stand whose wording may not ship (WAI-SR, SRS). It has no published norms, so no bands.
"""

from throughcare.knowledge.questionnaires.questionnaire import Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import bare_scale, rows
from throughcare.knowledge.questionnaires.sums import summed

QUESTIONNAIRE = Questionnaire(
    code="working-together",
    title="Working together",
    about="Whether the person feels heard, works on what matters to them, and in a way that fits.",
    items=rows(
        bare_scale(0, 10),
        ("Heard", "I feel heard and taken seriously here. 0 is not at all, 10 is fully."),
        ("What matters", "We work on what matters to me. 0 is not at all, 10 is fully."),
        ("The way", "The way we work fits me. 0 is not at all, 10 is fully."),
    ),
    recall="since we last asked",
    score_parts=summed(3),
    missing_rule="No total with a missing answer.",
    total_range=(0, 30),
    higher_is="better",
    licence=Licence(True, "The program's own words."),
    source="program default: §3.2 asks about the alliance every 30 days; no norms are published for it",
    examples=(
        Example("all well", (9, 10, 8), {"total": 27, "missing": 0, "band": None, "positive": None}),
        Example("the least", (0, 0, 0), {"total": 0}),
        Example("middling", (5, 5, 6), {"total": 16}),
        Example("one missing: no total", (9, None, 8), {"total": None, "missing": 1}),
    ),
)
