"""One referral: its page, contacts, owner, closure, documents, the way to the assessment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.referrals.details_shown import shown_detail
from throughcare.faces.web.referrals.forms import ClosureForm, ContactForm, OwnerForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.intake.assessment import open_assessment
from throughcare.pathway.people.duplicates import likely_duplicates
from throughcare.pathway.privacy import may_access
from throughcare.pathway.referral.referral import (
    ReferralPage,
    assign_referral,
    close_referral,
    open_referral,
    possible_owners,
    record_contact,
    reopen_referral,
    take_referral,
)
from throughcare.pathway.referral.referral_page import read_document


def page(request: StaffRequest, referral: UUID) -> HttpResponse:
    """All that is known of a referral, and what can be done next."""
    by, now = request.actor, timezone.now()
    found = open_referral(referral, by=by, at=now)
    alike = (
        likely_duplicates(found.patient, by=by, at=now)
        if may_access("identity", by=by, verb="change")
        else []
    )
    may_change = may_access("referral", by=by, verb="change")
    context = {
        "referral": found,
        "alike": alike,
        "name": _name(found),
        "lead": _lead(found),
        "wishes": shown_detail("contact_wishes", found.person.contact_wishes),
        "trail": [("Referrals", reverse("pipeline"))],
        "may_change": may_change,
        "may_assess": first_refusal(_may_assess(found), may_access("assessment", by=by, verb="change")),
        "may_see_assessment": may_access("assessment", by=by),
        "is_mine": found.owner_uid == by.account_uid,
        "admit_url": way("admit", found.assessment, by=by) if found.step.column == "ready" else "",
        **_links(found),
        **_buttons(found, at=now),
    }
    return render(request, "referrals/referral.html", context)


def _buttons(found: ReferralPage, *, at: datetime) -> dict[str, Any]:
    """The one main action of the state, and what stands beside it."""
    column, visit = found.step.column, found.intake
    to_come = visit is not None and visit.starts_at > at
    book_first = column == "assessment" and (visit is None or visit.came is False)
    calls_first = column in ("new", "trying")
    book = {
        "book_url": reverse("referral_intake", args=[found.uid]),
        "book_words": "Move the intake" if to_come else "Book the intake",
    }
    return {
        **(book if not (found.closed or found.assessment or found.episode) else {}),
        "book_first": book_first and not found.closed,
        "book_kind": "",
        "assess_kind": "quiet" if book_first or calls_first else "",
        "contact_kind": "" if calls_first else "quiet",
        "is_to_come": to_come,
        "cancel_visit_url": reverse("referral_intake_cancellation", args=[found.uid]),
    }


def _name(found: ReferralPage) -> str:
    return f"{found.person.given_name} {found.person.family_name}".strip()


def _lead(found: ReferralPage) -> str:
    born = shown_detail("birth_date", found.person.birth_date)
    return f"Number {found.number}, born {born}" if born else f"Number {found.number}"


def _links(found: ReferralPage) -> dict[str, str]:
    names = {
        "contact_url": "referral_contact",
        "owner_url": "referral_owner",
        "take_url": "referral_take",
        "close_url": "referral_closure",
        "reopen_url": "referral_reopening",
        "assess_url": "referral_assessment",
    }
    links = {key: reverse(name, args=[found.uid]) for key, name in names.items()}
    if found.assessment:
        links["assessment_url"] = reverse("assessment", args=[found.assessment])
    return links


def _may_assess(found: ReferralPage) -> Verdict:
    if found.closed:
        return Refused("This referral is closed. Reopen it first.")
    return Allowed()


@once
def contact(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Write down an attempt to reach the person."""
    found = open_referral(referral, by=request.actor, at=timezone.now())
    zone = ZoneInfo(found.time_zone)
    with timezone.override(zone):
        form = ContactForm(request.POST or None, initial={"contacted_at": timezone.localtime(timezone.now())})
        return ask(
            request,
            found,
            form,
            lambda: record_contact(referral, **form.cleaned_data, by=request.actor, at=timezone.now()),
            title="Contact",
            submit="Write it down",
            done="The attempt was written down.",
        )


@once
def owner(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Give the next step to someone."""
    found = open_referral(referral, by=request.actor, at=timezone.now())
    people = [(str(uid), name) for uid, name in possible_owners(by=request.actor)]
    form = OwnerForm(people, request.POST or None, initial={"owner": str(found.owner_uid or "")})
    return ask(
        request,
        found,
        form,
        lambda: assign_referral(
            referral, UUID(form.cleaned_data["owner"]), by=request.actor, at=timezone.now()
        ),
        title="Owner",
        submit="Assign",
        done="The next step has an owner.",
    )


@once
def close(request: StaffRequest, referral: UUID) -> HttpResponse:
    """End the referral without an admission, with the reason."""
    found = open_referral(referral, by=request.actor, at=timezone.now())
    form = ClosureForm(request.POST or None)
    return ask(
        request,
        found,
        form,
        lambda: close_referral(referral, **form.cleaned_data, by=request.actor, at=timezone.now()),
        title="Close without admission",
        submit="Close the referral",
        done="The referral is closed. It can be reopened.",
    )


def ask(
    request: StaffRequest,
    found: ReferralPage,
    form: Form,
    act: Callable[[], object],
    **words: Any,
) -> HttpResponse:
    """Show the form; when it is valid, act and go back to the referral."""
    back = reverse("referral", args=[found.uid])
    if form.is_valid():
        try:
            act()
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, words["done"])
            return redirect(back)
    name = _name(found)
    context = {
        "form": form,
        "referral": found,
        "name": name,
        "back": back,
        "trail": [("Referrals", reverse("pipeline")), (name, back)],
        **words,
    }
    return render(request, "referrals/ask.html", context, status=422 if form.errors else 200)


@once
def take(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Own the next step oneself."""
    take_referral(referral, by=request.actor, at=timezone.now())
    messages.success(request, "The next step is yours.")
    return redirect("referral", referral)


@once
def reopen(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Take the closure back."""
    reopen_referral(referral, by=request.actor, at=timezone.now())
    messages.success(request, "The referral is open again.")
    return redirect("referral", referral)


@once
def assess(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Open the assessment, or go to the one that is open."""
    return redirect("assessment", open_assessment(referral, by=request.actor, at=timezone.now()))


def document(request: StaffRequest, referral: UUID, document: UUID) -> HttpResponse:
    """A document as it came, as a download."""
    found = read_document(referral, document, by=request.actor, at=timezone.now())
    return HttpResponse(
        found.content,
        content_type=found.media_type,
        headers={"Content-Disposition": f'attachment; filename="{_file_name(document, found.media_type)}"'},
    )


def _file_name(document: UUID, media_type: str) -> str:
    """A name that says nothing about the person: it stays in the browser's list of downloads."""
    ending = {"application/gzip": "json.gz", "text/csv": "csv"}.get(media_type, "json")
    return f"referral-{str(document)[:8]}.{ending}"
