"""Prepared questions answer as Django's own do."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db.models import Count, Max, QuerySet

from tests.cast import at
from throughcare.pathway.prepared import prepared
from throughcare.records.measures import MeasureResponse
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Practitioner

pytestmark = pytest.mark.django_db


def built(organization: int, account: UUID) -> QuerySet[Practitioner]:
    return Practitioner.objects.select_related("account", "site").filter(
        organization_id=organization, account__uid=account, left_at__isnull=True
    )


def test_rows_are_those_that_django_finds_with_what_belongs_to_them(cast, django_assert_num_queries):
    ask = prepared(built)
    for one in Account.objects.exclude(practitioner=None):
        expected = built(one.organization_id, one.uid).get()
        ask(one.organization_id, one.uid)
        with django_assert_num_queries(1):
            [found] = ask(one.organization_id, one.uid)
            assert (found, found.account, found.site) == (expected, expected.account, expected.site)
            assert found.account.name == expected.account.name
        columns = [field.attname for field in Practitioner._meta.concrete_fields]
        assert [getattr(found, name) for name in columns] == [getattr(expected, name) for name in columns]


def test_what_is_annotated_is_there(cast):
    @prepared
    def counted(organization: int) -> QuerySet[Account]:
        rows = Account.objects.select_related("practitioner").filter(organization_id=organization)
        return rows.annotate(roles=Count("role_grants"), last=Max("role_grants__recorded_at")).order_by("pk")

    found = [(one.roles, one.last) for one in counted(cast.organization)]
    assert found == [
        (one.role_grants.count(), max(grant.recorded_at for grant in one.role_grants.all()))
        for one in Account.objects.filter(organization_id=cast.organization).order_by("pk")
    ]


def test_nothing_found_is_an_empty_list(cast):
    assert prepared(built)(cast.organization, uuid4()) == []


def test_as_many_arguments_as_there_are(cast):
    @prepared
    def named(*names: str) -> QuerySet[Site]:
        return Site.objects.filter(name__in=names).order_by("pk")

    site = Site.objects.get(uid=cast.site)
    assert named(site.name) == named(site.name, "nowhere") == [site]
    assert named("nowhere") == named() == []


def test_a_column_of_json_is_compared_with_a_value_that_stays(cast):
    @prepared
    def uncritical(organization: int) -> QuerySet[MeasureResponse]:
        return MeasureResponse.objects.filter(organization_id=organization, critical=[])

    assert uncritical(cast.organization) == list(
        MeasureResponse.objects.filter(organization_id=cast.organization, critical=[])
    )


def test_a_moment_is_found_to_the_microsecond(cast):
    @prepared
    def opened(moment: datetime) -> QuerySet[Account]:
        return Account.objects.filter(created_at__lte=moment).order_by("pk")

    assert opened(at(23)) == list(Account.objects.filter(created_at__lte=at(23)).order_by("pk")) != []


def test_what_is_of_another_type_is_asked_the_ordinary_way(cast):
    assert prepared(built)(cast.organization, None) == list(built(cast.organization, None))
    site = Site.objects.get(uid=cast.site)
    by_id = prepared(lambda uid: Site.objects.filter(uid=uid))
    assert by_id(cast.site) == by_id(str(cast.site)) == [site]


def test_what_differs_must_be_an_argument():
    count = iter(range(9))
    ask = prepared(
        lambda organization: Site.objects.filter(organization_id=organization, name=str(next(count)))
    )
    with pytest.raises(AssertionError, match="no argument"):
        ask(1)


def test_an_argument_goes_into_the_question_as_it_is():
    ask = prepared(lambda organization: Site.objects.filter(organization_id=organization + 1))
    with pytest.raises(AssertionError, match="before it asks"):
        ask(1)
