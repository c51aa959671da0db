"""The exact words of a consent, by form and language: what it is about, what it allows, and all it must tell. [ours]

The words are this project's own, meant for a reader in grade 8. A program has its lawyer read them before it uses
them. A language is a file `data/consents/<code>.tsv`; a change of words is a new `version`.
"""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from throughcare.knowledge.privacy.consent import ConsentFacts
from throughcare.knowledge.privacy.part2_statements import in_plain_words
from throughcare.knowledge.privacy.sentences import ENGLISH, languages, offered, sentence

LANGUAGES = tuple(one.code for one in offered())


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


WORDS: dict[str, dict[str, FormWords]] = {language: _read(language) for language in languages()}


def language_for(wished: str) -> str:
    """The reviewed language nearest to the one wished for; English where there is none."""
    code = wished.strip().lower().split("-")[0]
    return code if code in LANGUAGES else ENGLISH


def form_words(form: str, language: str = LANGUAGES[0]) -> FormWords:
    """The title of a form and what it is about. Raises `KeyError` for an unknown form."""
    return WORDS[language_for(language)][form]


def consent_words(consent: ConsentFacts, *, zone: str, language: str = LANGUAGES[0]) -> ConsentWords:
    """The whole document of a consent, which is then shown and signed word for word; its days are those of `zone`."""
    code = language_for(language)
    words = form_words(consent.form, code)
    allows, *rest = in_plain_words(consent, zone=zone, language=code)
    kinds, why, end, *tells = rest
    who = sentence("members", code, participants=consent.participants) if consent.participants else ""
    paragraphs = (
        words.title,
        sentence("about_whom", code, name=consent.patient_name),
        words.about,
        f"{allows} {kinds}{who}",
        f"{why} {end}",
        *tells,
        sentence("both_sign" if consent.signers == {"patient", "guardian"} else "you_sign", code),
    )
    return ConsentWords(words.title, code, words.version, "\n\n".join(paragraphs))


def told_in(text: str, ends_when: str = "", *, language: str = ENGLISH) -> tuple[bool, bool, bool]:
    """Whether a text tells how to take it back, what recipients may pass on, and what follows from not signing."""
    not_yet = sentence("no_right_to_revoke_yet", language, event=ends_when)
    told = sentence("right_to_revoke", language) in text or not_yet in text
    return told, sentence("redisclosure", language) in text, sentence("refusal", language) in text
