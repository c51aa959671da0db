"""Five bugs that can be put into the server on purpose, to see that the histories of a real run show them."""

from typing import Any

# Seconds by which a lagging copy lags; a plan to order is weighed against a longer one, or few orders would meet.
OLD_AFTER, SNAPSHOT = 3.0, 15.0


def plant(bug: str) -> None:
    """Put one into the running program."""
    BUGS[bug]()


def lost_update() -> None:
    """Whoever saves a plan last wins, whatever they had read."""
    from bench.histories import verbs
    from throughcare.pathway.safety_plan import writing

    def save(asked: Any, by: Any, at: Any) -> int:
        person, _ = writing._open(asked["patient"], "safety", by=by, at=at)
        newest = writing._newest(person, "safety")
        asked = {**asked, "saw": newest.number if newest else 0}
        verbs._save(asked, by, at)
        return int(asked["saw"]) + 1

    verbs.VERBS["plan", "save"] = save


def stale_read() -> None:
    """A dose is read as it stood a few seconds ago, as a copy that lags behind shows it."""
    from datetime import timedelta

    from bench.histories import verbs
    from throughcare.pathway.medication.chart import history_of

    def read_old(asked: Any, by: Any, at: Any) -> Any:
        _, lines = history_of(asked["thread"], by=by, at=at)
        old = timedelta(seconds=OLD_AFTER)
        doses = [line.dose for line in reversed(lines) if line.at < at - old] or [lines[-1].dose]
        return len(doses), doses[-1]

    verbs.VERBS["dose", "read"] = read_old


def write_skew() -> None:
    """What doesn't go together is looked up in a list that is some seconds old, as a snapshot would be."""
    from datetime import timedelta

    from throughcare.pathway.medication import ordering

    newest_of = ordering.newest_of

    def of_a_snapshot(patients: Any, *, organization: int, at: Any) -> Any:
        return newest_of(patients, organization=organization, at=at - timedelta(seconds=SNAPSHOT))

    ordering.newest_of = of_a_snapshot


def double_ack() -> None:
    """Taking a crisis always adds a taking."""
    from bench.histories import verbs
    from throughcare.pathway.crisis.crisis_rows import Crisis
    from throughcare.records.crises import CrisisTaking

    def take(asked: Any, by: Any, at: Any) -> None:
        crisis = Crisis.objects.get(uid=asked["crisis"])
        CrisisTaking.objects.create(
            organization_id=by.organization,
            crisis=crisis,
            account_id=by.account,
            number=CrisisTaking.objects.filter(crisis=crisis).count() + 1,
            recorded_by_id=by.account,
            recorded_at=at,
        )

    verbs.VERBS["crisis", "take"] = take


def resurrected() -> None:
    """A consent that was taken back is in force again some seconds later, as an old copy written back makes it."""
    from dataclasses import replace
    from datetime import timedelta

    from throughcare.pathway.privacy import telling

    weigh = telling.weigh

    def weigh_old(request: Any, consents: Any, restrictions: Any, **more: Any) -> Any:
        def revived(one: Any) -> Any:
            old = one.revoked_at and one.revoked_at < request.at - timedelta(seconds=OLD_AFTER)
            return replace(one, revoked_at=None) if old else one

        return weigh(request, [revived(one) for one in consents], restrictions, **more)

    telling.weigh = weigh_old


BUGS = {
    "lost-update": lost_update,
    "stale-read": stale_read,
    "write-skew": write_skew,
    "double-ack": double_ack,
    "resurrected": resurrected,
}
