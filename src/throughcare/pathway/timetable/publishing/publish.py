"""Publishing a plan: shown before it is done, done in one transaction, told to everyone it touches, once.

Two who publish at once are told apart by the week they saw: the second sees what changed meanwhile.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.timetable.plans.opened import names_of, open_plan, told_of
from throughcare.pathway.timetable.publishing.balance import Balance
from throughcare.pathway.timetable.publishing.drafts import Draft, draft_of
from throughcare.pathway.timetable.publishing.moves import week_of_plan
from throughcare.pathway.timetable.publishing.telling import write_notices
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.timetable_runs import Publication
from throughcare.records.timetables import Group
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
    until_date: date | None
    seen: str
    groups: tuple[str, ...]
    people: tuple[tuple[UUID, str, tuple[str, ...]], ...]
    staff: tuple[tuple[str, tuple[str, ...]], ...]
    since: tuple[str, ...]
    broken: tuple[str, ...]
    unclear: tuple[str, ...]
    # What a change of one week takes from each person and gives back, those who lose most first.
    balances: tuple[tuple[UUID, str, Balance], ...] = ()

    @property
    def balance(self) -> Balance:
        """What is taken from everyone together, and given back."""
        rows = [one for _, _, one in self.balances]
        return Balance(
            sum(one.taken for one in rows), sum(one.moved for one in rows), sum(one.made_up for one in rows)
        )

    @property
    def lost(self) -> float:
        """Hours that people lose in all: what one is given more does not make up for another."""
        return round(sum(one.lost for _, _, one in self.balances), 2)

    @property
    def changes_nothing(self) -> bool:
        """Whether the week is already so."""
        return not (self.groups or self.people)


def preview(plan: UUID, *, by: Actor, at: datetime) -> Preview:
    """What publishing a plan would do to the week as it stands now. Raises `Absent`, or `Cannot` while it is solved."""
    draft = draft_of(plan, by=by, at=at)
    named = {*draft.people, *draft.balances, *(who for one in draft.broken for who in one.people)}
    names = names_of(named, by=by, at=at)
    rows = ((draft.picture.people[who], names.get(who, ""), lines) for who, lines in draft.people.items())
    row = draft.opened.row
    return Preview(
        plan=row.uid,
        label=f"Plan {row.number}",
        site_name=row.site.name,
        from_date=draft.from_date,
        until_date=draft.until_date,
        seen=draft.now.digest,
        groups=draft.groups,
        people=tuple(sorted(rows, key=lambda one: (one[1], str(one[0])))),
        staff=tuple(sorted((draft.staff_name(who), lines) for who, lines in draft.staff.items())),
        since=_since(draft),
        broken=told_of(draft.broken, names, by=by),
        unclear=draft.unclear,
        balances=tuple(
            sorted(
                ((draft.picture.people[who], names.get(who, ""), one) for who, one in draft.balances.items()),
                key=lambda row: (-row[2].lost, row[1], str(row[0])),
            )
        ),
    )


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
        draft = draft_of(plan, by=by, at=at)
        _require_as_seen(draft, seen)
        _require_decided(draft, despite_broken=despite_broken)
        # One row in the book of accesses for everyone whose week changes, before any is touched.
        names_of(draft.people, by=by, at=at, verb="change")
        draft.apply(because.strip(), by=by, at=at)
        return _write(draft, because.strip(), by=by, at=at).uid


def _hold(site: Site, *, by: Actor) -> None:
    """Hold the site, its groups, and everyone in care and at work there: in the order in which all others do."""
    list(Site.objects.select_for_update().filter(pk=site.pk).values_list("pk"))
    list(Group.objects.select_for_update().filter(site=site).order_by("pk").values_list("pk"))
    people = Patient.objects.select_for_update(of=("self",), no_key=True).filter(
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
    if draft.nothing:
        raise Cannot("The week is already so: nothing would change.")
    if draft.unclear:
        raise Cannot(" ".join(draft.unclear))
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
        until_date=draft.until_date,
        before=write_plan(draft.picture.as_it_stands),
        because=because[:300],
        recorded_by_id=by.account,
        recorded_at=at,
    )
    write_notices(publication, draft.people, draft.staff, by=by, at=at)
    return publication
