"""Whom an account stands for: nobody, from the moment it is suspended, whatever still names it."""

from tests.cast import at
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.clinic.clinic import suspend_staff
from throughcare.records.people import Account


def test_a_suspended_account_stands_for_nobody(cast):
    nia = Account.objects.get(pk=cast.nurse.account)
    assert actor_for(nia.pk) == cast.nurse
    suspend_staff(nia.uid, by=cast.admin, at=at(17))
    assert actor_for(nia.pk) is None
