"""Taking in referrals: a call or a visit, and files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.referrals.forms import ImportForm, NewReferralForm, PersonForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic.filter_choices import filter_choices
from throughcare.pathway.people.duplicates import LookAlike, likely_duplicates_of
from throughcare.pathway.referral.referral import receive_referral
from throughcare.pathway.referral.referral_csv import COLUMNS, template
from throughcare.pathway.referral.referral_import import import_document

TABLE_COLUMNS = (Column("Column"), Column("What it holds"), Column("Example"))
LARGEST_UPLOAD = 48 * 1024 * 1024
TRAIL = "Referrals"


@once
def new_referral(request: StaffRequest) -> HttpResponse:
    """Write down a call or a visit; who looks alike is asked about before anything is stored."""
    form = NewReferralForm(_sites(request), request.POST or None)
    alike: list[LookAlike] = []
    if form.is_valid():
        alike = likely_duplicates_of(form.person(), by=request.actor, at=timezone.now())
        if alike:
            form.offer([(str(one.uid), _offered(one)) for one in alike])
            form.full_clean()
        if form.is_valid():
            landed = _receive(request, form)
            if landed is not None:
                return landed
    context = {
        "form": form,
        "alike": alike,
        "trail": [(TRAIL, reverse("pipeline"))],
        "back": reverse("pipeline"),
    }
    return render(request, "referrals/new.html", context, status=422 if form.errors else 200)


def _receive(request: StaffRequest, form: NewReferralForm) -> HttpResponse | None:
    try:
        referral = receive_referral(form.referral(), by=request.actor, at=timezone.now())
    except Cannot as cannot:
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return None
    messages.success(request, "The referral was taken in. Its clock runs.")
    return redirect("referral", referral)


def _offered(one: LookAlike) -> str:
    name = f"{one.details.given_name} {one.details.family_name}".strip()
    born = one.details.birth_date
    about = [f"number {one.number}", f"born {born:%b} {born.day}, {born.year}" if born else "", *one.reasons]
    return f"{name} ({', '.join(part for part in about if part)})"


def look_alikes_so_far(request: StaffRequest) -> HttpResponse:
    """Who looks like the person being written down: a piece of the form's page."""
    form = PersonForm(request.POST)
    form.is_valid()
    given = {**dict.fromkeys(form.fields, ""), "birth_date": None, **form.cleaned_data}
    form.cleaned_data = given
    details = form.person()
    alike = likely_duplicates_of(details, by=request.actor, at=timezone.now()) if details.given_name else []
    return render(request, "referrals/look_alikes.html", {"alike": alike})


@once
def import_page(request: StaffRequest) -> HttpResponse:
    """Take in a file; the answer says what was taken in, what was there and what was refused, and where."""
    form = ImportForm(_sites(request), request.POST or None, request.FILES or None)
    report = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            form.add_error("file", "The file is larger than 48 MB. Split it into smaller files.")
        else:
            report = import_document(
                file.name, file.read(), site=form.cleaned_data["site"], by=request.actor, at=timezone.now()
            )
    context = {
        "form": form,
        "report": report,
        "taken_words": f"{len(report.taken_in)} taken in, {len(report.already)} there already"
        if report
        else "",
        "refused_words": f"{len(report.refused)} not taken in" if report else "",
        "table_columns": TABLE_COLUMNS,
        "columns": COLUMNS,
        "trail": [(TRAIL, reverse("pipeline"))],
        "back": reverse("pipeline"),
    }
    return render(request, "referrals/import.html", context, status=422 if form.errors else 200)


def import_template(request: StaffRequest) -> HttpResponse:
    """An empty table with the columns that are read, for a spreadsheet program."""
    # The mark at the start makes Excel read UTF-8.
    return HttpResponse(
        "\ufeff" + template(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="referrals.csv"'},
    )


def _sites(request: StaffRequest) -> list[tuple[str, str]]:
    return list(filter_choices(by=request.actor).sites)
