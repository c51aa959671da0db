"""Takes in referrals from files: FHIR bundles (JSON, gzip, one a line) and CSV. A bad one does not stop the rest."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.referring.likeness import plain
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee, require
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.privacy import may_access
from throughcare.pathway.referral.bundle import parse_json
from throughcare.pathway.referral.referral import NewReferral, store_referral
from throughcare.pathway.referral.referral_bundle import read_bundle
from throughcare.pathway.referral.referral_csv import read_csv
from throughcare.pathway.referral.referral_reading import Problem, ReferralReading, Unreadable
from throughcare.pathway.referral.unpack import GZIP, require_few_lines, unpack
from throughcare.records.organizations import Organization, Site
from throughcare.records.referrals import Referral, ReferralDocument

DIGEST_SHOWN = 16


@dataclass(frozen=True)
class TakenIn:
    """A referral that an import made, or found there already; `notes` are worth a look."""

    file: str
    place: str
    referral: UUID
    patient_number: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefusedPart:
    """What was not taken in: the file, the place in it, what is wrong and what would be right."""

    file: str
    place: str
    because: str


@dataclass(frozen=True)
class ImportReport:
    """What came of importing one document or several."""

    taken_in: tuple[TakenIn, ...] = ()
    already: tuple[TakenIn, ...] = ()
    refused: tuple[RefusedPart, ...] = ()

    def __add__(self, other: "ImportReport") -> "ImportReport":
        return ImportReport(
            self.taken_in + other.taken_in, self.already + other.already, self.refused + other.refused
        )


def import_document(name: str, content: bytes, *, site: UUID, by: Actor, at: datetime) -> ImportReport:
    """Take in the referrals of one file. What is wrong with a part is in the report; the other parts are stored."""
    require(may_access("referral", by=by, verb="change"), CannotSee)
    place = find_site(site, by=by)
    report = ImportReport()
    try:
        for found in read_document_parts(name, content, today=local_day(at, place.time_zone)):
            report += _take_in(name, found, place, by=by, at=at)
    except Unreadable as wrong:
        report += _refusal(name, wrong)
    if report == ImportReport():
        report += _refusal(name, Unreadable(Problem("the file", "no referral in it; nothing was taken in")))
    return report


def read_document_parts(name: str, content: bytes, *, today: date) -> Iterator[ReferralReading | Unreadable]:
    """The referrals in a file, each as read or with what is wrong. Raises `Unreadable` for the file as a whole."""
    text = unpack(content)
    ending = name.casefold().removesuffix(".gz").rpartition(".")[2]
    if ending in ("csv", "tsv", "txt") or (
        ending not in ("json", "ndjson", "jsonl") and not _looks_like_json(text)
    ):
        require_few_lines(text)
        yield from read_csv(text, today=today)
    elif ending in ("ndjson", "jsonl") or _is_bundle_a_line(text):
        require_few_lines(text)
        yield from _lines(text, today=today)
    else:
        packed = content.startswith(GZIP)
        yield read_bundle(
            parse_json(text),
            content=content,
            media_type="application/gzip" if packed else "application/fhir+json",
            digest=hashlib.sha256(text).hexdigest(),
            today=today,
        )


def _looks_like_json(text: bytes) -> bool:
    return text.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def _is_bundle_a_line(text: bytes) -> bool:
    """Whether each of the first two lines is an object of its own."""
    lines = [line for line in text.split(b"\n", 3)[:3] if line.strip()]
    return len(lines) > 1 and all(re.fullmatch(rb"\s*\{.*\}\s*", line) for line in lines[:2])


def _lines(text: bytes, *, today: date) -> Iterator[ReferralReading | Unreadable]:
    for number, line in enumerate(text.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _placed(_bundle(line, today), f"line {number}")
        except Unreadable as wrong:
            yield Unreadable(*(Problem(f"line {number}: {one.place}", one.because) for one in wrong.problems))


def _bundle(line: bytes, today: date) -> ReferralReading:
    digest = hashlib.sha256(line.strip()).hexdigest()
    return read_bundle(
        parse_json(line), content=line, media_type="application/fhir+json", digest=digest, today=today
    )


def _placed(reading: ReferralReading, where: str) -> ReferralReading:
    places = {name: f"{where}: {place}" for name, place in reading.places.items()}
    return replace(reading, place=f"{where}: {reading.place}", places=places)


def _take_in(
    name: str, found: ReferralReading | Unreadable, site: Site, *, by: Actor, at: datetime
) -> ImportReport:
    if isinstance(found, Unreadable):
        return _refusal(name, found)
    try:
        with transaction.atomic():
            return _store(name, found, site, by=by, at=at)
    except Cannot as cannot:
        place = found.places.get(cannot.field, found.place)
        return ImportReport(refused=(RefusedPart(name, place, cannot.because),))
    except IntegrityError:
        # The same referral came in by another import at this moment.
        with transaction.atomic():
            return _store(name, found, site, by=by, at=at)


def _store(name: str, found: ReferralReading, site: Site, *, by: Actor, at: datetime) -> ImportReport:
    # One import at a time: the second of two finds what the first has stored, document and all.
    Organization.objects.select_for_update(no_key=True).get(pk=by.organization)
    earlier = _earlier(found, by)
    if earlier is None:
        return _new(name, found, site, None, by=by, at=at)
    if ReferralDocument.objects.filter(referral__patient=earlier.patient, digest=found.digest).exists():
        return ImportReport(already=(_line(name, found, earlier),))
    if not _is_same_name(found, earlier):
        raise Cannot(
            "This number belongs to someone with another name here. Ask the sender which is right.",
            field="patient",
        )
    if earlier.episodes.exists() or earlier.closures.filter(reopened_at__isnull=True).exists():
        return _new(name, found, site, earlier, by=by, at=at)
    _keep_document(name, found, earlier, by=by, at=at)
    note = "This referral was there; the newer document was put beside it. Details were not changed."
    return ImportReport(already=(_line(name, found, earlier, note),))


def _earlier(found: ReferralReading, by: Actor) -> Referral | None:
    """The newest referral that came with the same number, open or not."""
    first = (
        Referral.objects.select_related("patient")
        .filter(organization_id=by.organization, external_id=found.external_id)
        .first()
    )
    if first is None:
        return None
    again = f"{found.external_id}#"
    newest = Referral.objects.select_related("patient").filter(
        patient=first.patient, external_id__startswith=again
    )
    return newest.order_by("-pk").first() or first


def _is_same_name(found: ReferralReading, earlier: Referral) -> bool:
    """Whether a name is shared; a marriage changes the family name, not both."""
    ours, theirs = found.person, earlier.patient
    one = set(plain(f"{ours.given_name} {ours.family_name}").split())
    other = set(plain(f"{theirs.given_name} {theirs.family_name} {theirs.preferred_name}").split())
    return bool(one & other)


def _new(
    name: str, found: ReferralReading, site: Site, earlier: Referral | None, *, by: Actor, at: datetime
) -> ImportReport:
    suffix = f"#{found.digest[:DIGEST_SHOWN]}" if earlier else ""
    referral = store_referral(
        NewReferral(
            site=site.uid,
            patient=earlier.patient.uid if earlier else None,
            person=found.person,
            source=found.source,
            asked_for_by=found.asked_for_by,
            referrer_name=found.referrer_name,
            referrer_organization=found.referrer_organization,
            referrer_phone=found.referrer_phone,
            concerns=found.concerns,
            reason=found.reason,
            best_times=found.best_times,
            received_at=_received_at(found, site, at),
            external_id=f"{found.external_id}{suffix}",
        ),
        by=by,
        at=at,
    )
    _keep_document(name, found, referral, by=by, at=at)
    return ImportReport(taken_in=(_line(name, found, referral),))


def _received_at(found: ReferralReading, site: Site, at: datetime) -> datetime:
    if found.received_date is None or found.received_date == local_day(at, site.time_zone):
        return at
    return at_local(found.received_date, time(12), site.time_zone)


def _keep_document(name: str, found: ReferralReading, referral: Referral, *, by: Actor, at: datetime) -> None:
    ReferralDocument.objects.create(
        organization_id=by.organization,
        referral=referral,
        title=_title(name, found),
        media_type=found.media_type,
        content=found.content,
        digest=found.digest,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _title(name: str, found: ReferralReading) -> str:
    base = re.split(r"[\\/]", name)[-1].replace("\x00", "").encode("utf-8", "replace").decode()
    return (base if found.place == "Bundle" else f"{base}, {found.place}")[:200]


def _line(name: str, found: ReferralReading, referral: Referral, *notes: Any) -> TakenIn:
    return TakenIn(name, found.place, referral.uid, referral.patient.number, (*found.notes, *notes))


def _refusal(name: str, wrong: Unreadable) -> ImportReport:
    return ImportReport(refused=tuple(RefusedPart(name, one.place, one.because) for one in wrong.problems))
