"""The exact words of a consent, by form and language: what it is about, what it allows, and all it must tell. [ours]

The words are this project's own, meant for a reader in grade 8. A program has its lawyer read them before it uses
them. A language is a file `data/consents/<code>.tsv`; a change of words is a new `version`.
"""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from throughcare.knowledge.privacy.consent import ConsentFacts
from throughcare.knowledge.privacy.part2_statements import (
    NO_RIGHT_TO_REVOKE_YET,
    REDISCLOSURE,
    REFUSAL,
    RIGHT_TO_REVOKE,
    in_plain_words,
)

LANGUAGES = ("en",)


@dataclass(frozen=True)
class FormWords:
    """What a form is called and what it is about, in one language."""

    form: str
    version: str
    title: str
    about: str


@dataclass(frozen=True)
class ConsentWords:
    """The document that is read and signed; paragraphs of `text` are parted by empty lines."""

    title: str
    language: str
    version: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the exact bytes of the text."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """SHA-256 of a text's exact bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _read(language: str) -> dict[str, FormWords]:
    table = files("throughcare.knowledge").joinpath("data", "consents", f"{language}.tsv")
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    return {row.form: row for row in (FormWords(*line.split("\t")) for line in lines)}


WORDS: dict[str, dict[str, FormWords]] = {language: _read(language) for language in LANGUAGES}


def language_for(wished: str) -> str:
    """The language in which the form exists, nearest to the one wished for."""
    code = wished.strip().lower().split("-")[0]
    return code if code in WORDS else LANGUAGES[0]


def form_words(form: str, language: str = LANGUAGES[0]) -> FormWords:
    """The title of a form and what it is about. Raises `KeyError` for an unknown form."""
    return WORDS[language_for(language)][form]


def consent_words(consent: ConsentFacts, *, zone: str, language: str = LANGUAGES[0]) -> ConsentWords:
    """The whole document of a consent, which is then shown and signed word for word; its days are those of `zone`."""
    code = language_for(language)
    words = form_words(consent.form, code)
    allows, *rest = in_plain_words(consent, zone=zone)
    kinds, why, end, *tells = rest
    who = f" Its members who may get them: {consent.participants}." if consent.participants else ""
    paragraphs = (
        words.title,
        f"This is about the records of {consent.patient_name}.",
        words.about,
        f"{allows} {kinds}{who}",
        f"{why} {end}",
        *tells,
        _signers(consent),
    )
    return ConsentWords(words.title, code, words.version, "\n\n".join(paragraphs))


def told_in(text: str, ends_when: str = "") -> tuple[bool, bool, bool]:
    """Whether a text tells how to take it back, what recipients may pass on, and what follows from not signing."""
    not_yet = NO_RIGHT_TO_REVOKE_YET.format(event=ends_when)
    return RIGHT_TO_REVOKE in text or not_yet in text, REDISCLOSURE in text, REFUSAL in text


def _signers(consent: ConsentFacts) -> str:
    if consent.signers == {"patient", "guardian"}:
        return "You sign this, and a parent or guardian signs it too. It counts when both have signed."
    return "You sign this yourself. It counts from the moment you sign. You get a copy."
