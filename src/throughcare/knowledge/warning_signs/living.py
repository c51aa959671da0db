"""Signs that the person shows themselves: craving, their own warning signs, events in their life, words of crisis."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from throughcare.knowledge.clinic_calendar import day_bounds
from throughcare.knowledge.crisis_words import crisis_words
from throughcare.knowledge.warning_signs.picture import EventFact, Picture
from throughcare.knowledge.warning_signs.sign import (
    Sign,
    counted,
    days,
    end_of,
    is_within,
    setting,
    shifted,
    times,
    when,
)

EVENTS = {
    "housing": "Housing is lost or at risk",
    "arrest": "Arrested or in trouble with the law",
    "job": "Job lost or at risk",
    "loss": "Someone close died or left",
    "anniversary": "A hard anniversary",
}
LONGEST_SHOWN = 3


def craving_high(picture: Picture) -> Iterator[Sign]:
    """A craving of seven or more of ten, twice in seven days."""
    strong, least = setting(picture, "check_in.high_craving"), int(setting(picture, "signs.cravings"))
    window = days(picture, "signs.cravings_days")
    found = sorted(
        (one.at, one.craving)
        for one in picture.days
        if one.craving is not None and one.craving >= strong and is_within(picture, one.at, window)
    )
    if len(found) < least:
        return
    newest = found[-1][0]
    yield Sign(
        "craving_high",
        f"Craving of {', '.join(str(craving) for _, craving in found[-LONGEST_SHOWN:])} of 10: {strong} or more "
        f"{times(len(found))} in the last {window} days.",
        since=found[least - 1][0],
        due_at=found[least - 1][0] + timedelta(hours=float(setting(picture, "signs.craving_hours"))),
        owner_role="clinician",
        seen_at=newest,
        lapses_at=shifted(picture, found[-least][0], window),
    )


def own_signs(picture: Picture) -> Iterator[Sign]:
    """So many of the signs that the person named in their own plans, ticked within a week: “k of n this week”."""
    window = days(picture, "signs.own_days")
    named = {one.key: one.words for one in picture.own_signs}
    first: dict[str, datetime] = {}
    for day in sorted(picture.days, key=lambda one: one.at):
        if is_within(picture, day.at, window):
            for key in day.own_signs:
                if key in named:
                    first.setdefault(key, day.at)
    least = min(int(setting(picture, "signs.own_least")), len(named))
    if not named or len(first) < least:
        return
    seen = sorted(first.values())
    newest = max(day.at for day in picture.days if day.at <= picture.at and set(day.own_signs) & named.keys())
    quoted = ", ".join(f"“{named[key]}”" for key in sorted(first, key=lambda key: (first[key], key)))
    yield Sign(
        "own_signs",
        f"{len(first)} of {counted(len(named), 'own sign')} this week: {quoted}.",
        since=seen[least - 1],
        due_at=end_of(picture, newest, later=int(setting(picture, "signs.own_due_days"))),
        owner_role="clinician",
        seen_at=newest,
        lapses_at=shifted(picture, seen[-least], window),
    )


def life_event(picture: Picture) -> Iterator[Sign]:
    """Housing, arrest, job, loss, or an anniversary that comes near."""
    within = int(setting(picture, "signs.life_event_days"))
    for event in sorted(picture.events, key=lambda one: (one.at, one.key)):
        since = _counts_from(picture, event)
        if since > picture.at:
            continue
        day = f" on {event.on:%b} {event.on.day}" if event.on else ""
        yield Sign(
            "life_event",
            f"{EVENTS.get(event.kind, 'Something happened')}{day}.",
            since=since,
            due_at=end_of(picture, since, later=within),
            owner_role="case_manager",
            topic=event.key,
        )


def _counts_from(picture: Picture, event: EventFact) -> datetime:
    if event.kind != "anniversary" or event.on is None:
        return event.at
    ahead = event.on - timedelta(days=days(picture, "signs.anniversary_days"))
    return max(event.at, day_bounds(ahead, picture.zone)[0])


def portal_language(picture: Picture) -> Iterator[Sign]:
    """Words of crisis in what the person wrote: a human reads them within half an hour."""
    for words in sorted(picture.words, key=lambda one: (one.at, one.key)):
        about = crisis_words(words.text) if words.at <= picture.at else ()
        if not about:
            continue
        read = words.read_at if words.read_at is not None and words.read_at <= picture.at else None
        yield Sign(
            "portal_language",
            f"Words of {' and '.join(about)} in a {words.where} on {when(picture, words.at)}. Read it now.",
            since=words.at,
            due_at=words.at + timedelta(minutes=float(setting(picture, "signs.words_minutes"))),
            owner_role="clinician",
            topic=words.key,
            risk="high",
            answered_at=read,
        )
