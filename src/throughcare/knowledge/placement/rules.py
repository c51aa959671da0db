"""The rules of the decision table as questions, one function each. [ours; domains 0-4, no licensed criteria]

Choices where the table leaves room, each on the side of safety:

* A rating of 4 means “unsafe without 24-hour care”. W=4 stops as severe withdrawal and P=4 as the clinician's
  medical flag, because no other row would catch them. M=4, U=4 and H=4 hold with the evidence or without it.
* Once a clinician has rated a domain, evidence behind that rating that isn't given isn't missed (M for
  `group_impossible`, U for overdoses and use days, H for `home_unsafe`, W=0 for both withdrawal scales). What
  stops a start by itself is always asked.
* An unknown safe alternative counts as none. An H of 3 without known coping is missing a fact; with no coping
  the table has no row, so a clinician decides.
"""

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.levels_of_care import next_up
from throughcare.knowledge.placement.answers import NO, Answer, Case, all_of, any_of, rated


def imminent_risk(case: Case) -> Answer:
    """S1: C-SSRS Q4 or Q5, a suicidal act within three months with thoughts now, ASQ acute, a plan to harm."""
    return any_of(suicide_screen(case), case.yes("intent_and_plan_to_harm_other"))


def suicide_screen(case: Case) -> Answer:
    """C-SSRS or ASQ: either, when it was given, answers for the other; with neither the C-SSRS is missing."""
    cssrs, asq = cssrs_imminent(case), case.yes("asq_acute")
    if cssrs.holds or asq.holds:
        return any_of(cssrs, asq)
    if not any(vars(case.facts.c_ssrs)[name] is not None for name in vars(case.facts.c_ssrs)):
        return NO if asq.holds is False else Answer(None, missing=("c_ssrs",))
    return cssrs


def cssrs_imminent(case: Case) -> Answer:
    """Intent or plan, or suicidal behavior within three months together with any thought now."""
    thoughts = any_of(*(cssrs_item(case, n) for n in range(1, 6)))
    return any_of(cssrs_item(case, 4), cssrs_item(case, 5), all_of(recent_behavior(case), thoughts))


def cssrs_item(case: Case, n: int) -> Answer:
    """A question of the screener; questions 3 to 5 aren't asked after a no to question 2."""
    skipped = n in (3, 4, 5) and case.facts.value(f"c_ssrs.q{n}") is None and case.facts.c_ssrs.q2 is False
    return NO if skipped else case.yes(f"c_ssrs.q{n}")


def recent_behavior(case: Case) -> Answer:
    """Question 6 within three months; a recent act that question 6 denies is a contradiction, so not known."""
    ever, recent = case.facts.c_ssrs.q6, case.facts.c_ssrs.q6_within_3_months
    if recent and ever is False:
        return Answer(None, missing=("c_ssrs.q6", "c_ssrs.q6_within_3_months"))
    if recent:
        return Answer(True, facts=("c_ssrs.q6", "c_ssrs.q6_within_3_months")[0 if ever else 1 :])
    return all_of(case.yes("c_ssrs.q6"), case.yes("c_ssrs.q6_within_3_months"))


def severe_withdrawal(case: Case) -> Answer:
    """S2: CIWA-Ar 19 or more, a past seizure or delirium tremens with heavy use now, delirium, overdose, W=4."""
    return any_of(
        withdrawal_scale(case, "ciwa_ar", 19),
        all_of(case.yes("past_withdrawal_seizure_or_dt"), case.yes("heavy_use_now")),
        case.yes("delirium"),
        case.yes("overdose_now"),
        case.at_least("domains.W", 4),
    )


def withdrawal_scale(case: Case, key: str, least: int) -> Answer:
    """A withdrawal scale at this score or above; not asked of someone rated free of withdrawal."""
    return NO if case.number(key) is None and case.facts.domains.W == 0 else case.at_least(key, least)


def medically_unstable(case: Case) -> Answer:
    """S3: unstable vital signs, chest pain, pregnancy with withdrawal, or a clinician's flag (P=4)."""
    return any_of(
        case.yes("medically_unstable"),
        case.yes("pregnant_and_in_withdrawal"),
        case.at_least("domains.P", 4),
    )


