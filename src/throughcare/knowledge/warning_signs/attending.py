"""Signs of attendance: late, absent, and a week that comes to too little."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from throughcare.knowledge.clinic_calendar import day_bounds, local_day, week_of
from throughcare.knowledge.hours import HourEntry, attendance_sign, in_hours, sum_minutes
from throughcare.knowledge.level_changes import OUTSIDE
from throughcare.knowledge.safety import is_at_least
from throughcare.knowledge.warning_signs.picture import ContactFact, Picture, SessionFact
from throughcare.knowledge.warning_signs.sign import (
    Sign,
    counted,
    days,
    end_of,
    is_within,
    next_session_end,
    setting,
    shifted,
    times,
    when,
)
from throughcare.knowledge.warning_signs.tier import tier_in_force

CAME = frozenset({"present", "late", "left_early", "late_and_left_early"})
LATE = frozenset({"late", "late_and_left_early"})


def late(picture: Picture) -> Iterator[Sign]:
    """Late by 15 minutes or more, twice within seven days."""
    least, often = setting(picture, "attendance.late_minutes"), int(setting(picture, "late.times"))
    window = days(picture, "late.window_days")
    came = sorted(
        session.starts_at
        for session in picture.sessions
        if session.status in LATE
        and session.late_minutes >= least
        and is_within(picture, session.starts_at, window)
    )
    if len(came) < often:
        return
    yield Sign(
        "late",
        f"Late by {least} minutes or more {times(len(came))} in the last {window} days, "
        f"last on {when(picture, came[-1])}.",
        since=came[often - 1],
        due_at=next_session_end(picture, came[-1]) or end_of(picture, came[-1], later=window),
        owner_role="facilitator",
        seen_at=came[-1],
        lapses_at=shifted(picture, came[-often], window),
    )


def no_show(picture: Picture) -> Iterator[Sign]:
    """Absent 15 minutes after the start without having canceled in time: one sign for each day missed."""
    window = days(picture, "attendance.window_days")
    by_day: dict[date, list[SessionFact]] = defaultdict(list)
    for session in missed_sessions(picture):
        if is_within(picture, session.starts_at, window):
            by_day[local_day(session.starts_at, picture.zone)].append(session)
    for day, missed in sorted(by_day.items()):
        yield _no_show(picture, day, missed, window)


def _no_show(picture: Picture, day: date, missed: Sequence[SessionFact], window: int) -> Sign:
    since, newest = _seen(picture, missed[0]), _seen(picture, missed[-1])
    answer = _first_outreach(picture, newest)
    tier = tier_in_force(picture)
    at_risk = is_at_least(tier, "moderate")
    names = ", ".join(dict.fromkeys(session.title for session in missed if session.title))
    what = (names or "the session") if len(missed) == 1 else counted(len(missed), "session")
    risk = f" Suicide tier is {tier}: reach them the same day." if at_risk else ""
    return Sign(
        "no_show",
        f"Did not come to {what} on {when(picture, missed[0].starts_at)} and had not canceled in time.{risk}",
        since=since,
        due_at=end_of(picture, since, later=0 if at_risk else int(setting(picture, "outreach.contact_days"))),
        owner_role="case_manager",
        topic=day.isoformat(),
        risk="high" if at_risk else "watch",
        seen_at=newest,
        first_step_by=since + timedelta(hours=float(setting(picture, "outreach.call_hours"))),
        lapses_at=shifted(picture, missed[-1].starts_at, window),
        answered_at=answer.at if answer else None,
        answered_by=answer.by if answer else "",
    )


def _first_outreach(picture: Picture, after: datetime) -> ContactFact | None:
    """The first attempt after a moment; a caring contact asks nothing and is none."""
    made = [
        contact
        for contact in picture.contacts
        if after <= contact.at <= picture.at and not contact.caring and not contact.inbound
    ]
    return min(made, key=lambda contact: (contact.at, contact.by), default=None)


def missed_sessions(picture: Picture) -> list[SessionFact]:
    """The sessions that the person did not come to, by 15 minutes after each start; earliest first."""
    missed = (
        session
        for session in picture.sessions
        if _seen(picture, session) <= picture.at and _is_missed(picture, session)
    )
    return sorted(missed, key=lambda session: (session.starts_at, session.key))


def _seen(picture: Picture, session: SessionFact) -> datetime:
    return session.starts_at + timedelta(minutes=float(setting(picture, "attendance.no_show_minutes")))


def _is_missed(picture: Picture, session: SessionFact) -> bool:
    notice = timedelta(hours=float(setting(picture, "attendance.cancel_notice_hours")))
    called_off = session.cancelled_at is not None
    in_time = session.cancelled_at is not None and session.starts_at - session.cancelled_at >= notice
    if session.status == "no_show":
        return not in_time
    return session.status is None and called_off and not in_time


def attendance(picture: Picture) -> Iterator[Sign]:
    """The week's delivered hours below three quarters or half of those planned, or three days missed in 14."""
    if picture.level in OUTSIDE:
        return
    today = local_day(picture.at, picture.zone)
    starts_on = int(setting(picture, "week_start"))
    monday = week_of(today, starts_on)
    for begins in (monday, monday - timedelta(days=7)):
        held = _held(picture, begins)
        if held:
            yield from _week_sign(picture, begins, held)
            return


