"""One tap that says a name in a sentence is no patient: remembered for that sentence of that session, and no other.

What is kept is a keyed digest: who holds the database alone can tell neither a name nor a sentence from it.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from throughcare import keys
from throughcare.pathway.actor import Actor
from throughcare.records.notes import NameAnswer
from throughcare.records.sessions import Session

_DIGEST = re.compile(r"[0-9a-f]{64}")
# More taps than a session has sentences are no person's.
MOST = 500


def keep_answers(session: Session, digests: Iterable[str], *, by: Actor, at: datetime) -> None:
    """Remember what was tapped; what is no digest (a word meant for this time only) is let be."""
    tapped = [digest for digest in dict.fromkeys(digests) if _DIGEST.fullmatch(digest)][:MOST]
    NameAnswer.objects.bulk_create(
        (
            NameAnswer(
                organization_id=session.organization_id,
                session=session,
                digest=keyed(digest),
                recorded_by_id=by.account,
                recorded_at=at,
            )
            for digest in tapped
        ),
        ignore_conflicts=True,
    )


def kept_answers(session: Session) -> frozenset[str]:
    """The keyed digests of everything that was answered for this session."""
    return frozenset(NameAnswer.objects.filter(session=session).values_list("digest", flat=True))


def keyed(digest: str) -> str:
    """What is kept of a digest."""
    return keys.mac(digest.encode(), use="a name in a sentence of a note").hex()
