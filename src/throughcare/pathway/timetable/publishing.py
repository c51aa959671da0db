"""Publishing a plan: shown before it is done, done in one transaction, told to everyone it touches, once.

Two who publish at once are told apart by the week they saw: the second sees what changed meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.timetable.applying import Applying
from throughcare.pathway.timetable.moves import Moves, Week, moves_of, week_as_it_stands, week_of_plan
from throughcare.pathway.timetable.picture import Picture, picture_of
from throughcare.pathway.timetable.plans import OpenPlan, names_of, open_plan, require_settled, told_of
from throughcare.pathway.timetable.telling import write_notices
from throughcare.pathway.timetable.week_words import Wording
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.timetable_runs import Publication
from throughcare.records.timetables import Group
from throughcare.timetable.constraints import Broken
from throughcare.timetable.interchange import write_plan


@dataclass(frozen=True)
class Preview:
    """What publishing a plan would do: to groups, to each person (id, name, sentences), to each of the staff.

    `since` is what others changed since the plan was made; `unclear` must be settled first; `seen` names the week
    that this preview was made from.
    """

    plan: UUID
    label: str
    site_name: str
    from_date: date
    seen: str
    groups: tuple[str, ...]
    people: tuple[tuple[UUID, str, tuple[str, ...]], ...]
    staff: tuple[tuple[str, tuple[str, ...]], ...]
    since: tuple[str, ...]
    broken: tuple[str, ...]
    unclear: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the week is already so."""
        return not (self.groups or self.people)


@dataclass(frozen=True)
class Draft:
    """A publication before it is one."""

    opened: OpenPlan
    picture: Picture
    from_date: date

    @cached_property
    def moves(self) -> Moves:
        """What the plan changes in the week as it stands."""
        return moves_of(self.opened, self.picture)

    @cached_property
    def now(self) -> Week:
        """The week as it stands."""
        return week_as_it_stands(self.picture)

    @cached_property
    def wording(self) -> Wording:
        """The sentences."""
        return Wording(self.opened, self.picture, self.moves, self.from_date)

    @cached_property
    def people(self) -> Mapping[str, tuple[str, ...]]:
        """Everyone in care whose week changes, with what changes."""
        found = {}
        for who in self.picture.people:
            held = self.now.attend.get(who, frozenset())
            lines = (*self.wording.of_person(who), *self.wording.of_members(who, held))
            if lines:
                found[who] = tuple(line[:1].upper() + line[1:] for line in lines)
        return found

    @cached_property
    def staff(self) -> Mapping[str, tuple[str, ...]]:
        """Everyone of the staff whose week changes, with what changes."""
        found = {who: tuple(self.wording.of_staff(who)) for who in self.picture.staff}
        return {who: lines for who, lines in found.items() if lines}

    @property
    def broken(self) -> Sequence[Broken]:
        """What the check says against the plan."""
        return self.opened.checked.broken


def preview(plan: UUID, *, by: Actor, at: datetime) -> Preview:
    """What publishing a plan would do to the week as it stands now. Raises `Absent`, or `Cannot` while it is solved."""
    draft = _draft(plan, by=by, at=at)
    named = {*draft.people, *(who for one in draft.broken for who in one.people)}
    names = names_of(named, by=by, at=at)
    rows = ((draft.picture.people[who], names.get(who, ""), lines) for who, lines in draft.people.items())
    row = draft.opened.row
    return Preview(
        plan=row.uid,
        label=f"Plan {row.number}",
        site_name=row.site.name,
        from_date=draft.from_date,
        seen=draft.now.digest,
        groups=tuple(draft.wording.of_groups()),
        people=tuple(sorted(rows, key=lambda one: (one[1], str(one[0])))),
        staff=tuple(sorted((draft.wording.staff(who), lines) for who, lines in draft.staff.items())),
        since=_since(draft),
        broken=told_of(draft.broken, names, by=by),
        unclear=draft.moves.unclear,
    )


def _draft(plan: UUID, *, by: Actor, at: datetime) -> Draft:
    opened = open_plan(plan, by=by)
    require_settled(opened)
    row = opened.row
    picture = picture_of(row.site.uid, monday=row.monday, by=by, at=at)
    return Draft(opened, picture, max(row.monday, local_day(at, row.site.time_zone)))