def psychiatric_inpatient(case: Case) -> Answer:
    """S4: psychosis, mania or cognition that makes a group unsafe or impossible (M=4)."""
    return rated(case.at_least("domains.M", 4), case.yes("group_impossible"))


def moderate_withdrawal(case: Case) -> Answer:
    """R1: CIWA-Ar from 10, a daily sedative with alcohol, COWS from 13."""
    return any_of(
        withdrawal_scale(case, "ciwa_ar", 10),
        case.yes("daily_sedative_and_alcohol"),
        withdrawal_scale(case, "cows", 13),
    )


def opioid_medication_now(case: Case) -> Answer:
    """R2: COWS 5 to 12."""
    return all_of(withdrawal_scale(case, "cows", 5), case.at_most("cows", 12))


def use_needs_24_hours(case: Case) -> Answer:
    """R3: U=4, two overdoses in 90 days, or use on more than three days a week despite full intensive care."""
    return rated(
        case.at_least("domains.U", 4),
        case.at_least("overdoses_90_days", 2),
        case.above("use_days_per_week_despite_full_iop", 3),
    )


def home_unsafe(case: Case) -> Answer:
    """R4: violence or no shelter (H=4), and no safe alternative is known."""
    unsafe = rated(case.at_least("domains.H", 4), case.yes("home_unsafe"))
    alternative = case.facts.safe_alternative
    if not unsafe.holds or alternative:
        return NO if alternative else unsafe
    known = ("safe_alternative", "recovery_residence_accepted")
    return Answer(
        True,
        facts=(*unsafe.facts, *(key for key in known if case.facts.value(key) is not None)),
        missing=tuple(key for key in known if case.facts.value(key) is None),
    )


def residence_is_enough(case: Case) -> bool:
    """R4: a recovery residence is accepted, and U is known to be 2 or less."""
    use = case.facts.domains.U
    return bool(case.facts.recovery_residence_accepted) and use is not None and use <= 2


def daily_structure(case: Case) -> Answer:
    """R5: M=3 or U=3, or any two of W, P, M, U and H at 3; E is no such domain."""
    return any_of(case.at_least("domains.M", 3), case.at_least("domains.U", 3), two_domains(case))


def two_domains(case: Case) -> Answer:
    """Two of the five domains at 3 or more; not known while those not rated could make two."""
    answers = [case.at_least(f"domains.{name}", 3) for name in "WPMUH"]
    held = [found for found in answers if found.holds]
    unknown = [found for found in answers if found.holds is None]
    if len(held) >= 2:
        return all_of(*held)
    if len(held) + len(unknown) >= 2:
        return Answer(None, missing=tuple(key for found in unknown for key in found.missing))
    return NO


def intensive_need(case: Case) -> Answer:
    """R6: U=2 or M=2, or H=3 with coping at home."""
    home = all_of(case.equals("domains.H", 3), case.yes("coping_at_home"))
    found = any_of(case.equals("domains.U", 2), case.equals("domains.M", 2), home)
    if found.holds and case.facts.domains.H == 3 and case.facts.coping_at_home is None:
        return Answer(True, found.facts, ("coping_at_home",))
    return found


def outpatient_enough(case: Case) -> Answer:
    """R7: M, U and H at most 1 and no withdrawal."""
    return all_of(
        case.at_most("domains.M", 1),
        case.at_most("domains.U", 1),
        case.at_most("domains.H", 1),
        case.at_most("domains.W", 0),
    )


def not_progressing(case: Case) -> Answer:
    """R8: two weeks at a level, attending three quarters, and reliably worse or two unexpected positives."""
    here = case.facts.current_level
    if here is None or not (next_up(here) or LEVELS[here].on_ladder):
        return NO
    found = all_of(
        case.at_least("weeks_at_level", case.setting("placement.not_progressing_weeks")),
        case.at_least("attendance", case.setting("placement.not_progressing_attendance")),
        any_of(
            case.yes("reliably_worse"),
            case.at_least("unexpected_positives", case.setting("placement.not_progressing_tests")),
        ),
    )
    return Answer(found.holds, (("current_level", *found.facts) if found.holds else ()), found.missing)


def needs_support(case: Case) -> Answer:
    """R9: H at 2 or more, or no sober support."""
    return any_of(case.at_least("domains.H", 2), case.no("sober_support"))
