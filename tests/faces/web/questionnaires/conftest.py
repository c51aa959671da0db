"""Dev at his phone, with PHQ-9 waiting; the clinic has entered its copy of the screener."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, at
from tests.sessions_cast import admit
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.measure.asking import ask_now
from throughcare.pathway.measure.licensed_wording import enter_wording
from throughcare.records.consents import PatientAccount
from throughcare.records.crises import Crisis
from throughcare.records.measures import MeasureRequest
from throughcare.records.people import Account


@dataclass
class Answering:
    """Dev, who answers; a browser of his own, and the clinic around him."""

    cast: Cast
    patient: UUID
    key: int
    phone: Client

    def staff(self, actor) -> Client:
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account))
        return browser

    def sign_in(self) -> None:
        """At his phone anew: it locks when nobody touches it."""
        self.phone = Client()
        self.phone.force_login(PatientAccount.objects.get(patient=self.key).account)

    def asked(self, code: str) -> UUID:
        return MeasureRequest.objects.filter(patient=self.key, code=code).latest("pk").uid

    def answer(self, url: str, *values: object, browser: Client | None = None) -> str:
        """Tap through from this address; where it ends."""
        browser = browser or self.phone
        url = browser.get(url).url
        for value in values:
            response = browser.post(url, {"answer": value, "once": str(uuid4())})
            assert response.status_code == 302, response.content.decode()[:3000]
            url = response.url
        return url

    def priorities(self) -> list[str]:
        return list(Crisis.objects.order_by("pk").values_list("priority", flat=True))


def enter_screener(cast: Cast) -> None:
    words = {str(item.number): f"Our copy, {item.label}" for item in find("c-ssrs-screener").items}
    enter_wording("c-ssrs-screener", words, license_note="Registered in 2026", by=cast.admin, at=at(8))


@pytest.fixture
def dev(cast, monkeypatch) -> Answering:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(18, 10))
    person = admit(cast, "Dev", "Rao")
    ask_now(person.uid, "phq-9", by=cast.clinician, at=at(17))
    invite_patient(person.uid, email="dev@mail.test", by=cast.clinician, at=at(9))
    phone = Client()
    phone.force_login(PatientAccount.objects.get(patient=person.key).account)
    return Answering(cast, person.uid, person.key, phone)


def my(dev: Answering, code: str) -> str:
    return reverse("my_questionnaire", args=[dev.asked(code)])
