"""Whose names of the whole clinic a note may hold by mistake: found by blind keys, so that few names are opened."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from throughcare.knowledge.recording.names_elsewhere import index_clinic, name_candidates
from throughcare.knowledge.recording.names_in_notes import NameIndex, RosterName
from throughcare.pathway.people.search_keys import key_of_word, words_of
from throughcare.records.people import Patient, PatientSearchKey, Practitioner, RelatedPerson

NOBODY = index_clinic(())


@dataclass(frozen=True)
class Elsewhere:
    """The clinic's people whose names could stand in a note, and who may be named in it: staff, each one's own kin."""

    clinic: NameIndex
    staff: tuple[RosterName, ...] = ()
    kin: Mapping[int, tuple[RosterName, ...]] | None = None

    def may_be_named(self, patient: int) -> tuple[RosterName, ...]:
        """Who may be named in this patient's own part."""
        return (*self.staff, *(self.kin or {}).get(patient, ()))


def roster_name(person: Patient) -> RosterName:
    """The person's names, for the gate of names."""
    return RosterName(person.given_name, person.family_name, person.preferred_name)


def people_elsewhere(texts: Iterable[str], *, organization: int, roster: Collection[int]) -> Elsewhere:
    """Everyone of the organization with a name in these texts who isn't on the roster; three queries at most."""
    words = {part for word in name_candidates(texts) for part in words_of(word)}
    if not words:
        return Elsewhere(NOBODY)
    keys = [key_of_word(word, organization) for word in words]
    named = PatientSearchKey.objects.filter(key__in=keys, former=False).values("patient")
    people = Patient.objects.filter(organization_id=organization, absorbed_by__isnull=True, pk__in=named)
    names = [roster_name(person) for person in people.exclude(pk__in=roster)]
    if not names:
        return Elsewhere(NOBODY)
    kin: dict[int, tuple[RosterName, ...]] = {}
    for one in RelatedPerson.objects.filter(patient__in=roster):
        kin[one.patient_id] = (*kin.get(one.patient_id, ()), RosterName(one.name, ""))
    staff = Practitioner.objects.filter(organization_id=organization)
    return Elsewhere(
        clinic=index_clinic(names),
        staff=tuple(RosterName(*both) for both in staff.values_list("given_name", "family_name")),
        kin=kin,
    )
