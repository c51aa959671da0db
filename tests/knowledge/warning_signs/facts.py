"""Facts of one person, said shortly: moments are New York's, on Monday 2 March 2026 unless a day is given."""

from datetime import datetime, timedelta

from throughcare.knowledge.warning_signs.kinds import signs_of
from throughcare.knowledge.warning_signs.picture import Picture, SessionFact
from throughcare.knowledge.warning_signs.sign import Sign

ZONE = "America/New_York"


def on(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment on a day of the story; day 0 is Monday 2 March, days may be negative."""
    from datetime import date, time

    from throughcare.knowledge.clinic_calendar import at_local

    return at_local(date(2026, 3, 2) + timedelta(days=day), time(hour, minute), ZONE)


def session(day: int, status: str | None = "present", hour: int = 10, **more: object) -> SessionFact:
    """A session of three hours."""
    starts = on(day, hour)
    came = status in ("present", "late", "left_early")
    return SessionFact(
        key=f"{day}-{hour}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        status=status,
        attended_minutes=180 if came else 0,
        **more,  # type: ignore[arg-type]
    )


def codes(picture: Picture) -> list[str]:
    """The codes of the signs that stand."""
    return sorted(sign.code for sign in signs_of(picture))


def only(picture: Picture, code: str) -> Sign:
    """The one sign of this kind."""
    [found] = [sign for sign in signs_of(picture) if sign.code == code]
    return found
