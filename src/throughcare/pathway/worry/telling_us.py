"""Somebody outside says what they see. Nobody is looked up: the answer is the same whomever they name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.keys import mac
from throughcare.knowledge.crisis_words import plain
from throughcare.knowledge.worry_words import LONGEST_CALLBACK, LONGEST_NAME, LONGEST_WORDS, danger_in
from throughcare.pathway.accounts import first_site
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.crisis.raising import raise_about_someone
from throughcare.pathway.program_settings import number
from throughcare.records.organizations import Site
from throughcare.records.worries import Worry

PRIORITY, SOURCE = "P2", "worry"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class NewWorry:
    """What is told. Who tells it and where they can be called may stay empty."""

    said_name: str
    words: str
    told_by: str = ""
    callback: str = ""
    site: UUID | None = None


@transaction.atomic
def tell_worry(new: NewWorry, *, by: Actor, at: datetime) -> bool:
    """Keep a worry; whether its words speak of danger, so that whoever writes is shown whom to call. Raises `Cannot`.

    Danger pages who is on call, in the same transaction.
    """
    _check(new)
    found = danger_in(new.words)
    site = Site.objects.filter(organization_id=by.organization, uid=new.site).first() if new.site else None
    row = Worry(
        organization_id=by.organization,
        site=site or first_site(by.organization),
        said_name=" ".join(new.said_name.split()),
        words=new.words.strip(),
        told_by=new.told_by.strip(),
        callback=new.callback.strip(),
        is_danger=bool(found),
        recorded_at=at,
    )
    if found:
        row.crisis = raise_about_someone(
            row.said_name,
            priority=PRIORITY,
            source=SOURCE,
            words=f"Somebody outside is worried, which may speak of {' and '.join(found)}: “{row.words}”",
            callback=row.callback[:40],
            key=_key(row, at=at),
            by=the_program(by.organization),
            at=at,
        )
    row.save(force_insert=True)
    return bool(found)


def days_until_read(*, by: Actor, at: datetime) -> int:
    """Within how many working days somebody looks at what is told; 0 is the same day."""
    return int(number("worry.look_business_days", organization=by.organization, on=at.date()))


def _check(new: NewWorry) -> None:
    if not new.said_name.strip():
        raise Cannot(_("Write whom you are worried about."), field="said_name")
    if not new.words.strip():
        raise Cannot(_("Write what you see."), field="words")
    longest = {"said_name": LONGEST_NAME, "words": LONGEST_WORDS, "callback": LONGEST_CALLBACK}
    for field, most in longest.items():
        if len(getattr(new, field)) > most:
            raise Cannot(_("Shorten this to {n} characters.").format(n=most), field=field)


def _key(row: Worry, *, at: datetime) -> str:
    """The same words in an hour page once; past so many an hour all further ones are one page, so no flood is more."""
    paged = Worry.objects.filter(
        organization=row.organization_id, recorded_at__gt=at - HOUR, crisis__isnull=False
    )
    most = number("worry.pages_an_hour", organization=row.organization_id, on=at.date())
    if paged.values("crisis").distinct().count() >= most:
        return f"worries {at:%Y-%m-%d %H}"
    said = f"{plain(row.said_name)}|{plain(row.words)}|{at:%Y-%m-%d %H}"
    return f"worry {mac(said.encode(), use='worry').hex()[:32]}"
