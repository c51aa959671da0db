"""One person's signs: what stands, what was done, and how each ended; and one sign on its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.warning_sign.lines import SignLine, lines_of
from throughcare.records.signs import WarningSign

KIND = "warning_sign"
SHOWN = 60


@dataclass(frozen=True)
class PersonSigns:
    """The signs that stand, the gravest first, and the latest that ended."""

    patient: UUID
    standing: tuple[SignLine, ...]
    ended: tuple[SignLine, ...]


@dataclass(frozen=True)
class OneSign:
    """A sign with whom it is about and how they may be reached; `phone` is empty where they asked for no calls."""

    line: SignLine
    patient: UUID
    name: str
    phone: str
    shut: tuple[str, ...]
    may_text: bool


def signs_of_person(patient: UUID, *, by: Actor, at: datetime) -> PersonSigns:
    """Everything that was noticed of a person, the newest first."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    rows = WarningSign.objects.filter(organization_id=by.organization, patient=found)
    standing = lines_of(rows.filter(ended_at__isnull=True).order_by("due_at", "pk"), at=at)
    ended = rows.filter(ended_at__isnull=False).exclude(ended_how="continued").order_by("-ended_at", "-pk")
    return PersonSigns(
        found.uid,
        tuple(sorted(standing.get(found.pk, ()), key=lambda line: not line.is_high)),
        tuple(lines_of(ended[:SHOWN], at=at).get(found.pk, ())),
    )


def one_sign(sign: UUID, *, by: Actor, at: datetime) -> OneSign:
    """One sign by its thread, as it stands or ended. Raises `Absent`."""
    rows = WarningSign.objects.filter(organization_id=by.organization, thread=sign)
    row = rows.select_related("patient").order_by("-pk").first()
    if row is None:
        raise Absent("sign")
    found = open_patient(row.patient, kind=KIND, by=by, at=at)
    [line] = lines_of([row], at=at)[row.patient_id]
    shut = ways_shut([found.pk])[found.pk]
    return OneSign(
        line=line,
        patient=found.uid,
        name=display_name(found),
        phone=found.phone if "phone" not in shut else "",
        shut=tuple(WAYS[code].words for code in WAYS if code in shut),
        may_text=bool({"text", "email"} - shut) and bool(found.phone or found.email),
    )
