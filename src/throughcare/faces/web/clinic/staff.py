"""Staff: hired, with roles, skills and shifts; suspended and brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.clinic.asking import ask, trail
from throughcare.faces.web.clinic.forms import (
    RolesForm,
    ShiftForm,
    StaffForm,
)
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.clinic.clinic import (
    bring_back_staff,
    end_shift,
    set_roles,
    set_skills,
    supervise,
    suspend_staff,
)
from throughcare.pathway.clinic.clinic_views import (
    staff_member,
    supervisor_choices,
    today_at_clinic,
)
from throughcare.pathway.clinic.founding import NewStaff, hire, set_shift
from throughcare.pathway.week.week_choices import week_choices


@once
def new_staff(request: StaffRequest) -> HttpResponse:
    """Hire someone: account, roles, credential, skills; shifts come next."""
    by, now = request.actor, timezone.now()
    sites = week_choices(by=by).sites
    initial = {"site": sites[0][0] if len(sites) == 1 else ""}
    form = StaffForm(sites, request.POST or None, initial=initial)
    hired: list[UUID] = []

    def write() -> None:
        said = form.cleaned_data
        staff = NewStaff(
            given_name=said["given_name"],
            family_name=said["family_name"],
            email=said["email"],
            roles=tuple(said["roles"]),
            credential=said["credential"],
            licence_number=said["licence_number"],
            languages=tuple(one.strip() for one in said["languages"].split(",") if one.strip()),
            skills=tuple(said["skills"]),
        )
        hired.append(hire(UUID(said["site"]), staff, password=None, by=by, at=now))

    if form.is_valid() and attempt(form, write):
        messages.success(
            request, "Hired. When do they work? Under Signing in you make the invitation for them."
        )
        return redirect("staff_member", hired[0])
    context = {
        "form": form,
        "title": "Hire someone",
        "submit": "Hire",
        "back": reverse("clinic"),
        "trail": trail(),
    }
    return render(request, "clinic/ask.html", context, status=422 if form.errors else 200)


def staff(request: StaffRequest, account: UUID) -> HttpResponse:
    """One member of staff: roles, skills, shifts."""
    line = staff_member(account, by=request.actor, at=timezone.now())
    context = {"line": line, "trail": trail(), "is_me": request.actor.account_uid == account}
    return render(request, "clinic/staff.html", context)


@once
def staff_roles(request: StaffRequest, account: UUID) -> HttpResponse:
    """Change someone's roles and skills."""
    by, now = request.actor, timezone.now()
    line = staff_member(account, by=by, at=now)
    initial = {"roles": line.roles, "skills": line.skills, "supervisor": str(line.supervisor or "")}
    others = [choice for choice in supervisor_choices(by=by) if choice[0] != str(line.practitioner)]
    treats = line.practitioner is not None
    form = RolesForm(others, request.POST or None, treats=treats, initial=initial)

    def write() -> None:
        set_roles(account, tuple(form.cleaned_data["roles"]), by=by, at=now)
        if line.practitioner is not None:
            set_skills(line.practitioner, tuple(form.cleaned_data["skills"]), by=by, at=now)
            above = form.cleaned_data["supervisor"]
            supervise(line.practitioner, UUID(above) if above else None, by=by, at=now)

    back = reverse("staff_member", args=[account])
    return ask(request, form, write, title=f"Roles of {line.name}", submit="Save", done="Saved.", back=back)


@once
def new_shift(request: StaffRequest, account: UUID) -> HttpResponse:
    """Enter when someone works, on one or several weekdays."""
    by, now = request.actor, timezone.now()
    line = staff_member(account, by=by, at=now)
    sites = week_choices(by=by).sites
    initial = {"from_date": today_at_clinic(by=by, at=now), "site": sites[0][0] if len(sites) == 1 else ""}
    form = ShiftForm(sites, request.POST or None, initial=initial)

    def write() -> None:
        said = form.cleaned_data
        for weekday in said["weekdays"]:
            set_shift(
                line.practitioner or account,
                UUID(said["site"]),
                weekday=int(weekday),
                starts=said["starts"],
                ends=said["ends"],
                from_date=said["from_date"],
                by=by,
                at=now,
            )

    back = reverse("staff_member", args=[account])
    return ask(request, form, write, title=f"Shifts of {line.name}", submit="Add", done="Entered.", back=back)


@once
def end_shift_view(request: StaffRequest, account: UUID, shift: UUID) -> HttpResponse:
    """End a weekly shift today."""
    by, now = request.actor, timezone.now()
    end_shift(shift, until_date=today_at_clinic(by=by, at=now), by=by, at=now)
    messages.success(request, "The shift ends today.")
    return redirect("staff_member", account)


@once
def suspend(request: StaffRequest, account: UUID) -> HttpResponse:
    """Let someone sign in no more."""
    suspend_staff(account, by=request.actor, at=timezone.now())
    messages.success(request, "Suspended. The week marks what needs someone else now.")
    return redirect("staff_member", account)


@once
def bring_back(request: StaffRequest, account: UUID) -> HttpResponse:
    """Let someone sign in again."""
    bring_back_staff(account, by=request.actor, at=timezone.now())
    messages.success(request, "They can sign in again.")
    return redirect("staff_member", account)
