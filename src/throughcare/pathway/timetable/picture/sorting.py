"""What the book holds for each person, sorted: what the picture plans anew, and what stays fixed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughcare.pathway.timetable.picture.forms import Form
from throughcare.pathway.timetable.picture.gathered import AboutPeople, AboutStaff, Booked, Week
from throughcare.pathway.timetable.picture.other_weeks import Beside
from throughcare.pathway.timetable.picture.people_in_week import Known
from throughcare.pathway.timetable.picture.prescription import Prescription, is_group
from throughcare.pathway.timetable.picture.slots_in_week import Held
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment


@dataclass(frozen=True)
class Someone:
    """A person who is to be in the picture."""

    patient: Patient
    episode: int | None
    prescription: Prescription

    @property
    def id(self) -> str:
        """The public id, as the timetable names them."""
        return str(self.patient.uid)


class Sorter:
    """Sorts what is in the book into what the picture plans and what stays fixed, person by person."""

    def __init__(
        self,
        week: Week,
        held: Sequence[Held],
        booked: Booked,
        staff: AboutStaff,
        facts: AboutPeople,
        beside: Beside,
    ) -> None:
        self.week, self.facts, self.beside = week, facts, beside
        self.attended: dict[int, Counter[Form]] = defaultdict(Counter)
        for one in held:
            for stint in one.members:
                self.attended[stint.episode.patient_id][one.form] += 1
        members = {(one.meeting.session, stint.episode.patient_id) for one in held for stint in one.members}
        self.ids = {who.pk: str(who.uid) for who in staff.rows}
        self.visits: dict[int, list[Appointment]] = defaultdict(list)
        self.fixed: dict[int, list[Appointment]] = defaultdict(list)
        for key, seats in booked.seats.items():
            row, leads = booked.sessions[key], booked.staff.get(key, [])
            is_visit = row.group_id is None and row.site_id == week.site.pk and len(seats) == 1
            for seat in seats:
                if (row.uid, seat.patient_id) in members:
                    continue
                if is_visit and leads and leads[0] in self.ids and seat.counts and not seat.is_make_up:
                    self.visits[seat.patient_id].append(seat)
                else:
                    self.fixed[seat.patient_id].append(seat)

    def know_all(self, people: Sequence[Someone]) -> list[Known]:
        """Everything known of each person."""
        return [self._know(one) for one in people]

    def _know(self, one: Someone) -> Known:
        key, lines = one.patient.pk, one.prescription.lines
        most = {line.session_type: one.prescription.most(line) for line in lines if not is_group(line)}
        planned: list[Appointment] = []
        fixed = list(self.fixed[key])
        for seat in self.visits[key]:
            kind = seat.session.session_type
            if sum(other.session.session_type == kind for other in planned) < most.get(kind, 0):
                planned.append(seat)
            else:
                fixed.append(seat)
        return Known(
            id=one.id,
            patient=one.patient,
            episode=one.episode,
            prescription=one.prescription,
            level=self.facts.levels.get(one.episode or 0, ""),
            team=self.facts.teams.get(one.episode or 0, {}),
            wishes=self.facts.wishes.get(key),
            has_video=_has_video(self.facts.devices.get(key)),
            own_time=[span for _, span in self.facts.own_time.get(key, ())],
            attended=self.attended[key],
            never=frozenset(
                self.ids[who] for patient, who in self.facts.never if patient == key and who in self.ids
            ),
            visits=planned,
            fixed=fixed,
            beside=self.beside.kinds.get(key, frozenset()),
            beside_time=self.beside.of_people.get(key, ()),
        )


def _has_video(said: Mapping[str, object] | None) -> bool | None:
    if not said or not said.get("devices"):
        return None
    devices = said["devices"]
    able = isinstance(devices, list) and bool({"smartphone", "computer"} & set(devices))
    return able and said.get("internet") != "no"
