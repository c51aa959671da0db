"""Given names that one person may go by: short forms, other spellings, and their Spanish forms in US records. [ours]"""

from importlib.resources import files

# Beside the short forms, which stand in data/nicknames.txt.
OTHER_FORMS = (
    "anthony antonio",
    "catherine katherine kathryn",
    "charles carlos",
    "christina christine",
    "deborah debra",
    "dolores lola",
    "edward eduardo",
    "elizabeth isabel",
    "john jon juan",
    "jonathan jon john",
    "joseph jose pepe",
    "louis luis",
    "michael miguel",
    "nicholas nicolas",
    "peter pedro",
    "philip felipe",
    "richard ricardo",
    "robert roberto",
    "stephen steven",
    "theresa teresa",
    "vincent vicente",
    "william guillermo memo",
)


def _called() -> dict[str, frozenset[str]]:
    """A full name -> what its bearers are called."""
    table = files("throughcare.knowledge").joinpath("data", "nicknames.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in table.splitlines() if not line.startswith("#"))
    return {full: frozenset(short) for full, *short in rows}


CALLED = _called()


def _short_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for full, short in CALLED.items():
        forms.setdefault(full, set()).update(short)
        for one in short:
            # Who is registered as Bob may be called Robert.
            forms.setdefault(one, set()).add(full)
    return {name: frozenset(others) for name, others in forms.items()}


# A name -> what its bearers are called, or registered as; small letters without accents.
SHORT_FORMS = _short_forms()


def _one_name() -> tuple[frozenset[str], ...]:
    """Sets of names that are one: a full name, or its forms, with what their bearers are called."""
    forms = [frozenset(row.split()) for row in OTHER_FORMS]
    alone = [frozenset({full}) for full in CALLED if not any(full in row for row in forms)]
    return tuple(row.union(*(CALLED.get(name, ()) for name in row)) for row in (*forms, *alone))


ONE_NAME = _one_name()


def may_be_one_name(one: str, other: str) -> bool:
    """Whether one person may go by both names, given in small letters without accents."""
    return any(one in names and other in names for names in ONE_NAME)
