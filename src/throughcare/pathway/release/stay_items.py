"""Who the person is and how they came, stayed and left, item by item."""

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.discharge import ALL as REASONS
from throughcare.knowledge.intake.placing import GAP_REASONS
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.pathway.discharge.discharge_summary import Summary, read_summary
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, filled, paragraphs, say_date
from throughcare.pathway.session.session_rows import signature_of
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import Diagnosis, Stay
from throughcare.records.placements import PlacementDecision
from throughcare.records.referrals import Referral


def identity(whose: Whose) -> Items:
    """Name, birth date and where they can be reached. It is of no day."""
    one = whose.patient
    # Where home isn't safe, no paper carries the way there.
    shut = ways_shut([one.pk])[one.pk]
    lines = filled(
        ("Name", f"{one.given_name} {one.family_name}".strip()),
        ("Goes by", one.preferred_name if one.preferred_name != one.given_name else ""),
        ("Pronouns", one.pronouns),
        ("Born", say_date(one.birth_date) if one.birth_date else ""),
        ("Sex", one.sex),
        ("Phone", "" if shut & {"phone", "text"} else one.phone),
        ("E-mail", "" if "email" in shut else one.email),
        ("Address", "" if "post" in shut else "No fixed address" if one.no_fixed_address else one.address),
    )
    yield Item("identity", "Name and contact details", None, lines)


def referrals(whose: Whose) -> Items:
    """Each time someone asked for help for them, and why."""
    rows = Referral.objects.filter(patient=whose.patient, received_at__lte=whose.as_of)
    for row in rows.order_by("received_at", "pk"):
        who = row.referrer_organization or row.referrer_name
        lines = (*filled(("From", who), ("By", row.referrer_name if who != row.referrer_name else "")),)
        yield Item(
            "referral",
            f"Referred by {who}" if who else "Asked for help",
            local_day(row.received_at, whose.zone),
            (*lines, *filled(("Concerns", ", ".join(map(str, row.concerns)))), *paragraphs(row.reason)),
        )


def episodes(whose: Whose) -> Items:
    """Each stay from the day it began, and the day they left: one event an item, so that a period cuts cleanly."""
    first: set[int] = set()
    rows = Stay.objects.select_related("episode").filter(
        episode__patient=whose.patient, began_at__lte=whose.as_of
    )
    for stay in rows.order_by("began_at", "pk"):
        word = "Moved to" if stay.episode_id in first else "Admitted to"
        title = LEVELS[stay.level].title if stay.level in LEVELS else stay.level
        first.add(stay.episode_id)
        day = local_day(stay.began_at, whose.zone)
        yield Item("episode", f"{word} {title.lower()}", day)
    ended = {stay.episode_id: stay.episode.ended_at for stay in rows}
    for left_at in sorted(at for at in ended.values() if at and at <= whose.as_of):
        day = local_day(left_at, whose.zone)
        yield Item("episode", "Left the program", day)


def placements(whose: Whose) -> Items:
    """Each decision about the level of care, with the reason for placing elsewhere."""
    rows = PlacementDecision.objects.select_related("practitioner").filter(
        assessment__patient=whose.patient, decided_at__lte=whose.as_of
    )
    for row in rows.order_by("decided_at", "pk"):
        indicated, placed = (
            LEVELS[code].title if code in LEVELS else code for code in (row.indicated, row.placed)
        )
        gap = GAP_REASONS.get(row.override_code, row.override_code) if row.placed != row.indicated else ""
        yield Item(
            "placement",
            f"Placed: {placed}",
            local_day(row.decided_at, whose.zone),
            filled(
                ("Indicated", indicated),
                ("Placed elsewhere", gap),
                ("", row.override_text),
                ("Decided by", signature_of(row.practitioner, row.credential)),
            ),
        )


def diagnoses(whose: Whose) -> Items:
    """The diagnoses that stood at that moment, the principal one first."""
    rows = Diagnosis.objects.select_related("practitioner").filter(
        episode__patient=whose.patient, recorded_at__lte=whose.as_of
    )
    standing = [row for row in rows if row.ended_at is None or row.ended_at > whose.as_of]
    for row in sorted(standing, key=lambda one: (one.rank, one.pk)):
        yield Item(
            "diagnosis",
            f"{row.code} {row.title}",
            local_day(row.recorded_at, whose.zone),
            filled(("Made by", signature_of(row.practitioner)), ("", "Principal" if row.rank == 1 else "")),
        )


def discharges(whose: Whose) -> Items:
    """The signed summary of each episode that has ended, in the words that were signed."""
    rows = Discharge.objects.filter(episode__patient=whose.patient, discharged_at__lte=whose.as_of)
    for row in rows.order_by("discharged_at", "pk"):
        summary = read_summary(row.summary)
        yield Item(
            "discharge",
            f"Discharge summary: {REASONS[row.reason].word if row.reason in REASONS else row.reason}",
            local_day(row.discharged_at, whose.zone),
            _summary_lines(summary),
        )


def _summary_lines(told: Summary) -> tuple[str, ...]:
    return (
        *filled(
            ("In the program", f"{told.admitted} to {told.discharged}"),
            ("Why the person came", told.came_because),
            ("Course and discharge", told.text),
            ("Attendance", told.attendance),
            ("Completion", told.completion),
            ("Diagnoses", "; ".join(told.diagnoses)),
        ),
        *(f"{one.name}: first {one.first}, last {one.last}. {one.change}" for one in told.measures),
        *(f"Goal “{one.own_words}”: {one.standing}. {one.because}" for one in told.goals),
        *filled(
            ("What helped", told.helped),
            ("Medications", told.medications),
            ("Relapse plan", "; ".join(told.relapse_plan)),
            ("Next place", told.next_place),
            ("Next visit", told.next_visit),
            ("Signed by", f"{told.signed_by}, {told.signed}"),
        ),
    )
