"""The patient's own page about privacy: who may be told what, until when, and how to take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy.consent_views import ConsentView, consents_of_patient
from throughcare.pathway.privacy.restrictions import RestrictionView, restrictions_of_patient
from throughcare.records.people import Patient


@dataclass(frozen=True)
class Known:
    """One person or place, and the consents in force that let them be told something."""

    who: str
    consents: tuple[ConsentView, ...]


@dataclass(frozen=True)
class MyPrivacy:
    """Everything about consents that a patient sees of their own."""

    patient: UUID
    name: str
    in_force: tuple[Known, ...]
    to_sign: tuple[ConsentView, ...]
    over: tuple[ConsentView, ...]
    restrictions: tuple[RestrictionView, ...]


def own_patient(*, by: Actor) -> UUID:
    """The public id of the record that is the actor's own. Raises `Absent` for anyone else."""
    if by.patient is None:
        raise Absent("own record")
    found = Patient.objects.filter(pk=by.patient, organization_id=by.organization).first()
    if found is None:
        raise Absent("own record")
    return (found.absorbed_by or found).uid


def my_privacy(*, by: Actor, at: datetime) -> MyPrivacy:
    """Who may be told what about me, and until when."""
    patient = own_patient(by=by)
    views = consents_of_patient(patient, by=by, at=at)
    return MyPrivacy(
        patient=patient,
        name=Patient.objects.get(uid=patient).called,
        in_force=tuple(_by_recipient(view for view in views if view.standing == "in_force")),
        to_sign=tuple(view for view in views if view.standing == "draft" and not view.lacks),
        over=tuple(view for view in views if view.standing in ("taken_back", "ended", "replaced")),
        restrictions=tuple(
            one for one in restrictions_of_patient(patient, by=by, at=at) if one.ended_at is None
        ),
    )


def _by_recipient(views: Iterable[ConsentView]) -> Iterable[Known]:
    found: dict[str, list[ConsentView]] = {}
    for view in views:
        found.setdefault(view.recipient_plain, []).append(view)
    return (Known(who, tuple(consents)) for who, consents in found.items())


def require_own(view: ConsentView, *, by: Actor) -> None:
    """Raise `Absent` unless the consent is of the actor's own record."""
    if view.patient != own_patient(by=by):
        raise Absent("consent")
