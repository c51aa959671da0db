"""Where a message reaches its recipient, and whether it may: looked up when it is sent, not when it was written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from throughcare.knowledge.message_ways import ALL as WAYS
from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.records.consents import PatientAccount
from throughcare.records.messages import Message, StaffPhone
from throughcare.records.people import Account, Patient


@dataclass(frozen=True)
class Addresses:
    """A recipient's phone and e-mail address, empty where none is known, and the ways they asked not to be used."""

    phone: str = ""
    email: str = ""
    shut: frozenset[str] = frozenset()

    def of(self, way: str) -> str:
        """The address that a way needs."""
        return self.phone if WAYS[way].needs == "phone" else self.email

    def shuts(self, way: str) -> bool:
        """Whether this way may not be used to them."""
        return not may_reach(way, self.shut)


def addresses_of(messages: Iterable[Message]) -> dict[int, Addresses]:
    """By message (key): where it goes; a handful of queries however many there are."""
    rows = list(messages)
    accounts = {row.account_id for row in rows if row.account_id}
    patients = {row.patient_id for row in rows if row.patient_id}
    own = _own_records(accounts)
    shut = ways_shut(patients | set(own.values())) if patients or own else {}
    signs_in = {one.pk: one for one in Account.objects.filter(pk__in=accounts, suspended_at__isnull=True)}
    phones = {
        phone.account_id: phone.number
        for phone in StaffPhone.objects.filter(account__in=accounts, ended_at__isnull=True)
    }
    people = {one.pk: one for one in Patient.objects.filter(pk__in=patients | set(own.values()))}
    found = {}
    for row in rows:
        whose = row.patient_id or own.get(row.account_id or 0, 0)
        account, person = signs_in.get(row.account_id or 0), people.get(whose)
        found[row.pk] = Addresses(
            phone=row.phone
            or (phones.get(account.pk, "") if account else "")
            or (person.phone if person else ""),
            email=row.email or (account.email if account else "") or (person.email if person else ""),
            shut=frozenset(shut.get(whose, ())),
        )
    return found


def _own_records(accounts: Collection[int]) -> dict[int, int]:
    """The patient (key) whose own account it is, for each account that is one's own."""
    rows = PatientAccount.objects.filter(account__in=accounts, ended_at__isnull=True)
    return dict(rows.values_list("account", "patient"))
