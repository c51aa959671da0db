"""An address says by itself whom it lets in: before the view, before the desk."""

from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.html import escape

from throughcare.faces.web.routing import needs
from throughcare.records.people import Account

ROLE = "front_desk"


def shut_addresses():
    """The addresses without arguments that the role may not open."""
    for pattern in get_resolver().url_patterns:
        route = pattern.callback.route
        if route.public or ROLE in route.roles or "GET" not in route.methods:
            continue
        try:
            yield reverse(pattern.name), route
        except NoReverseMatch:
            continue


def test_whoever_holds_none_of_its_roles_is_told_whose_page_it_is(cast, client):
    client.force_login(Account.objects.get(pk=cast.front_desk.account))
    shut = list(shut_addresses())
    assert len(shut) > 50
    for address, route in shut[::12]:
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert escape(needs(route.roles)) in answer.text, address
