"""Random consent histories and requests, near enough to each other that about as many are allowed as refused."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.knowledge.privacy.consents import NOON, ONE_OF_EACH, SIGNED, request_like
from throughcare.knowledge.privacy.consent import ConsentFacts, Signature
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.privacy.weighing import CourtOrder, Request, Restriction

FEW_KINDS = ("attendance", "episode", "note", "diagnosis")
RECIPIENTS_KNOWN = ("works", "mother", "next", "court", "officer", "plan")
PERIODS = (None, None, None, date(2026, 1, 1), date(2026, 2, 1))


def some(draw: Random, values, *, most: int = 4) -> frozenset[str]:
    """A few of the values, at least one."""
    ordered = sorted(values)
    return frozenset(draw.sample(ordered, draw.randint(1, min(most, len(ordered)))))


def moment(draw: Random):
    """Some noon within a hundred days after the first."""
    return NOON + timedelta(days=draw.randint(0, 100))


def consent(draw: Random, key: str) -> ConsentFacts:
    """A consent of any form: mostly sound, now and then with something missing or out of place."""
    given = moment(draw)
    made = replace(
        draw.choice(ONE_OF_EACH),
        key=key,
        given_at=given,
        revoked_at=draw.choice((None, None, None, moment(draw))),
        event_at=draw.choice((None, None, None, moment(draw))),
        signatures=(replace(SIGNED, signed_at=given),),
    )
    if made.expires_at:
        made = replace(made, expires_at=given + timedelta(days=draw.randint(1, 90)))
    if not made.kinds & APART and draw.random() < 0.7:
        made = replace(made, kinds=some(draw, FEW_KINDS))
    if draw.random() < 0.2:
        made = replace(made, records_from=draw.choice(PERIODS), records_until=draw.choice(PERIODS))
    return spoiled(draw, made) if draw.random() < 0.3 else made


def spoiled(draw: Random, made: ConsentFacts) -> ConsentFacts:
    """The same consent with one thing changed, which may or may not break it."""
    guardian = Signature("guardian", NOON, proof="witnessed", witness=draw.choice(("", "Cam Ortiz")))
    changes = (
        {"patient_name": ""},
        {"discloser": ""},
        {"kinds": some(draw, KINDS)},
        {"kinds": frozenset()},
        {"purposes": some(draw, PURPOSES, most=2)},
        {"purposes": frozenset()},
        {"recipient_classes": some(draw, RECIPIENTS, most=2)},
        {"recipient_classes": frozenset()},
        {"recipient": draw.choice(("", *RECIPIENTS_KNOWN))},
        {"recipient_name": ""},
        {"recipient_classes": frozenset({"intermediary"}), "participants": draw.choice(("", "Dr. Next"))},
        {"never_ends": not made.never_ends},
        {"expires_at": None, "ends_when": draw.choice(("", "treatment ends"))},
        {"expires_at": made.given_at},
        {"irrevocable": True},
        {"told_how_to_revoke": False},
        {"told_redisclosure": False},
        {"told_refusal": False},
        {"signatures": ()},
        {"signatures": (*made.signatures, guardian)},
        {"signatures": (replace(SIGNED, proof=draw.choice(("", "witnessed"))),)},
        {"signers": frozenset({"patient", "guardian"}), "signatures": (*made.signatures, guardian)},
        {"signers": draw.choice((frozenset(), frozenset({"guardian"})))},
        {"given_at": None},
        {"form": draw.choice(ONE_OF_EACH).form},
    )
    return replace(made, **draw.choice(changes))


def restriction(draw: Random, key: str) -> Restriction:
    """Something that the program agreed not to give out."""
    return Restriction(
        key,
        moment(draw),
        draw.choice((None, moment(draw))),
        draw.choice((frozenset(), some(draw, FEW_KINDS))),
        draw.choice(("", "", "", *RECIPIENTS_KNOWN)),
        draw.choice((frozenset(), frozenset(), some(draw, RECIPIENTS))),
        draw.choice((frozenset(), frozenset(), some(draw, PURPOSES))),
    )


def order(draw: Random) -> CourtOrder:
    """A court order for some kinds and a month or two."""
    kinds = some(draw, (*FEW_KINDS, "counseling_note"))
    return CourtOrder(
        kinds, date(2026, 1, 1), draw.choice((date(2026, 1, 31), date(2026, 2, 28))), draw.random() < 0.7
    )


def request(draw: Random, consents: tuple[ConsentFacts, ...]) -> Request:
    """A request that mostly fits one of the consents, or one of none that were signed."""
    likely = [
        one for one in consents if one.given_at and one.kinds and one.purposes and one.recipient_classes
    ]
    meant = draw.choice(likely or ONE_OF_EACH)
    asked = request_like(meant)
    if draw.random() < 0.3:
        asked = replace(asked, kind=draw.choice((*FEW_KINDS, draw.choice(sorted(KINDS)))))
    asked = replace(asked, at=meant.given_at + timedelta(days=draw.randint(-2, 40)))
    if draw.random() < 0.3:
        asked = replace(
            asked, records_from=draw.choice(PERIODS), records_until=date(2026, 1, draw.randint(1, 31))
        )
    if draw.random() < 0.1:
        asked = replace(asked, in_proceedings=not asked.in_proceedings)
    if draw.random() < 0.1:
        until = date(2026, 1, 1) + timedelta(days=draw.randint(0, 60))
        asked = replace(asked, court_order=order(draw), records_from=date(2026, 1, 1), records_until=until)
    if draw.random() < 0.1:
        asked = replace(asked, recipient_class=draw.choice(sorted(RECIPIENTS)))
    if draw.random() < 0.1:
        asked = replace(asked, recipient=draw.choice(RECIPIENTS_KNOWN))
    return replace(asked, purpose=draw.choice(sorted(PURPOSES))) if draw.random() < 0.1 else asked


def history(draw: Random) -> tuple[tuple[ConsentFacts, ...], tuple[Restriction, ...]]:
    """Up to six consents and now and then a restriction."""
    consents = tuple(consent(draw, f"consent {number}") for number in range(draw.randint(0, 6)))
    agreed = (restriction(draw, "restriction"),) if draw.random() < 0.3 else ()
    return consents, agreed
