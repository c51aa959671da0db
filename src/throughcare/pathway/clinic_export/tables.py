"""Which tables an export holds, how their rows belong to the clinic, and the few that stay behind, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

# Table → why an export does not hold it. Whatever is not here is exported: a table that belongs to no clinic and is not
# here makes `tables` fail, and a test with it.
LEFT_OUT: Mapping[str, str] = {
    "django_migrations": "The steps that made the tables; the manifest names the last ones.",
    "django_content_type": "Names of tables, which Django makes anew.",
    "auth_permission": "Django's own permissions, made anew; the program's roles are in role_grant.",
    "auth_group": "Not used: the program's roles are in role_grant.",
    "auth_group_permissions": "Not used: the program's roles are in role_grant.",
    "django_session": "Browsers that are signed in now. Everyone signs in again.",
    "axes_accessattempt": "Wrong passwords of the last minutes, counted per installation.",
    "axes_accessattemptexpiration": "Wrong passwords of the last minutes, counted per installation.",
    "axes_accessfailurelog": "Not used.",
    "axes_accesslog": "Not used.",
    "account_emailconfirmation": "Not used.",
    "records_doormail": "Mails with links that let somebody in, good for minutes. They are asked for again.",
    "records_workerbeat": "When this installation's worker last ran.",
    "records_keywitness": "Tells which keys open this database; the new one has its own.",
    "records_restoration": "That this installation was put back from a backup.",
    "records_arming": "That this installation was let send again.",
}
# Rows of tables that stand under no clinic's key, and how they come to one.
BELONGS: Mapping[str, str] = {
    "records_organization": "pk",
    "account_emailaddress": "user__organization",
    "mfa_authenticator": "user__organization",
    "records_patientsearchkey": "patient__organization",
    "records_accessedpatient": "access__organization",
    "records_shareddraft": "session__organization",
    "records_notedraft": "session__organization",
    "records_signinlink": "account__organization",
}
# Rows that no clinic has, in tables that clinics have rows in.
NOBODYS: Mapping[str, str] = {
    "records_submission": "Forms sent before there was a clinic.",
    "records_workeralarm": "Alarms about the installation as a whole.",
    "records_signinlink": "Links to an account that was never made.",
}
# What would let its reader sign in as somebody: written so that only the clinic's own keys open it.
LETS_IN = frozenset({("records_account", "password"), ("mfa_authenticator", "data")})


@dataclass(frozen=True)
class Table:
    """One table of an export, by its plain name."""

    model: type[Model]
    to_clinic: str

    @property
    def stored_as(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        """Its plain name: what one row of it is."""
        return self.stored_as.removeprefix("records_")

    @cached_property
    def columns(self) -> tuple["Field[Any, Any]", ...]:
        """Its columns in order."""
        return tuple(self.model._meta.concrete_fields)

    def rows(self, organization: int) -> "QuerySet[Any]":
        """The clinic's rows, in the order of their keys."""
        return self.model._base_manager.filter(Q((self.to_clinic, organization))).order_by("pk")


def tables() -> tuple[Table, ...]:
    """Every table that an export holds, in the order of their names. Raises `LookupError` for one that is unlisted."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        stored_as = model._meta.db_table
        if stored_as in LEFT_OUT:
            continue
        fields = {one.name for one in model._meta.concrete_fields}
        way = BELONGS.get(stored_as) or ("organization" if "organization" in fields else "")
        if not way:
            raise LookupError(
                f"{stored_as} belongs to no clinic: say in BELONGS how, or in LEFT_OUT why not."
            )
        found.append(Table(model, way))
    return tuple(sorted(found, key=lambda one: one.name))
