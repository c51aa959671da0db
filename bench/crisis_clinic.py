"""A clinic with people on call, for crises: two who take turns, a director, and twenty who may need them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

PEOPLE = 20
# As short as a program may set them, so that a run of minutes climbs as far as one of hours; then everyone again as
# seldom as it may.
WAITS = {
    "crisis.p1.backup_minutes": 1,
    "crisis.p1.director_minutes": 2,
    "crisis.p1.again_minutes": 15,
}
TRIES = 5


@dataclass
class Clinic:
    """Who is there. `cast` is that of the tests."""

    cast: Any
    people: list[UUID]
    repeated: int = 0

    def raise_one(self, number: int) -> UUID:
        """Somebody presses the button."""
        from django.utils import timezone

        from throughcare.pathway.crisis.raising import raise_crisis

        return raise_crisis(
            self.people[number % len(self.people)],
            priority="P1",
            source="button",
            words="I need someone.",
            key=f"bench {number}",
            by=self.cast.program,
            at=timezone.now(),
        )

    def raise_until_kept(self, number: int) -> UUID:
        """The same press is sent again under its key when the database was busy, as the button does by itself."""
        from django.db import OperationalError

        for _ in range(TRIES):
            try:
                return self.raise_one(number)
            except OperationalError:
                self.repeated += 1
        return self.raise_one(number)


def a_clinic() -> Clinic:
    """Found it: everyone has a phone, the clinician is on call and the nurse stands behind her."""
    from django.utils import timezone
    from tests.cast import MORNING, gather_cast
    from tests.sessions_cast import admit

    from throughcare.pathway.message.phones import change_own_phone
    from throughcare.pathway.on_call.planning import NewRota, plan_rota
    from throughcare.pathway.program_settings import change_setting

    cast, now = gather_cast(), timezone.now()
    for key, value in WAITS.items():
        change_setting(key, value, effective_date=MORNING.date(), by=cast.director, at=MORNING)
    for number, actor in enumerate((cast.clinician, cast.nurse, cast.director, cast.prescriber)):
        change_own_phone(f"212-555-01{number:02}", by=actor, at=now)
    from datetime import time

    rota = NewRota(
        now.date() - timedelta(days=7),
        time(8),
        7,
        [cast.clinician.account_uid],
        [cast.nurse.account_uid],
    )
    plan_rota(cast.site, rota, by=cast.director, at=now - timedelta(days=2))
    return Clinic(cast, [admit(cast, f"Person{number}").uid for number in range(PEOPLE)])


def take(clinic: Clinic, crisis: UUID) -> None:
    """Who is on call takes it."""
    from django.utils import timezone

    from throughcare.pathway.crisis.answering import take_crisis

    take_crisis(crisis, by=clinic.cast.clinician, at=timezone.now())
