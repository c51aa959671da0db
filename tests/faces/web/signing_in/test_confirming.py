"""Signing asks once more who is there, and goes on with what was entered."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from tests.faces.web.signing_in.conftest import come_in
from throughcare.records.people import Account, RoleGrant
from throughcare.records.signing_in import HeldForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(carla, clock):
    """Carla, who is an administrator too, signed in a while ago and busy since."""
    RoleGrant.objects.create(
        organization_id=carla.organization_id, account=carla, role="admin", recorded_at=clock.now
    )
    browser = come_in(Client(), clock)
    for _ in range(4):
        clock.later(minutes=5)
        browser.get(reverse("today"))
    return browser


@pytest.fixture
def page(cast):
    """A page that signs: giving Felix a role."""
    felix = Account.objects.get(pk=cast.facilitator.account)
    return reverse("give_role", args=[felix.uid])


def held_by(role):
    return RoleGrant.objects.filter(
        role=role, account=Account.objects.get_by_natural_key("felix@harbor.test")
    ).count()


def test_after_a_quarter_of_an_hour_it_asks_and_changes_nothing(admin, page):
    answer = admin.post(page, {"role": "reviewer", "once": "3f0e9c5e-1111-4111-8111-111111111111"})
    assert answer.status_code == 401
    assert "Confirm that it is you" in answer.content.decode()
    assert held_by("reviewer") == 0


def test_confirmed_it_goes_on_with_what_was_entered(admin, page):
    admin.post(page, {"role": "reviewer", "once": "3f0e9c5e-1111-4111-8111-111111111111"})
    held = HeldForm.objects.get()
    wrong = admin.post(page, {"confirms": str(held.uid), "proof": "not the password"})
    assert wrong.status_code == 422
    assert held_by("reviewer") == 0
    right = admin.post(page, {"confirms": str(held.uid), "proof": PASSWORD})
    assert right.status_code == 302
    assert held_by("reviewer") == 1
    assert admin.post(page, {"role": "nurse"}).status_code == 302


def test_a_second_click_on_confirm_records_once(admin, page):
    admin.post(page, {"role": "reviewer", "once": "3f0e9c5e-1111-4111-8111-111111111111"})
    sent = {"confirms": str(HeldForm.objects.get().uid), "proof": PASSWORD}
    assert [admin.post(page, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert held_by("reviewer") == 1


def test_what_waits_for_someone_is_confirmed_by_nobody_else(admin, page, cast):
    admin.post(page, {"role": "reviewer", "once": "3f0e9c5e-1111-4111-8111-111111111111"})
    other = Client()
    other.force_login(Account.objects.get(pk=cast.admin.account))
    assert (
        other.post(page, {"confirms": str(HeldForm.objects.get().uid), "proof": PASSWORD}).status_code == 404
    )
    assert held_by("reviewer") == 0


def test_just_after_signing_in_it_asks_nothing(carla, clock, page):
    RoleGrant.objects.create(
        organization_id=carla.organization_id, account=carla, role="admin", recorded_at=clock.now
    )
    browser = come_in(Client(), clock)
    clock.later(minutes=14)
    assert browser.post(page, {"role": "reviewer"}).status_code == 302


def test_a_made_up_reference_confirms_nothing(admin, page):
    assert admin.post(page, {"confirms": "x", "proof": PASSWORD}).status_code == 404
    assert admin.post(page, {"confirms": "", "proof": PASSWORD, "role": "reviewer"}).status_code == 200
    assert held_by("reviewer") == 0
