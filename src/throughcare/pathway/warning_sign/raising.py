"""Looking at people: what is new is raised, what more is seen continues a sign, what new facts undo is withdrawn.

Nothing ends in silence: a sign that time alone would take away stands until a person acts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction

from throughcare.knowledge.warning_signs.kinds import KIND, all_signs, next_look_at, would_stand
from throughcare.knowledge.warning_signs.picture import Picture
from throughcare.knowledge.warning_signs.sign import Sign
from throughcare.pathway.warning_sign.gathering import Gathered, Watched, pictures_of, watched
from throughcare.records.among import Keys
from throughcare.records.signs import NextLook, SignAct, WarningSign

# A sign of the last weeks rests on facts of at most so many days before it: older ones are judged no more.
REACH = timedelta(days=15)
# As what a contact counts by which a sign was answered.
ACT_OF_MODE = {"call": "called", "video": "called", "visit": "reviewed"}
Key = tuple[int, str, str]


@dataclass
class _Changes:
    """What a look writes, all at once."""

    raised: list[WarningSign]
    ended: list[WarningSign]
    acts: list[SignAct]


def look_at(patients: Sequence[int], *, organization: int, at: datetime) -> Counter[str]:
    """Look at these patients (keys) of one organization; how many signs were raised, continued, answered, withdrawn.

    For the watch alone: it shows nothing to anybody.
    """
    try:
        return _look_at(patients, organization=organization, at=at)
    except IntegrityError:
        # Another worker or a page looked at one of them at this moment and was first: what it raised stands now.
        return _look_at(patients, organization=organization, at=at)


@transaction.atomic
def _look_at(patients: Sequence[int], *, organization: int, at: datetime) -> Counter[str]:
    people = watched(patients)
    gathered = pictures_of(people, organization=organization, at=at)
    standing = _standing(patients)
    changes = _Changes([], [], [])
    done: Counter[str] = Counter()
    wanted: list[tuple[Watched, Sign]] = []
    for who in people:
        picture = gathered.pictures[who.patient]
        found = {(sign.code, sign.topic): sign for sign in all_signs(picture)}
        for row in standing.pop(who.patient, ()):
            sign = found.pop((row.code, row.topic), None)
            done[_keep_or_end(row, sign, picture, gathered, changes)] += 1
        wanted += [(who, sign) for sign in found.values() if sign.answered_at is None]
    for rows in standing.values():  # no longer in care
        for row in rows:
            done[_end(row, "discharged", "The episode of care ended.", changes, at)] += 1
    for who, sign in _not_dealt_with(wanted):
        changes.raised.append(_row(who, sign, organization, at))
        done["raised"] += 1
    _write(changes)
    _note_looks(people, patients, gathered, organization, at)
    return done


def _standing(patients: Sequence[int]) -> dict[int, list[WarningSign]]:
    rows = WarningSign.objects.filter(patient__among=Keys(patients), ended_at__isnull=True).order_by("pk")
    found: dict[int, list[WarningSign]] = defaultdict(list)
    for row in rows.select_for_update():
        found[row.patient_id].append(row)
    return found


def _keep_or_end(
    row: WarningSign, sign: Sign | None, picture: Picture, gathered: Gathered, changes: _Changes
) -> str:
    at = picture.at
    if sign is None:
        if KIND[row.code].of_late and row.since - REACH < gathered.since:
            return "kept"
        if would_stand(picture, code=row.code, topic=row.topic, lapses_at=row.lapses_at):
            return "kept"
        return _end(row, "withdrawn", KIND[row.code].no_longer, changes, at)
    if sign.answered_at is not None:
        changes.acts.append(_act_by_fact(row, sign, picture))
        return _end(row, "acted", "", changes, at)
    if (sign.because, sign.risk) != (row.because, row.risk):
        _end(row, "continued", "", changes, at)
        changes.raised.append(_continued(row, sign, at))
        return "continued"
    return "kept"


def _end(row: WarningSign, how: str, because: str, changes: _Changes, at: datetime) -> str:
    row.ended_at, row.ended_how, row.ended_because = at, how, because
    changes.ended.append(row)
    return how


def _act_by_fact(row: WarningSign, sign: Sign, picture: Picture) -> SignAct:
    """Somebody acted elsewhere in the program: it is theirs, and it counts."""
    contact = next((one for one in picture.contacts if one.at == sign.answered_at), None)
    return SignAct(
        organization_id=row.organization_id,
        sign=row,
        act=ACT_OF_MODE.get(contact.mode, "messaged") if contact else "reviewed",
        outcome=contact.outcome if contact else "",
        words="" if contact else "Done and recorded in the chart.",
        ends=True,
        recorded_by_id=int(sign.answered_by) if sign.answered_by else None,
        recorded_at=sign.answered_at or picture.at,
    )


def _continued(row: WarningSign, sign: Sign, at: datetime) -> WarningSign:
    """The same sign with more seen: it began when it began, and what was due stays due."""
    return WarningSign(
        organization_id=row.organization_id,
        patient_id=row.patient_id,
        episode_id=row.episode_id,
        thread=row.thread,
        continues=row,
        code=row.code,
        topic=row.topic,
        risk=sign.risk,
        owner_role=sign.owner_role,
        because=sign.because,
        since=min(row.since, sign.since),
        seen_at=max(row.seen_at, sign.newest),
        first_step_by=row.first_step_by or sign.first_step_by,
        due_at=min(row.due_at, sign.due_at),
        lapses_at=sign.lapses_at,
        recorded_at=at,
    )


def _row(who: Watched, sign: Sign, organization: int, at: datetime) -> WarningSign:
    return WarningSign(
        organization_id=organization,
        patient_id=who.patient,
        episode_id=who.episode,
        thread=uuid4(),
        code=sign.code,
        topic=sign.topic,
        risk=sign.risk,
        owner_role=sign.owner_role,
        because=sign.because,
        since=sign.since,
        seen_at=sign.newest,
        first_step_by=sign.first_step_by,
        due_at=sign.due_at,
        lapses_at=sign.lapses_at,
        recorded_at=at,
    )


def _not_dealt_with(wanted: Sequence[tuple[Watched, Sign]]) -> Iterable[tuple[Watched, Sign]]:
    """Those of these signs that rest on something newer than what a person has dealt with already."""
    dealt = _dealt_with({who.patient for who, _ in wanted}) if wanted else {}
    for who, sign in wanted:
        seen = dealt.get((who.patient, sign.code, sign.topic))
        if seen is None or sign.newest > seen:
            yield who, sign


def _dealt_with(patients: set[int]) -> Mapping[Key, datetime]:
    rows = WarningSign.objects.filter(
        patient__among=Keys(sorted(patients)), ended_how__in=("acted", "dismissed")
    ).order_by("seen_at")
    found = rows.values_list("patient", "code", "topic", "seen_at")
    return {(patient, code, topic): seen for patient, code, topic, seen in found}


def _write(changes: _Changes) -> None:
    """First what ended: of one topic one sign stands."""
    WarningSign.objects.bulk_update(changes.ended, ["ended_at", "ended_how", "ended_because"], batch_size=200)
    WarningSign.objects.bulk_create(changes.raised, batch_size=200)
    SignAct.objects.bulk_create(changes.acts, batch_size=200)


def _note_looks(
    people: Sequence[Watched], patients: Sequence[int], gathered: Gathered, organization: int, at: datetime
) -> None:
    gone = set(patients) - {who.patient for who in people}
    NextLook.objects.filter(patient__among=Keys(sorted(gone))).delete()
    NextLook.objects.bulk_create(
        [
            NextLook(
                patient_id=who.patient,
                organization_id=organization,
                looked_at=at,
                next_look_at=next_look_at(gathered.pictures[who.patient]),
            )
            for who in people
        ],
        update_conflicts=True,
        unique_fields=["patient"],
        update_fields=["looked_at", "next_look_at"],
        batch_size=200,
    )
