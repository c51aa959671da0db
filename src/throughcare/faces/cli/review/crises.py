"""A crisis of each person of the fixture, in their own words, taken and written about; and who is on call."""

from datetime import datetime, time, timedelta

from throughcare.faces.cli.review.clinics import Place
from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.crisis.answering import take_crisis
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.on_call.planning import NewRota, plan_rota


def put_on_call(place: Place, *, at: datetime) -> None:
    """A clinician is primary and the director backup, at the first site."""
    ours = "" if "director" in place.accounts else "other_org_"
    primary, backup = (place.accounts[f"{ours}{role}"] for role in ("clinician", "director"))
    rota = NewRota((at - timedelta(days=1)).date(), time(8), 7, [primary], [backup])
    plan_rota(place.sites[0], rota, by=place.program, at=at)


def call_for_help(life: Life, *, now: datetime) -> None:
    """A text in their own words; their therapist took it and wrote a line."""
    by, words = life.place.actors[life.therapist], life.word("crisis", "words")
    crisis = raise_crisis(
        life.patient, priority="P2", source="text", words=words, by=life.place.program, at=now
    )
    take_crisis(crisis, by=by, at=now + timedelta(minutes=5))
    entry = NewEntry("reached", choice="person", words=life.word("crisis", "what was said"))
    log_entry(crisis, entry, by=by, at=now + timedelta(minutes=9))