def _held(picture: Picture, begins: date) -> list[SessionFact]:
    """What counts as treatment in a week and has begun with its attendance known."""
    first, end = day_bounds(begins, picture.zone)[0], day_bounds(begins + timedelta(days=7), picture.zone)[0]
    return [
        session
        for session in picture.sessions
        if first <= session.starts_at < end
        and session.counts
        and session.status not in (None, "cancelled_by_program")
        and session.starts_at <= picture.at
    ]


def _week_sign(picture: Picture, begins: date, held: Sequence[SessionFact]) -> Iterator[Sign]:
    share, attended = _share(picture, held)
    missed = _missed_days(picture)
    code = attendance_sign(share, no_shows=len(missed), own=picture.settings)
    if code is None:
        return
    said = []
    if attendance_sign(share, own=picture.settings):
        said.append(f"{attended} in the week of {begins:%b} {begins.day}.")
    if len(missed) >= setting(picture, "attendance.critical_no_shows"):
        window = days(picture, "attendance.window_days")
        said.append(f"{counted(len(missed), 'no-show')} in the last {window} days.")
    # What brought the week down last: it is since then that somebody has to do something.
    since = max((_seen(picture, one) for one in held if _brings_down(one)), default=held[-1].ends_at)
    since = min(max([since, *missed[-1:]]), picture.at)
    is_critical = code == "attendance_critical"
    yield Sign(
        code,
        " ".join(said),
        since=since,
        due_at=end_of(picture, since, later=int(setting(picture, f"signs.{code}_days"))),
        owner_role="clinician" if is_critical else "case_manager",
        topic=begins.isoformat(),
        risk="high" if is_critical else "watch",
        lapses_at=day_bounds(begins + timedelta(days=7), picture.zone)[0],
    )


def _share(picture: Picture, held: Sequence[SessionFact]) -> tuple[float | None, str]:
    """Delivered of planned by the hour ledger's own sums, and the same in words."""
    minutes = sum_minutes(
        HourEntry(
            local_day(one.starts_at, picture.zone),
            "",
            one.planned_minutes,
            one.attended_minutes,
            one.status,
            is_make_up=one.is_make_up,
        )
        for one in held
    )
    if not minutes.held:
        return None, ""
    share = minutes.delivered / minutes.held
    return (
        share,
        f"{in_hours(minutes.delivered)} of {in_hours(minutes.held)} planned hours attended ({100 * share:.1f} %)",
    )


def _brings_down(session: SessionFact) -> bool:
    return not session.is_make_up and session.attended_minutes < session.planned_minutes


def _missed_days(picture: Picture) -> list[datetime]:
    """When each day missed in the window began to be one; however many sessions it had, it is one no-show."""
    window = days(picture, "attendance.window_days")
    firsts: dict[date, datetime] = {}
    for session in missed_sessions(picture):
        if is_within(picture, session.starts_at, window):
            firsts.setdefault(local_day(session.starts_at, picture.zone), _seen(picture, session))
    return list(firsts.values())
