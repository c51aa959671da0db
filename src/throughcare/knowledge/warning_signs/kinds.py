"""Every warning sign: its name, what it is, what is due, and the function that looks for it. One row each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.safety import reassess_days
from throughcare.knowledge.warning_signs import (
    attending,
    contacting,
    living,
    medicating,
    safety_dues,
    scoring,
    testing,
)
from throughcare.knowledge.warning_signs.picture import Picture
from throughcare.knowledge.warning_signs.sign import Sign, days, seen_anew, setting, shifted
from throughcare.knowledge.warning_signs.tier import screened, tier_in_force

SOURCE = "domain table of warning signs; program default"


@dataclass(frozen=True)
class SignKind:
    """One kind of sign. `no_longer` is said when new facts withdraw it; `look` finds it in a picture.

    `of_late`: it rests on facts of the last weeks alone, not on everything since admission.
    """

    code: str
    title: str
    definition: str
    action: str
    owner_role: str
    no_longer: str
    look: Callable[[Picture], Iterable[Sign]]
    of_late: bool = True
    source: str = SOURCE


KINDS = (
    SignKind(
        "late",
        "Often late",
        "Late by 15 minutes or more, twice in 7 days.",
        "Ask at the next check-in what makes it hard to be on time.",
        "facilitator",
        "By the attendance as it stands now they were not late that often.",
        attending.late,
    ),
    SignKind(
        "no_show",
        "No-show",
        "Absent 15 minutes after the start without canceling at least 2 hours before.",
        "Call within two hours; write down what came of it by the end of the next day.",
        "case_manager",
        "The attendance was corrected: they came, or were excused.",
        attending.no_show,
    ),
    SignKind(
        "attendance_low",
        "Attendance low",
        "Less than 75 % of the week's planned hours.",
        "Offer a make-up and look at what stands in the way.",
        "case_manager",
        "The week's hours are no longer low in this way.",
        attending.attendance,
    ),
    SignKind(
        "attendance_critical",
        "Attendance critical",
        "Less than 50 % of the week's planned hours, or 3 no-shows in 14 days.",
        "Meet as a team within two days and look at the level of care.",
        "clinician",
        "The week's hours are no longer critical.",
        attending.attendance,
    ),
    SignKind(
        "silent",
        "Silent",
        "Seven days without any contact.",
        "Three attempts by two ways; then the emergency contact, if consented, and a letter; a welfare check at risk.",
        "case_manager",
        "They were in touch.",
        contacting.silent,
        of_late=False,
    ),
    SignKind(
        "score_worse",
        "Score worse",
        "Reliably worse than the best score so far.",
        "A clinician talks with them within three days.",
        "clinician",
        "A newer or corrected answer is no longer reliably worse.",
        scoring.score_worse,
        of_late=False,
    ),
    SignKind(
        "no_change_4w",
        "No gain in four weeks",
        "No reliable gain by week four.",
        "Review the care plan.",
        "clinician",
        "A reliable gain has come.",
        scoring.no_change_4w,
        of_late=False,
    ),
    SignKind(
        "item9",
        "Item 9",
        "PHQ item 9 above 0.",
        "Ask the C-SSRS today.",
        "clinician",
        "The answer was corrected.",
        scoring.item9,
        of_late=False,
    ),
    SignKind(
        "test_unexpected",
        "Unexpected test",
        "A test result that medication and disclosed use don't explain.",
        "Talk in the next session and give naloxone.",
        "clinician",
        "The result was corrected or explained.",
        testing.unexpected_test,
    ),
    SignKind(
        "test_avoid",
        "Tests avoided",
        "Two tests refused, missed or tampered with in 14 days.",
        "Talk in the next session and give naloxone.",
        "clinician",
        "By the tests as they stand now they were not avoided that often.",
        testing.avoided_tests,
    ),
    SignKind(
        "med_missed",
        "Medication missed",
        "Two or more daily doses missed, or a late injection.",
        "Tell the prescriber.",
        "prescriber",
        "The doses were taken or given by what is known now.",
        medicating.med_missed,
    ),
    SignKind(
        "craving_high",
        "Strong craving",
        "Craving of 7 or more of 10, twice in 7 days.",
        "An individual session within 48 hours.",
        "clinician",
        "By the answers as they stand now craving was not that strong.",
        living.craving_high,
    ),
    SignKind(
        "own_signs",
        "Own warning signs",
        "Signs that the person named themselves, ticked this week.",
        "Talk with them about their own plan.",
        "clinician",
        "By the answers as they stand now fewer of their own signs were there.",
        living.own_signs,
    ),
    SignKind(
        "life_event",
        "Life event",
        "Housing, arrest, job, a loss, an anniversary.",
        "A case manager takes it up within two days.",
        "case_manager",
        "The event was recorded by mistake.",
        living.life_event,
    ),
    SignKind(
        "portal_language",
        "Words of crisis",
        "Words of crisis in what the person wrote.",
        "Read it within 30 minutes.",
        "clinician",
        "The words were taken back.",
        living.portal_language,
    ),
    SignKind(
        "reassess_due",
        "Risk to be asked again",
        "The C-SSRS is due again by the suicide tier.",
        "Ask the C-SSRS.",
        "clinician",
        "The C-SSRS was asked.",
        safety_dues.reassess_due,
        of_late=False,
    ),
    SignKind(
        "safety_plan_missing",
        "No safety plan",
        "A suicide tier without a safety plan.",
        "Make the safety plan with them.",
        "clinician",
        "The safety plan is made.",
        safety_dues.safety_plan_missing,
        of_late=False,
    ),
)
KIND = {kind.code: kind for kind in KINDS}
LOOKS = tuple(dict.fromkeys(kind.look for kind in KINDS))
MORNING = timedelta(hours=5)


def all_signs(picture: Picture) -> tuple[Sign, ...]:
    """Every sign in the picture, also those that an act among the facts has answered; in a fixed order."""
    found = [sign for look in LOOKS for sign in look(picture)]
    return tuple(sorted(found, key=lambda sign: (sign.risk != "high", sign.due_at, sign.code, sign.topic)))


def signs_of(picture: Picture) -> tuple[Sign, ...]:
    """The signs that stand: nobody has answered them yet. High risk first, then by what is due first."""
    return tuple(sign for sign in all_signs(picture) if sign.answered_at is None)


def would_stand(picture: Picture, *, code: str, topic: str, lapses_at: datetime | None) -> bool:
    """Whether a sign that was raised stands by what is known now, were its own time not over.

    What only time took away goes on standing until a person acts; what new facts took away is withdrawn.
    """
    if lapses_at is not None and picture.at > lapses_at:
        picture = replace(picture, at=lapses_at - timedelta(microseconds=1))
    return any((sign.code, sign.topic) == (code, topic) for sign in KIND[code].look(picture))


def next_look_at(picture: Picture) -> datetime:
    """When time alone may raise the next sign; the next morning at the latest, when everyone is looked at."""
    tomorrow = local_day(picture.at, picture.zone) + timedelta(days=1)
    moments = [day_bounds(tomorrow, picture.zone)[0] + MORNING]
    last = contacting.last_contact(picture)
    if last is not None:
        moments.append(_next(picture, last, days(picture, "outreach.silent_days")))
    asked, within = screened(picture), reassess_days(tier_in_force(picture), picture.settings)
    if asked and within is not None:
        moments.append(_next(picture, asked[-1][0], within))
    wait = timedelta(minutes=float(setting(picture, "attendance.no_show_minutes")))
    moments += [
        one.starts_at + wait for one in picture.sessions if one.cancelled_at or one.status == "no_show"
    ]
    moments += [day_bounds(one.day, picture.zone)[1] for one in picture.doses]
    return min(moment for moment in moments if moment > picture.at)


def _next(picture: Picture, first: datetime, every: int) -> datetime:
    """The next time that so many days have passed again since a moment."""
    return shifted(picture, seen_anew(picture, first, every), every)
