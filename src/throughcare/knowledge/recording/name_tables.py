"""The tables behind the gate of names: names that are also words, what stands around names, short forms of names."""

from importlib.resources import files

DATA = files("throughcare.knowledge").joinpath("data")


def _lines(name: str) -> list[str]:
    return DATA.joinpath(name).read_text(encoding="utf-8").splitlines()


def _table(name: str) -> dict[str, frozenset[str]]:
    rows = (line.split("\t") for line in _lines(name)[1:])
    return {key: frozenset(words.split()) for key, words in rows}


# The kinds of word that a name is besides: modal, month, season, past, verb, adjective, noun, place, particle.
KINDS = _table("names_that_are_words.tsv")
CUES = _table("name_cues.tsv")


def _short_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in _lines("nicknames.txt"):
        if not line.startswith("#"):
            full, *short = line.split()
            forms.setdefault(full, set()).update(short)
            for one in short:
                # Who is registered as Bob may be called Robert.
                forms.setdefault(one, set()).add(full)
    return {name: frozenset(others) for name, others in forms.items()}


SHORT_FORMS = _short_forms()
