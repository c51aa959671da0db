"""Draws the manual pages that come from the code: `./run python docs/draw.py`. A test fails when they are stale."""

import ast
import importlib
import inspect
import os
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
DRAWN = "\n*Drawn from the code by `docs/draw.py`; don't edit by hand.*\n"


def pathway() -> str:
    """Every verb of the pathway, part by part, in the order in which a person lives it."""
    import throughcare.pathway as floor

    lines = [
        "# The pathway",
        DRAWN,
        "What the program does, in the order in which a person lives it. Faces call these and nothing else.",
        "",
    ]
    folder = Path(inspect.getfile(floor)).parent
    for part in order_of_parts(inspect.getdoc(floor) or ""):
        lines += [f"## {part}", "", docstring_of(folder / part / "__init__.py"), ""]
        for file in sorted((folder / part).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            verbs = [f"- `{call_of(node)}` — {first_line(node)}" for node in tree.body if is_verb(node)]
            if verbs:
                name = file.relative_to(folder).with_suffix("").as_posix()
                lines += [f"### {name}", "", docstring_of(file), "", *verbs, ""]
    return "\n".join(lines)


def order_of_parts(docstring: str) -> list[str]:
    """The parts that the floor's docstring lists, one a line, indented."""
    return [line.strip() for line in docstring.splitlines() if line.startswith("    ")]


def docstring_of(file: Path) -> str:
    """The first line that a file says of itself."""
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").splitlines()[0]


def is_verb(node: ast.stmt) -> bool:
    """A public function that says when it happens: a call of the domain."""
    return (
        isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "at" in {argument.arg for argument in node.args.kwonlyargs}
    )


def call_of(node: ast.stmt) -> str:
    """The call as it is written: subject, then keywords."""
    assert isinstance(node, ast.FunctionDef)
    subject = ", ".join(argument.arg for argument in node.args.args)
    keywords = ", ".join(argument.arg for argument in node.args.kwonlyargs)
    return f"{node.name}({', '.join(part for part in (subject, '*', keywords) if part)})"


def first_line(node: ast.stmt) -> str:
    """The first line of a function's docstring."""
    assert isinstance(node, ast.FunctionDef)
    return (ast.get_docstring(node) or "").splitlines()[0]


def glossary() -> str:
    """The field's words."""
    from throughcare.knowledge.glossary import TERMS

    rows = [
        f"| **{term.word}** | {term.meaning} | {term.fhir} |"
        for term in sorted(TERMS, key=lambda term: term.word)
    ]
    return "\n".join(["# Glossary", DRAWN, "| Word | Meaning here | FHIR R4 |", "|---|---|---|", *rows, ""])


def levels() -> str:
    """The levels of care."""
    from throughcare.knowledge.levels_of_care import ALL

    rows = [f"| `{one.code}` | {one.title} | {one.about} | {one.source} |" for one in ALL.values()]
    return "\n".join(
        ["# Levels of care", DRAWN, "| Code | Level | What it is | Source |", "|---|---|---|---|", *rows, ""]
    )


def rules() -> str:
    """The placement rules, each with its sentence and an example on each side of its bounds."""
    from throughcare.knowledge.placement.table import ADDITIONS, LEVEL_RULES, STOPS

    rows = [
        f"| {one.row} | `{one.code}` | {'STOP' if one.is_stop else ''} | {one.because} | `{one.holds_for[0]}` |"
        for one in (*STOPS, *LEVEL_RULES, *ADDITIONS)
    ]
    head = ["| Row | Reason | Stops | Sentence | Holds, for example, for |", "|---|---|---|---|---|"]
    return "\n".join(["# Placement rules", DRAWN, *head, *rows, ""])


def privacy() -> str:
    """The privacy desk's table, cell by cell, as a compliance officer reads it."""
    from throughcare.knowledge.privacy import kinds
    from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
    from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS
    from throughcare.knowledge.privacy.table import CELLS, PURPOSES_OF, USUAL_PURPOSE
    from throughcare.knowledge.roles import ALL as ROLES

    words = {"self": "own", "consent": "with consent", "author": "only the author", "": ""}

    def cell(role: str, kind: str) -> str:
        stated = CELLS[role, kind]
        return "–" if stated.grant == "no" else f"{stated.grant} {words[stated.condition]}".strip()

    def purpose(role: str, code: str) -> str:
        return "usual" if USUAL_PURPOSE[role] == code else "yes" if code in PURPOSES_OF[role] else "–"

    yes = {True: "yes", False: "–"}
    grants = [[kind.words, *(cell(role, kind.code) for role in ROLES)] for kind in kinds.ROWS]
    about = [
        [
            one.words,
            " ".join(one.security),
            yes[one.own],
            yes[one.may_leave],
            yes[one.apart],
            yes[one.in_emergency],
        ]
        for one in kinds.ROWS
    ]
    why = [[role.title, *(purpose(role.code, code) for code in PURPOSES)] for role in ROLES.values()]
    near = [[one.words, yes[one.near], yes[one.staff]] for one in RELATIONSHIPS.values()]
    titles = [role.title for role in ROLES.values()]
    purposes = [f"{one.words} (`{one.act_code}`)" for one in PURPOSES.values()]
    return "\n".join(
        [
            "# The privacy desk's table",
            DRAWN,
            "What isn't granted here is refused. *Change* includes seeing. *Own*: their own record and no other. *With",
            "consent*: only what the patient lets them see. Relationship, purpose and consent come on top of the role.",
            "",
            *_table("Who may see and change what", ["Kind of record", *titles], grants),
            *_table("What for", ["Role", *purposes], why),
            *_table("Who they are to the person", ["Relationship", "Opens a guarded record", "Staff"], near),
            *_table(
                "The kinds",
                ["Kind", "Labels", "Patients read it", "May leave", "Kept apart", "Opens in an emergency"],
                about,
            ),
        ]
    )


def _table(title: str, head: list[str], rows: list[list[str]]) -> list[str]:
    """A heading and its table."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [f"## {title}", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines, ""]


def settings() -> str:
    """Every number that a program may set."""
    from throughcare.knowledge.program_settings import ALL

    rows = [
        f"| `{one.key}` | {one.value} | {one.low}–{one.high} {one.unit} | {one.about} | {one.source} |"
        for one in ALL.values()
    ]
    return "\n".join(
        [
            "# Program settings",
            DRAWN,
            "| Key | Default | Range | What it is | Source |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def timetable() -> str:
    """What every week keeps, and what it costs."""
    from throughcare.timetable.constraints import RULES
    from throughcare.timetable.cost import PARTS
    from throughcare.timetable.problem import Weights

    usual = Weights()
    weights = [(one, f"{getattr(usual, one.weight):g}" if one.weight else "as wished") for one in PARTS]
    return "\n".join(
        [
            "# The week: rules and costs",
            DRAWN,
            "Every plan is judged by these, by code that shares nothing with what searches for plans. A search offers",
            "no plan that breaks a rule; of plans that keep them all, the cheapest is the best. The weights are those",
            "of the interchange format; a problem states its own. How to ask: [integrate](integrate.md#the-week).",
            "",
            *_table(
                "Rules", ["Code", "What a plan keeps"], [[f"`{one.code}`", one.sentence] for one in RULES]
            ),
            *_table(
                "Costs",
                ["Code", "What costs", "Weight"],
                [[f"`{one.code}`", one.sentence, weight] for one, weight in weights],
            ),
        ]
    )


def curricula() -> str:
    """What is taught in groups: every curriculum with its topics, and what of it was not checked."""
    from throughcare.knowledge.curricula.library import ALL
    from throughcare.knowledge.session_types import session_type

    lines = [
        "# Curricula",
        DRAWN,
        "Aims and outlines are this project's own words; the files hold them whole.",
        "",
    ]
    for one in ALL.values():
        kind = session_type(one.session_type)
        ready = ", ".join(code for code, variant in one.variants.items() if variant.prepared)
        lines += [
            f"## {one.title}",
            "",
            f"{one.about} {kind.title}, {kind.minutes} minutes. Variants prepared: {ready or 'none'}.",
            "",
            f"Source: {one.source}. {one.licence} {one.verified} In effect since {one.effective_date:%Y-%m-%d}.",
            "",
            "| Code | Topic | Aim | Skill | Homework |",
            "|---|---|---|---|---|",
            *(f"| `{t.code}` | {t.title} | {t.aim} | {t.skill} | {t.homework} |" for t in one.topics),
            "",
        ]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    f"{page.__name__}.md": page
    for page in (pathway, glossary, levels, rules, privacy, settings, timetable, curricula)
}


def main() -> None:
    """Write every drawn page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    importlib.import_module("django").setup()
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
