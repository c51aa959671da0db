"""The words that the law wants beside a consent and beside each disclosure. 42 CFR 2.31, 2.32.

The two statements of 2.32(a) are the regulation's own text (public domain; final rule of 16 February 2024). They were
read in secondary copies that agree; verify them against the official text before release. All else is our own words.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.consent import FORMS, ConsentFacts
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.purposes import TREATMENT_PAYMENT_OPERATIONS
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.privacy.sentences import ENGLISH, sentence

LONG_STATEMENT = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). "
    "These rules prohibit you from using or disclosing this record, or testimony that describes the information "
    "contained in this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, "
    "State, or local authority, against the patient, unless authorized by the consent of the patient, except as "
    "provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, "
    "the Federal rules prohibit you from making any other use or disclosure of this record unless at least one of "
    "the following applies: (i) Further use or disclosure is expressly permitted by the written consent of the "
    "individual whose information is being disclosed in this record or as otherwise permitted by 42 CFR part 2. "
    "(ii) You are a covered entity or business associate and have received the record for treatment, payment, or "
    "health care operations, or (iii) You have received the record from a covered entity or business associate as "
    "permitted by 45 CFR part 164, subparts A and E. A general authorization for the release of medical or other "
    "information is NOT sufficient to meet the required elements of written consent to further use or redisclose "
    "the record (see 42 CFR 2.31)."
)
SHORT_STATEMENT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

RIGHT_TO_REVOKE = sentence("right_to_revoke")
NO_RIGHT_TO_REVOKE_YET = sentence("no_right_to_revoke_yet")
REDISCLOSURE = sentence("redisclosure")
REFUSAL = sentence("refusal")


def statement_text(statement: str, *, short: bool = False) -> str:
    """The text that goes along with what `weigh` allowed; "" when it said that none is needed."""
    if not statement:
        return ""
    return SHORT_STATEMENT if short else LONG_STATEMENT


def statements_of_form(consent: ConsentFacts, language: str = ENGLISH) -> tuple[str, ...]:
    """What the form of this consent must show before it is signed, in plain words."""
    revoke = (
        sentence("no_right_to_revoke_yet", language, event=consent.ends_when)
        if consent.irrevocable
        else sentence("right_to_revoke", language)
    )
    keys = ["redisclosure"] if consent.purposes & TREATMENT_PAYMENT_OPERATIONS else []
    keys += ["refusal"] if consent.form == "tpo" else []
    return (revoke, *(sentence(key, language) for key in keys))


def explanation_of(consent: ConsentFacts, *, zone: str) -> str:
    """The clear explanation of its scope that goes with a disclosure, in a few sentences. 42 CFR 2.32(b)."""
    kinds = _listed(KINDS[kind].words for kind in KINDS if kind in consent.kinds)
    purposes = _listed(PURPOSES[one].words for one in PURPOSES if one in consent.purposes)
    words = (
        f"{consent.patient_name} lets {consent.discloser} give {_recipient(consent)} these records: {kinds}"
    )
    end = _end(consent, zone)
    until = f"It ends {end}." if end else "It has no end and stands until it is taken back."
    return (
        f"{words}{_period(consent)}. They are for {purposes}. {until} It is given as {FORMS[consent.form]}."
    )


def in_plain_words(consent: ConsentFacts, *, zone: str, language: str = ENGLISH) -> tuple[str, ...]:
    """What the patient is asked to sign, sentence by sentence, as said to them."""
    kinds = _listed(KINDS[kind].plain for kind in KINDS if kind in consent.kinds)
    purposes = _listed(PURPOSES[one].plain for one in PURPOSES if one in consent.purposes)
    end = _end(consent, zone)
    who = consent.recipient_name or _listed(
        RECIPIENTS[one].plain for one in RECIPIENTS if one in consent.recipient_classes
    )
    return (
        sentence("allows", language, discloser=consent.discloser, who=who),
        f"{kinds}{_period(consent)}.",
        sentence("purpose", language, purposes=purposes),
        sentence("ends", language, end=end) if end else sentence("no_end", language),
        sentence("nothing_else", language),
        *statements_of_form(consent, language),
    )


def _recipient(consent: ConsentFacts) -> str:
    named = consent.recipient_name or _listed(
        RECIPIENTS[one].words for one in RECIPIENTS if one in consent.recipient_classes
    )
    return f"{named} (for its members {consent.participants})" if consent.participants else named


def _period(consent: ConsentFacts) -> str:
    """The days that the records are from, when the consent bounds them."""
    since = f" from {_day(consent.records_from)}" if consent.records_from else ""
    until = f" to {_day(consent.records_until)}" if consent.records_until else ""
    return f", dated{since}{until}" if since or until else ""


def _end(consent: ConsentFacts, zone: str) -> str:
    """The last day, on the clinic's calendar, or the event; "" for a consent without an end."""
    ends = []
    if consent.expires_at:
        ends = [f"on {_day(local_day(consent.expires_at - timedelta(microseconds=1), zone))}"]
    return " or ".join([*ends, *([f"when {consent.ends_when}"] if consent.ends_when else [])])


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _listed(words: Iterable[str]) -> str:
    """a; b; and c."""
    parts = list(words)
    return (
        parts[0] if len(parts) == 1 else "; ".join(parts[:-1]) + f"; and {parts[-1]}" if parts else "nothing"
    )
