"""Who reads which language: a stranger by address or browser, a person by their own choice, staff always English."""

import pytest
from django.test import Client, override_settings
from django.utils import translation

from tests.faces.web.questionnaires.conftest import dev
from throughcare.faces.web.languages import said
from throughcare.knowledge.sentence import Sentence
from throughcare.pathway.message.language import in_language_of

__all__ = ["dev"]
pytestmark = pytest.mark.django_db
HOME, DAY = "/sign-in", "/my/check-in"


def page(client, address, **more):
    return client.get(address, **more).content.decode()


def test_a_stranger_reads_the_language_of_the_address_the_cookie_or_the_browser():
    stranger = Client()
    english = page(stranger, HOME)
    assert 'lang="en' in english and "Password" in english and "?lang=es" in english
    assert 'lang="es"' in page(stranger, HOME, headers={"accept-language": "es-MX,es;q=0.9"})
    chosen = stranger.get(f"{HOME}?lang=es")
    assert "Contraseña" in chosen.content.decode() and chosen.headers["Content-Language"] == "es"
    assert "Contraseña" in page(stranger, HOME)  # by the cookie


def test_a_person_chooses_and_it_stays_with_the_account(dev):
    assert "How is today?" in page(dev.phone, DAY)
    answer = dev.phone.post("/language", {"language": "es", "back": DAY})
    assert answer.url == DAY
    spanish = page(dev.phone, DAY)
    for words in ("¿Cómo está hoy?", "¿Cómo está su ánimo hoy?", "Sus sesiones", "Salir rápido", 'lang="es"'):
        assert words in spanish
    assert "lunes" in page(dev.phone, "/my/week").lower() or "marzo" in page(dev.phone, "/my/week").lower()
    wrong = dev.phone.post(DAY, {"once": "4b4e8a3e-6a4b-4d0c-9e5e-0c4f5d6a7b8c"}).content.decode()
    assert "Responda al menos una pregunta. Una basta." in wrong
    with in_language_of(patient=dev.key) as language:
        assert language == "es" and said("Your week") == "Su semana"
    assert dev.phone.post("/language", {"language": "es", "back": "https://elsewhere.example"}).url == "/"
    assert dev.phone.post("/language", {"language": "tlh"}).status_code == 400


def test_a_name_is_no_word_and_a_sentence_remembers_its_own():
    with translation.override("es"):
        assert said("May") == "May"
        assert said(Sentence("You missed {hours}.", hours=Sentence("{n} hours", n=3))) == "Faltó a 3 horas."


@override_settings(LANGUAGES=[("en", "English"), ("ar", "العربية")])
def test_a_language_from_right_to_left_turns_the_page():
    assert 'dir="rtl"' in page(Client(), f"{HOME}?lang=ar") and 'dir="ltr"' in page(Client(), HOME)
