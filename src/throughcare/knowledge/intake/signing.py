"""What an assessment needs before it is signed. [ours]"""

from collections.abc import Set

from throughcare.knowledge.intake.domains import ALL as DOMAINS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict


def signing_verdicts(*, rated: Set[str], is_screened: bool) -> tuple[Verdict, ...]:
    """The conditions of a signature: all six domains rated, and a complete safety screen."""
    unrated = [domain.title for code, domain in DOMAINS.items() if code not in rated]
    domains: Verdict = Allowed()
    if unrated:
        domains = Refused(f"Rate every domain first. Still to rate: {'; '.join(unrated)}.")
    screen: Verdict = Allowed()
    if not is_screened:
        screen = Refused(
            "Do a safety screen first: the C-SSRS screener or the ASQ, with every question answered."
        )
    return (domains, screen)
