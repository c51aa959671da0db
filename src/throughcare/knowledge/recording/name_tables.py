"""The tables behind the gate of names: names that are also words, and what stands around names."""

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