def _since(draft: Draft) -> tuple[str, ...]:
    """What is different between the week that the plan was made from and the week now, without names."""
    then = week_of_plan(draft.opened.meaning.stands, draft.opened.meaning.items)
    said = []
    names = {str(uid): draft.picture.group_names[key] for key, uid in draft.picture.groups.items()}
    for group in sorted(then.groups.keys() | draft.now.groups.keys()):
        name = names.get(group) or draft.opened.meaning.names.get(group, "A group")
        before, after = then.groups.get(group), draft.now.groups.get(group)
        if after is None:
            said.append(f"{name} no longer meets.")
        elif before is None:
            said.append(f"{name} meets now.")
        elif before.keys() != after.keys():
            said.append(f"{name} meets at other times now.")
        elif before != after:
            said.append(f"{name} has another leader now.")
        come = sum(
            group in held and group not in then.attend.get(who, ()) for who, held in draft.now.attend.items()
        )
        gone = sum(
            group in held and group not in draft.now.attend.get(who, ()) for who, held in then.attend.items()
        )
        if before is not None and after is not None and (come or gone):
            said.append(f"{name}: {come} came, {gone} left.")
    return tuple(said)


def publish_plan(
    plan: UUID, *, seen: str, because: str, despite_broken: bool = False, by: Actor, at: datetime
) -> UUID:
    """Make a plan the week of its site; the publication's public id.

    `seen` is the week of the preview. Raises `ChangedMeanwhile` when it is another by now, `Cannot` for what a
    person must decide first and for whatever the groups' and the week's own checks refuse; nothing is changed then.
    """
    if not because.strip():
        raise Cannot("Say why the week changes: everyone whom it touches reads it.", field="because")
    row = open_plan(plan, by=by).row
    with transaction.atomic():
        _hold(row.site, by=by)
        draft = _draft(plan, by=by, at=at)
        _require_as_seen(draft, seen)
        _require_decided(draft, despite_broken=despite_broken)
        # One row in the book of accesses for everyone whose week changes, before any is touched.
        names_of(draft.people, by=by, at=at, verb="change")
        Applying(
            draft.opened,
            draft.picture,
            draft.moves,
            draft.from_date,
            because.strip(),
            replace(by, roles=by.roles | {"program"}),
            at,
        ).apply()
        return _write(draft, because.strip(), by=by, at=at).uid


def _hold(site: Site, *, by: Actor) -> None:
    """Hold the site, its groups, and everyone in care and at work there: in the order in which all others do."""
    list(Site.objects.select_for_update().filter(pk=site.pk).values_list("pk"))
    list(Group.objects.select_for_update().filter(site=site).order_by("pk").values_list("pk"))
    people = Patient.objects.select_for_update(of=("self",)).filter(
        pk__in=Patient.objects.filter(episodes__site=site, episodes__ended_at__isnull=True).values("pk")
    )
    list(people.order_by("pk").values_list("pk"))
    staff = Practitioner.objects.select_for_update().filter(organization_id=by.organization)
    list(staff.order_by("pk").values_list("pk"))


def _require_as_seen(draft: Draft, seen: str) -> None:
    if draft.now.digest == seen:
        return
    last = Publication.objects.filter(site=draft.opened.row.site).order_by("-number").first()
    said = " ".join(_since(draft)) or "Times of one-to-ones changed."
    who = last.recorded_by.name if last is not None and last.recorded_by else ""
    raise ChangedMeanwhile(
        f"The week changed while you looked at it. {said} Look at the preview again before you publish.",
        theirs=said,
        version=last.number if last else 0,
        changed_by=who,
    )


def _require_decided(draft: Draft, *, despite_broken: bool) -> None:
    if draft.moves.nothing:
        raise Cannot("The week is already so: nothing would change.")
    if draft.moves.unclear:
        raise Cannot(" ".join(draft.moves.unclear))
    if draft.broken and not despite_broken:
        raise Cannot(
            "The check speaks against this plan. Weigh what stands above, and say that you did.",
            field="despite_broken",
        )


def _write(draft: Draft, because: str, *, by: Actor, at: datetime) -> Publication:
    row = draft.opened.row
    last = Publication.objects.filter(site=row.site).aggregate(last=Max("number"))["last"] or 0
    publication = Publication.objects.create(
        organization_id=by.organization,
        site=row.site,
        number=last + 1,
        plan=row,
        from_date=draft.from_date,
        before=write_plan(draft.picture.as_it_stands),
        because=because[:300],
        recorded_by_id=by.account,
        recorded_at=at,
    )
    write_notices(publication, draft.people, draft.staff, by=by, at=at)
    return publication
