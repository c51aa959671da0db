"""A clinic in which everyone is in care and has a long history: one row of each kind, multiplied by the database."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, models, transaction

from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureResponse
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.signs import Nudge

ZONE = "America/New_York"
GROUP_SIZE, WEEKDAYS, MINUTES = 10, (0, 2, 3), 180
# Of twenty sessions of a person one is missed and one begun late; of twenty people one gets worse in the end.
STATUS = (
    "CASE (w.n * 3 + d.n * 7 + w.person) %% 20 WHEN 0 THEN 'no_show' WHEN 1 THEN 'late' ELSE 'present' END"
)
ATTENDED = "CASE (w.n * 3 + d.n * 7 + w.person) %% 20 WHEN 0 THEN 0 WHEN 1 THEN 160 ELSE 180 END"
LATE = "CASE (w.n * 3 + d.n * 7 + w.person) %% 20 WHEN 1 THEN 20 ELSE 0 END"


class LongHistories:
    """Writes the clinic; `change` is what a verb of the pathway leaves behind for the watch."""

    FIVE = time(5)

    def __init__(self, people: int, weeks: int, today: date) -> None:
        self.people, self.weeks, self.today = people, weeks, today
        self.first = week_of(today) - timedelta(weeks=weeks)
        self.moment = at_local(self.first, time(9), ZONE)

    @transaction.atomic
    def build(self) -> None:
        """The people, then their weeks."""
        self.organization = Organization.objects.create(
            name="Long", neutral_name="Long", founded_at=self.moment
        )
        self.fact = {"organization": self.organization, "recorded_at": self.moment}
        self.site = Site.objects.create(**self.fact, name="Main", time_zone=ZONE)
        patients = Patient.objects.bulk_create(
            (
                Patient(**self.fact, number=n + 1, given_name="Pat", family_name=f"Number{n}")
                for n in range(self.people)
            ),
            batch_size=2_000,
        )
        episodes = Episode.objects.bulk_create(
            (
                Episode(**self.fact, patient=one, site=self.site, track="evening", admitted_at=self.moment)
                for one in patients
            ),
            batch_size=2_000,
        )
        Stay.objects.bulk_create(
            (
                Stay(
                    **self.fact,
                    episode=one,
                    level="iop",
                    edition="4",
                    began_at=self.moment,
                    reason="admission",
                )
                for one in episodes
            ),
            batch_size=2_000,
        )
        self.patients = [one.pk for one in patients]
        self._calendar(
            "bench_people",
            ("n", "person", "episode", "cohort"),
            [
                (n, one.pk, stay.pk, n // GROUP_SIZE)
                for n, (one, stay) in enumerate(zip(patients, episodes, strict=True))
            ],
        )
        self._sessions(patients[0], episodes[0])
        self._measures(patients[0])
        self._tidy()

    def _calendar(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        with connection.cursor() as cursor:
            kinds = {"local_day": "date", "starts_at": "timestamptz", "ends_at": "timestamptz"}
            told = ", ".join(f"{one} {kinds.get(one, 'integer')}" for one in columns)
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ({told})")
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # names of our own

    def _sessions(self, person: Patient, episode: Episode) -> None:
        """Each cohort's evenings, who was expected, and who came."""
        days = [
            self.first + timedelta(weeks=week, days=day) for week in range(self.weeks + 2) for day in WEEKDAYS
        ]
        starts = [at_local(day, time(17, 30), ZONE) for day in days]
        self._calendar(
            "bench_days",
            ("n", "local_day", "starts_at", "ends_at"),
            [
                (n, sent(day), sent(moment), sent(moment + timedelta(minutes=MINUTES)))
                for n, (day, moment) in enumerate(zip(days, starts, strict=True))
            ],
        )
        one = Session.objects.create(
            **self.fact,
            site=self.site,
            session_type="process",
            title="Evening process",
            capacity=12,
            local_day=days[0],
            starts_at=self.moment,
            ends_at=self.moment + timedelta(hours=3),
        )
        times = {name: f"d.{name}" for name in ("local_day", "starts_at", "ends_at")}
        cohorts = "SELECT DISTINCT cohort FROM bench_people"
        multiply(one, times | {"capacity": "1000 + c.cohort"}, f"bench_days d, ({cohorts}) c")
        seat = Appointment.objects.create(
            **self.fact,
            session=one,
            patient=person,
            episode=episode,
            local_day=days[0],
            planned_minutes=MINUTES,
            counts=True,
        )
        meets = (
            f"{Session._meta.db_table} s JOIN bench_days d ON d.starts_at = s.starts_at "
            "JOIN bench_people w ON s.capacity = 1000 + w.cohort"
        )
        whose = {"session_id": "s.id", "patient_id": "w.person", "local_day": "d.local_day"}
        multiply(seat, whose | {"episode_id": "w.episode"}, meets)
        came = Attendance.objects.create(
            **self.fact,
            session=one,
            patient=person,
            appointment=seat,
            status="present",
            minutes=MINUTES,
            planned_minutes=MINUTES,
            counts=True,
            local_day=days[0],
        )
        said = {"status": STATUS, "minutes": ATTENDED, "late_minutes": LATE, "recorded_at": "d.ends_at"}
        held = (
            f"{meets} JOIN {Appointment._meta.db_table} a ON a.session_id = s.id AND a.patient_id = w.person"
        )
        until = f"d.local_day < {self._literal(self.today)}"
        multiply(came, whose | said | {"appointment_id": "a.id"}, held, until)

    def _measures(self, person: Patient) -> None:
        """A PHQ-9 and a GAD-7 a week: most people get better, some don't, a few get worse in the end."""
        weeks = [at_local(self.first + timedelta(weeks=n, days=1), time(12), ZONE) for n in range(self.weeks)]
        self._calendar(
            "bench_weeks",
            ("n", "starts_at"),
            [(n, sent(moment)) for n, moment in enumerate(weeks)],
        )
        for code, answers in (("phq-9", [1] * 9), ("gad-7", [1] * 7)):
            one = MeasureResponse.objects.create(
                **self.fact,
                patient=person,
                code=code,
                answers=answers,
                mode="self",
                taken_at=self.moment,
                total=9,
                band="mild",
            )
            total = (
                f"CASE WHEN w.person %% 20 = 0 AND t.n = {self.weeks - 1} THEN 20 WHEN w.person %% 10 = 0 THEN 12 "
                "ELSE 14 - CASE WHEN t.n < 7 THEN t.n ELSE 7 END END"
            )
            multiply(
                one,
                {"patient_id": "w.person", "taken_at": "t.starts_at", "total": total},
                "bench_weeks t, bench_people w",
            )

    def _literal(self, day: date) -> str:
        return f"DATE '{day}'" if connection.vendor == "postgresql" else f"'{day}'"

    def _tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        rows = {model.__name__: model.objects.count() for model in (Appointment, Attendance, MeasureResponse)}
        print(f"{self.people} people in care, {self.weeks} weeks each: {rows}", flush=True)

    def change(self, people: int, *, at: datetime) -> None:
        """A changed record of each of so many people."""
        Nudge.objects.bulk_create(
            Nudge(patient_id=key, organization=self.organization, nudged_at=at)
            for key in self.patients[:people]
        )


def sent(value: date | datetime) -> Any:
    """A day or moment as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value.astimezone(UTC))
    return connection.ops.adapt_datefield_value(value)


def multiply(one: models.Model, said: Mapping[str, str], source: str, where: str = "TRUE") -> None:
    """Copy a row once for every row of `source`, with these columns said anew in SQL; then the row itself goes."""
    table = one._meta.db_table
    uid = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    columns = [field.column for field in one._meta.concrete_fields if not field.primary_key]
    values = [said.get(name, uid if name == "uid" else f"p.{name}") for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} p, {source} "
            f"WHERE p.id = %s AND {where}",
            [one.pk],
        )
