"""Guards of what is written: once, in turn, over nothing that wasn't read, for good."""

from bench.guards.guard import PATHWAY, guard

DOOR = "tests/faces/web/signing_in"
HELD = "tests/pathway/test_who_holds_what.py"


WRITES = (
    guard(
        "once: a form that was sent is not done again",
        f"{PATHWAY}/submissions.py",
        "    except IntegrityError:\n        return False",
        "    except IntegrityError:\n        return True",
        f"{DOOR}/test_confirming.py",
        "tests/faces/web/aftercare",
        "tests/faces/web/sessions",
    ),
    guard(
        "restored: a database that was put back sends nothing until it is armed",
        f"{PATHWAY}/message/claiming.py",
        "        ~Exists(what_holds()),\n",
        "",
        "tests/faces/worker",
        "tests/pathway/message",
    ),
    guard(
        "version: a plan isn't saved over what wasn't read",
        f"{PATHWAY}/safety_plan/writing.py",
        "    if newest is not None and newest.number != new.after:",
        "    if newest is not None and newest.number < new.after:",
        "tests/pathway/test_safety_plan.py",
    ),
    guard(
        "version: an older state of a medication never replaces a newer one",
        f"{PATHWAY}/medication/changing.py",
        "    if row.version != version:",
        "    if row.version < version:",
        "tests/pathway/medication/test_list.py",
    ),
    guard(
        "version: two hands on one draft",
        f"{PATHWAY}/note/drafts.py",
        "    if draft.version != seen_version:\n        raise _changed(draft, in_one(draft))",
        "    if draft.version < seen_version:\n        raise _changed(draft, in_one(draft))",
        "tests/pathway/test_group_note.py",
    ),
    guard(
        "lock: consents are held while something is sent",
        f"{PATHWAY}/privacy/consents_kept.py",
        "Patient.objects.select_for_update(no_key=True).order_by()",
        "Patient.objects.order_by()",
        HELD,
    ),
    guard(
        "lock: who signs holds the session",
        f"{PATHWAY}/note/signing.py",
        "    Session.objects.select_for_update().get(pk=found.pk)\n",
        "",
        HELD,
    ),
    guard(
        "lock: who writes a note holds the session",
        f"{PATHWAY}/note/drafts.py",
        '    Session.objects.select_for_update(no_key=True).filter(pk=session.pk).values_list("pk").first()\n',
        "",
        HELD,
    ),
    guard(
        "lock: who marks attendance holds the seat",
        f"{PATHWAY}/attendance/attendance.py",
        "Appointment.objects.select_for_update().filter(session=session, released_at__isnull=True)",
        "Appointment.objects.filter(session=session, released_at__isnull=True)",
        HELD,
    ),
    guard(
        "lock: who changes a medication holds the person",
        f"{PATHWAY}/medication/changing.py",
        "    return Patient.objects.select_for_update(no_key=True).get(pk=found.pk)",
        "    return Patient.objects.get(pk=found.pk)",
        HELD,
    ),
    guard(
        "lease: what a worker has is taken by nobody else",
        f"{PATHWAY}/message/claiming.py",
        "        Q(leased_until__isnull=True) | Q(leased_until__lte=at) | Q(leased_until__gt=at + LONGEST_LEASE),\n",
        "",
        "tests/pathway/message/test_outbox.py",
    ),
    guard(
        "lease: what a worker says after another took over counts for nothing",
        f"{PATHWAY}/message/marking.py",
        "MessageWay.objects.filter(pk=taken.way, fence=taken.fence, finished_at__isnull=True)",
        "MessageWay.objects.filter(pk=taken.way, finished_at__isnull=True)",
        "tests/pathway/message/test_outbox.py",
    ),
    guard(
        "fsync: what was acknowledged outlives the power",
        "src/throughcare/settings.py",
        "PRAGMA synchronous=FULL;",
        "PRAGMA synchronous=NORMAL;",
        "tests/building/test_kept_for_good.py",
    ),
    guard(
        "crisis: a person closes it, never the program",
        "src/throughcare/knowledge/crisis/closing.py",
        "    if not by_person:",
        "    if not priority:",
        "tests/pathway/test_crisis_climb.py",
        "tests/knowledge/test_crisis.py",
    ),
    guard(
        "crisis: twice taken is once",
        f"{PATHWAY}/crisis/answering.py",
        "    if last is not None and last.account_id == by.account:\n        return\n",
        "",
        "tests/pathway/test_crisis_climb.py",
    ),
)
