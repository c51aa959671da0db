"""The clinic under load: everyone in care signs in, so does a relative of every second, and a staff of one in eight."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from bench.big_clinic import BigClinic
from bench.big_people import ADDRESS
from throughcare.knowledge.roles import STAFF
from throughcare.records.attendance import Attendance
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.people import Account, RelatedPerson, RoleGrant, mark_of_email
from throughcare.records.sessions import Session

# Notes of the last days are still to be written: there is something to save as one types.
UNWRITTEN = timedelta(days=3)
PEOPLE_A_STAFF = 8
PAGED = 3


@dataclass(frozen=True)
class Clinic:
    """Session cookies of who is signed in, and the ids that pages are asked with."""

    staff: list[str]
    patients: list[str]
    families: list[str]
    charts: list[str]
    sessions: list[str]
    to_write: list[str]


class LoadClinic(BigClinic):
    """A big clinic whose people sign in."""

    def is_written(self, row: Attendance) -> bool:
        """All but those of the last days."""
        return row.session.ends_at < self.now - UNWRITTEN

    def build(self) -> None:
        """Everything, and the accounts."""
        super().build()
        self.in_care = [n for n, episode in enumerate(self.episodes) if episode.ended_at is None]
        count = max(2, len(self.in_care) // PEOPLE_A_STAFF)
        self.colleagues = self.accounts("staff", count - 1)
        # One director: more would all be paged in each crisis.
        roles = sorted(STAFF - {"director", "admin", "compliance"})
        self.facts(RoleGrant, ({"account": one, "role": role} for one in self.colleagues for role in roles))
        self.patients_accounts()
        self.families()

    def accounts(self, kind: str, count: int) -> list[Account]:
        """So many accounts, all with one password: nobody signs in by it."""
        password = make_password("a password for measuring")
        return Account.objects.bulk_create(
            Account(
                organization=self.organization,
                email=f"{kind}{n}@clinic.test",
                email_mark=mark_of_email(f"{kind}{n}@clinic.test"),
                name=f"{kind.title()} {n}",
                password=password,
                created_at=self.now,
            )
            for n in range(count)
        )

    def patients_accounts(self) -> None:
        """Everyone in care signs in to what is theirs."""
        self.own = self.accounts("patient", len(self.in_care))
        self.facts(RoleGrant, ({"account": one, "role": "patient"} for one in self.own))
        pairs = zip(self.in_care, self.own, strict=True)
        self.facts(PatientAccount, ({"patient": self.sick[n], "account": one} for n, one in pairs))

    def families(self) -> None:
        """Somebody near to every second of them."""
        whose = self.in_care[::2]
        self.near = self.accounts("family", len(whose))
        self.facts(RoleGrant, ({"account": one, "role": "family"} for one in self.near))
        people = self.facts(
            RelatedPerson,
            ({"patient": self.sick[n], "name": "Robin", "relationship": "sibling"} for n in whose),
        )
        pairs = zip(people, self.near, strict=True)
        self.facts(FamilyAccount, ({"related_person": one, "account": who} for one, who in pairs))

    def opened(self) -> Clinic:
        """Everyone signed in, and who is on call has a phone."""
        self.put_on_call()
        group = Session.objects.filter(group__isnull=False, ends_at__lt=self.now).order_by("-starts_at")
        return Clinic(
            cookies([ADDRESS, *(one.email for one in self.colleagues)]),
            cookies(one.email for one in self.own),
            cookies(one.email for one in self.near),
            [str(self.sick[n].uid) for n in self.in_care],
            [str(one) for one in group.values_list("uid", flat=True)[:100]],
            [
                str(one)
                for one in group.filter(ends_at__gte=self.now - UNWRITTEN).values_list("uid", flat=True)[:25]
            ],
        )

    def put_on_call(self) -> None:
        """The first of the staff is on call, the second stands behind; both and the director have phones."""
        from throughcare.pathway.accounts import actor_for
        from throughcare.pathway.message.phones import change_own_phone
        from throughcare.pathway.on_call.planning import NewRota, plan_rota

        found: list[Any] = [actor_for(one.pk) for one in (self.account, *self.colleagues)][:PAGED]
        now = timezone.now()
        for number, actor in enumerate(found):
            change_own_phone(f"212-555-01{number:02}", by=actor, at=now)
        first, second = (actor.account_uid for actor in found[-2:])
        rota = NewRota(now.date() - timedelta(days=7), time(8), 7, [first], [second])
        plan_rota(self.site.uid, rota, by=found[0], at=now - timedelta(days=2))


def cookies(emails: Iterable[str]) -> list[str]:
    """The cookie of a browser in which each of them is signed in, both steps done."""
    from tests.through_the_door import session_of

    return [session_of(email, "") for email in emails]
