"""A clinic with years behind it, told as rows from simulated stays: too many for the pathway's own calls."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tests.cast import MORNING, Cast, at
from tests.knowledge.slip_risk.simulated import TODAY, clinic
from throughcare.knowledge.slip_risk.history import History
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import ContactAttempt, Episode, Stay
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Appointment, Session

NOW = at(10, day=TODAY)


def years_of(cast: Cast, stays: int, *, seed: int = 6) -> list[History]:
    """So many simulated stays, ended and open, as this clinic's own history."""
    histories = clinic(stays, seed=seed)
    write_down(cast, histories)
    return histories


def write_down(cast: Cast, histories: Sequence[History]) -> list[Episode]:
    """These stays as rows: people, episodes, sessions, attendance, check-ins, calls, discharges."""
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    site = Site.objects.get(uid=cast.site)
    first = Patient.objects.filter(organization_id=cast.organization).count() + 1
    people = Patient.objects.bulk_create(
        Patient(
            **fact,
            number=first + n,
            given_name=f"Given{n}",
            family_name=f"Family{n}",
            birth_date=date(1950 + n % 55, 5, 4),
            sex=dict(one.groups).get("sex", ""),
            language="es" if n % 4 == 0 else "en",
        )
        for n, one in enumerate(histories)
    )
    episodes = Episode.objects.bulk_create(
        Episode(
            **fact,
            patient=person,
            site=site,
            admitted_at=at(9, day=one.admitted),
            ended_at=at(12, day=one.ended) if one.ended else None,
        )
        for person, one in zip(people, histories, strict=True)
    )
    Stay.objects.bulk_create(
        Stay(
            **fact,
            episode=one,
            level="iop",
            edition="ASAM 4th",
            began_at=one.admitted_at,
            reason="admission",
            ended_at=one.ended_at,
        )
        for one in episodes
    )
    _sessions(cast, site, list(zip(episodes, histories, strict=True)), fact)
    _endings(cast, zip(episodes, histories, strict=True), fact)
    return episodes


def _sessions(cast: Cast, site: Site, stays: list[tuple[Episode, History]], fact: dict) -> None:
    days = sorted({one.day for _, history in stays for one in history.sessions})
    sessions = {
        row.local_day: row
        for row in Session.objects.bulk_create(
            Session(
                **fact,
                site=site,
                session_type="process",
                title="Process",
                capacity=500,
                local_day=day,
                starts_at=at(9, day=day),
                ends_at=at(12, day=day),
            )
            for day in days
        )
    }
    expected = [(episode, one) for episode, history in stays for one in history.sessions]
    seats = Appointment.objects.bulk_create(
        Appointment(
            **fact,
            session=sessions[one.day],
            patient_id=episode.patient_id,
            episode=episode,
            local_day=one.day,
            planned_minutes=one.planned,
            counts=True,
        )
        for episode, one in expected
    )
    Attendance.objects.bulk_create(
        Attendance(
            **fact,
            session=sessions[one.day],
            patient_id=episode.patient_id,
            appointment=seat,
            status=one.status,
            minutes=one.minutes,
            planned_minutes=one.planned,
            counts=True,
            local_day=one.day,
        )
        for seat, (episode, one) in zip(seats, expected, strict=True)
    )
    CheckIn.objects.bulk_create(
        CheckIn(
            **fact,
            session=sessions[told.day],
            patient_id=episode.patient_id,
            way="page",
            answers={"craving": told.value},
        )
        for episode, history in stays
        for told in history.cravings
    )


def _endings(cast: Cast, stays: Iterable[tuple[Episode, History]], fact: dict) -> None:
    carla = Practitioner.objects.get(pk=cast.clinician.practitioner)
    rows = list(stays)
    ContactAttempt.objects.bulk_create(
        ContactAttempt(
            **fact,
            episode=episode,
            attempted_at=at(12, day=call.day),
            mode="phone",
            outcome="reached" if call.reached else "no_answer",
        )
        for episode, history in rows
        for call in history.calls
    )
    Discharge.objects.bulk_create(
        Discharge(
            **fact,
            episode=episode,
            discharged_at=episode.ended_at,
            summary={},
            practitioner=carla,
            credential="LCSW",
            reason="lost_contact" if history.dropped_out else "completed",
        )
        for episode, history in rows
        if history.ended
    )


def days_later(days: int):
    """The same hour some days later."""
    return NOW + timedelta(days=days)
