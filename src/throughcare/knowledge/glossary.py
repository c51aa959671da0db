"""The field's words as this program uses them, with FHIR's where they agree."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One word: what it means here, and the FHIR R4 resource it is exchanged as, if one fits."""

    word: str
    meaning: str
    fhir: str = ""


TERMS = (
    Term(
        "Addendum",
        "Words added to a signed note; the note itself stays as it was.",
        "DocumentReference (relatesTo appends)",
    ),
    Term(
        "Admission",
        "The moment a person's episode of care begins, at the level they were placed at.",
        "EpisodeOfCare",
    ),
    Term(
        "Agreement",
        "A document that the patient signed on screen, with the exact words that were shown.",
        "Consent",
    ),
    Term(
        "Aftercare",
        "What carries a person on after discharge: the next visit, and whether it was kept.",
        "Appointment",
    ),
    Term("Appointment", "A seat for one person at one session: they are expected.", "Appointment"),
    Term(
        "Assessment",
        "The intake: what the person told, what the clinician found, the six domains.",
        "Encounter, QuestionnaireResponse",
    ),
    Term("Attendance", "Whether a person came to a session, and the minutes that counted.", "Encounter"),
    Term(
        "Care plan",
        "Problems, goals in the person's own words, objectives, interventions and a prescription; in versions.",
        "CarePlan",
    ),
    Term("Care team", "The practitioners of an episode, each with a part.", "CareTeam"),
    Term("Census", "Everyone in the program now, at a glance.", "MeasureReport"),
    Term(
        "Check-in",
        "A person's own answers before a session: mood, craving, sleep, practice, a sentence. No attendance by itself.",
        "QuestionnaireResponse",
    ),
    Term("Check-out", "What a person says they take with them at the end of a session."),
    Term("Climate", "How a session was for its group: four taps counted without names."),
    Term(
        "Commitment",
        "What a person's own life asks of their week: work, school, children, court, dosing, transport.",
        "Slot (busy)",
    ),
    Term(
        "Discharge",
        "The end of an episode, with its reason, its summary and the next visit.",
        "EpisodeOfCare, DocumentReference",
    ),
    Term(
        "Domain",
        "One of the six areas rated 0 to 4 at intake: W withdrawal, P physical, M mind, U use, H home, E engagement.",
        "Observation",
    ),
    Term(
        "Curriculum", "Topics in order for one kind of session, each with aim, outline, skill and homework."
    ),
    Term("Episode of care", "One time through the program, from admission to discharge.", "EpisodeOfCare"),
    Term("Goal", "What the person wants, in their own words.", "Goal"),
    Term("Group", "People who meet every week for one kind of session, on a track, with seats.", "Group"),
    Term(
        "Homework",
        "What a person practices between sessions, from a session's topic or by hand, and what came of it.",
        "Task",
    ),
    Term(
        "Hour ledger",
        "Hours prescribed, planned and delivered, week by week, and why each minute counts or not.",
        "MeasureReport",
    ),
    Term(
        "Indicated level",
        "The level of care that the decision table gives for the facts known.",
        "Observation",
    ),
    Term(
        "Intervention",
        "What the program does for an objective: a kind of session, and how often.",
        "CarePlan.activity",
    ),
    Term("Kept apart", "Two people who must not meet in a group; why is nobody else's business.", ""),
    Term("Level of care", "How intensive treatment is, from outpatient to hospital.", "EpisodeOfCare.type"),
    Term(
        "Make-up session",
        "A session that replaces a missed one, so that the week keeps its hours.",
        "Appointment",
    ),
    Term(
        "Measure", "A questionnaire that was answered, and its score.", "QuestionnaireResponse, Observation"
    ),
    Term("Membership", "A stint of a person in a group; who leaves and comes back has two.", "Group.member"),
    Term("Note", "What was signed about one person's part in one session.", "DocumentReference"),
    Term(
        "Medication",
        "Something a person takes, as they or others tell it, with every change of it kept.",
        "MedicationRequest, MedicationStatement",
    ),
    Term("Objective", "A step toward a goal that can be measured.", "Goal.target"),
    Term("Patient", "A person who asked for help, from the first call on.", "Patient"),
    Term(
        "Placed level",
        "The level at which a clinician places the person; it may differ from the indicated one, with a reason.",
        "EpisodeOfCare.type",
    ),
    Term("Practitioner", "Someone who treats, with a credential.", "Practitioner, PractitionerRole"),
    Term("Prescription", "Hours a week and the mix of sessions that make them up.", "CarePlan.activity"),
    Term(
        "Presence",
        "Proof that a person was there: the room's code, the kiosk, or the session's own video link.",
    ),
    Term("Problem", "What is hard, in plain words; it may rest on a diagnosis.", "Condition"),
    Term("Program day", "A day with enough attended minutes to be billed per diem.", "ChargeItem"),
    Term(
        "Reconciliation",
        "Going through the whole list of medications with a person: each goes on, changes, stops, or isn't known.",
        "List, MedicationStatement",
    ),
    Term(
        "Referral",
        "A request for help: from the person, someone near them, or another provider.",
        "ServiceRequest",
    ),
    Term(
        "Related person",
        "Someone in a patient's life: family, friend, sponsor, child, emergency contact.",
        "RelatedPerson",
    ),
    Term(
        "Reliable change",
        "A change in a score that is larger than the instrument's own error.",
        "Observation",
    ),
    Term(
        "Session",
        "One meeting: of a group, one-to-one, with family, with a prescriber.",
        "Encounter (partOf)",
    ),
    Term("Stay", "The part of an episode that was spent at one level of care.", "EpisodeOfCare per level"),
    Term("Step", "A change of level: one stay ends and the next begins the same minute.", "EpisodeOfCare"),
    Term(
        "Topic",
        "What a session is about: the next one of the curricula a group follows, or another that was chosen.",
    ),
    Term("Track", "When and where groups meet: day, evening, weekend, telehealth.", "HealthcareService"),
    # The privacy desk's words.
    Term(
        "Access",
        "One time that someone opened a person's record, or was refused: who, when, what and what for.",
        "AuditEvent",
    ),
    Term(
        "Break-glass",
        "Opening a guarded record or one in an emergency, for a stated reason and a few hours; it is reviewed.",
        "AuditEvent (purpose BTG)",
    ),
    Term(
        "Consent",
        "What a person allows to be told, to whom, for what and until when, with all that 42 CFR 2.31 asks for.",
        "Consent",
    ),
    Term(
        "Counseling notes kept apart",
        "A counselor's own notes of what was said (42 CFR 2.11); only who wrote them opens them.",
        "DocumentReference (PSYTHPN or SUD, never exchanged)",
    ),
    Term(
        "Court order",
        "A judge's order under 42 CFR 2.64 or 2.65: it opens the kinds and days it names, and nothing else.",
        "",
    ),
    Term(
        "Disclosure",
        "Something about a person that left the program: to whom, what, why and under which consent.",
        "AuditEvent, Provenance",
    ),
    Term(
        "Disclosure book",
        "All disclosures, in order, never changed; the person may read their own part.",
        "AuditEvent",
    ),
    Term(
        "Guarded record",
        "The record of a colleague, or one marked for extra privacy: it opens to the care team only.",
        "Resource.meta.security",
    ),
    Term("Lens", "What one recipient would see, item by item, before anything is sent.", ""),
    Term(
        "Neither confirm nor deny",
        "The same answer for every name to who asks whether someone is a patient.",
        "",
    ),
    Term("Off-panel", "Of a chart: opened by someone who treats others, but not this person.", ""),
    Term(
        "Part 2",
        "42 CFR Part 2, the federal rule that protects records of substance use treatment.",
        "Resource.meta.security (42CFRPart2)",
    ),
    Term(
        "Purpose",
        "What a record is opened or sent for: treatment, payment, operations, an emergency and a few more.",
        "PurposeOfUse",
    ),
    Term(
        "Redisclosure",
        "Passing on what was received; the federal statement says when it is forbidden.",
        "Resource.meta.security (NORDSCLCD)",
    ),
    Term(
        "Restriction",
        "What the program agreed with a person not to give out (42 CFR 2.26).",
        "Consent (provision deny)",
    ),
    Term(
        "Revocation",
        "Taking a consent back: from that moment nothing more is sent under it.",
        "Consent (inactive)",
    ),
    Term(
        "Single consent",
        "One consent for all future treatment, payment and running of the program, and for nothing else.",
        "Consent",
    ),
    Term("Subpoena", "A demand for records or testimony; alone it opens nothing here.", ""),
)
