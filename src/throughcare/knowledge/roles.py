"""The roles that people hold in a program; a person may hold several."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role, its word on screen, and whether it is held by staff."""

    code: str
    title: str
    about: str
    staff: bool = True


ALL = {
    role.code: role
    for role in (
        Role("front_desk", "Reception", "Greets, takes calls and messages; opens no records."),
        Role("admissions", "Admissions", "Answers the first call and owns referrals until admission."),
        Role("clinician", "Clinician", "Assesses, places, plans and treats one to one."),
        Role("facilitator", "Group facilitator", "Leads groups and records them."),
        Role("case_manager", "Case manager", "Housing, work, transport, letters, aftercare."),
        Role("nurse", "Nurse", "Withdrawal scales, drug tests, medications."),
        Role("prescriber", "Prescriber", "Psychiatric visits and medications."),
        Role("reviewer", "Utilization reviewer", "Shows payers why care is needed."),
        Role("biller", "Biller", "Claims; sees what a claim needs and no more."),
        Role("director", "Clinical director", "Answers for the program: census, staff, numbers."),
        Role("compliance", "Compliance officer", "Sees who saw what."),
        Role("admin", "Administrator", "Sites, rooms, staff, settings; no charts."),
        Role("patient", "Patient", "The person in care.", staff=False),
        Role("family", "Family", "Someone whom the patient lets in.", staff=False),
        Role("alumnus", "Alumnus", "A person who has left the program.", staff=False),
    )
}

STAFF = frozenset(code for code, role in ALL.items() if role.staff)
OPENS_CHARTS = STAFF - {"front_desk", "admin"}
TREATING = frozenset({"clinician", "facilitator", "case_manager", "nurse", "prescriber", "director"})
