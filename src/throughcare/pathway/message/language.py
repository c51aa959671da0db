"""The language in which a person is written to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation

from throughcare.records.consents import PatientAccount
from throughcare.records.people import Account, Patient

# How staff write a language in a person's details, by its code.
WRITTEN = {"es": ("es", "spa", "español", "espanol", "castellano")}


@contextmanager
def in_language_of(*, patient: int | None = None, account: int | None = None) -> Iterator[str]:
    """Sentences are looked up in the language of this patient or account (keys) for as long as the block lasts."""
    code = (account and _of_account(account)) or (patient and _of_patient(patient)) or settings.LANGUAGE_CODE
    with translation.override(code):
        yield code


def _of_account(account: int) -> str:
    return Account.objects.filter(pk=account).values_list("language", flat=True).first() or ""


def _of_patient(patient: int) -> str:
    """What they chose themselves, else what their record says they speak."""
    own = PatientAccount.objects.filter(patient=patient, ended_at__isnull=True)
    chosen = own.values_list("account__language", flat=True).first()
    if chosen:
        return chosen
    spoken = Patient.objects.filter(pk=patient).values_list("language", flat=True).first() or ""
    return next((code for code, begins in WRITTEN.items() if spoken.strip().lower().startswith(begins)), "")
