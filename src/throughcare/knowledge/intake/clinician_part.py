"""The clinician's part of the intake: facts that a placement needs and no questionnaire gives. [ours]"""

from throughcare.knowledge.intake.question import MOST, Question, Section


def fact(code: str, wording: str, hint: str = "") -> Question:
    """A yes-or-no fact; not known stays not known and never means no."""
    return Question(
        code,
        wording,
        "yes_no_unknown",
        hint=hint,
        asked_by="clinician",
        fact=code,
        means={"yes": True, "no": False},
    )


def count(code: str, wording: str, hint: str = "", *, most: int = MOST) -> Question:
    """A number; empty is not known."""
    return Question(code, wording, "count", hint=hint, asked_by="clinician", fact=code, most=most)


CHECKLIST = Section(
    "checklist",
    "Facts for the placement",
    lead="Mark what you know. “Not known” is listed as missing; it never counts as a no.",
    asked_by="clinician",
    questions=(
        fact("intent_and_plan_to_harm_other", "Intent and a plan to harm another person"),
        fact("medically_unstable", "Medically unstable now", "Vital signs, chest pain, or your own concern"),
        fact("delirium", "Delirium now"),
        fact("overdose_now", "Overdose now"),
        fact("group_impossible", "Group not safe or not possible", "Psychosis, mania or cognition"),
        fact("past_withdrawal_seizure_or_dt", "Withdrawal seizure or delirium tremens in the past"),
        fact("heavy_use_now", "Heavy use now"),
        fact("daily_sedative_and_alcohol", "Daily sedatives together with alcohol"),
        fact("pregnant_and_in_withdrawal", "Pregnant and in withdrawal"),
        count("overdoses_90_days", "Overdoses in the last 90 days"),
        count(
            "use_days_per_week_despite_full_iop",
            "Days of use a week in spite of a full intensive outpatient program",
            "0 if the person was not in one",
            most=7,
        ),
        fact("home_unsafe", "Home unsafe", "Violence, or no shelter"),
        fact("safe_alternative", "A safe place to stay instead"),
        fact("recovery_residence_accepted", "Would accept a recovery residence"),
        fact("coping_at_home", "Copes at home in spite of its problems"),
        fact("sober_support", "Someone close who supports sobriety"),
    ),
)
