"""The legal sentences of consents, by key and language: `data/consents/sentences.tsv`. [ours]

A language is offered once people have reviewed it; until then it is prepared, and nothing is shown or signed in it.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import MAY_LEAVE
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS

ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    """A language that forms are prepared in; `reviewed` by whom, or not yet."""

    code: str
    name: str
    reviewed: bool
    reviewed_by: str


def _lines(name: str) -> list[list[str]]:
    table = files("throughcare.knowledge").joinpath("data", "consents", f"{name}.tsv")
    return [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]


@cache
def languages() -> dict[str, Language]:
    """Every language that anything is prepared in, English first."""
    return {
        code: Language(code, name, reviewed == "yes", by)
        for code, name, reviewed, by in _lines("languages")[1:]
    }


def offered() -> tuple[Language, ...]:
    """The languages in which a consent may be shown and signed. Raises `ValueError` for one that lacks sentences."""
    found = tuple(one for one in languages().values() if one.reviewed)
    for one in found:
        lacking = missing_in(one.code)
        if lacking:
            raise ValueError(f"{one.name} is marked as reviewed and lacks {', '.join(lacking)}")
    return found


@cache
def _sentences() -> dict[str, dict[str, str]]:
    """Each sentence by key, in each language that has it."""
    (_, *codes), *rows = _lines("sentences")
    return {key: dict(zip(codes, said, strict=True)) for key, *said in rows}


def sentence(key: str, language: str = ENGLISH, **values: str) -> str:
    """A sentence with its values set in. Raises `KeyError` for one that isn't there in this language."""
    words = _sentences()[key].get(language, "")
    if not words:
        raise KeyError(f"{key} in {language}")
    return words.format(**values) if values else words


def missing_in(language: str) -> tuple[str, ...]:
    """The keys that a language still lacks. What kinds, purposes and recipients are called is data in English only."""
    lacking = [key for key, said in _sentences().items() if not said.get(language)]
    if language != ENGLISH:
        named = {
            "kind": sorted(MAY_LEAVE & set(KINDS)),
            "purpose": list(PURPOSES),
            "recipient": list(RECIPIENTS),
        }
        every = [f"{what}.{code}" for what, codes in named.items() for code in codes]
        lacking += [key for key in every if not _sentences().get(key, {}).get(language)]
    return tuple(lacking)
