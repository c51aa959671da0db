"""My notes: drafts that are written together with me, which I read and add my own words to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from throughcare.faces.web.fields import LongText
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.forms import DraftForm
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.note.my_notes import (
    LONGEST_ANSWER,
    answer_note,
    my_signed_note,
    my_signed_notes,
)
from throughcare.pathway.note.own_part import MOST_CHARACTERS
from throughcare.pathway.note.shared_drafts import MyNote, add_my_words, my_shared_note, my_shared_notes


class MyWordsForm(DraftForm):
    """What I add to the note, on top of the versions that I saw."""

    words = LongText(
        _("Your own words"),
        hint=_("They stand in the note as yours. You can leave this empty."),
        optional=True,
        rows=5,
        max_length=MOST_CHARACTERS,
    )
    was = None  # type: ignore[assignment]  # nothing here is saved by itself

    @property
    def seen_draft(self) -> int:
        """The version of the draft that was on the page."""
        sent = str(self.data.get("draft", ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


class AnswerForm(Form):
    """What I say to a signed note."""

    words = LongText(
        _("What do you want to say to it?"),
        hint=_(
            "Say what is missing or what you see in another way. The note stays. Your words stand under it."
        ),
        missing=_("Write what you want to say to this note"),
        rows=5,
        max_length=LONGEST_ANSWER,
    )


def mine(request: StaffRequest) -> HttpResponse:
    """The notes that are written together with me, and all that are signed."""
    by, at = request.actor, timezone.now()
    drafts = [one for one in my_shared_notes(by=by, at=at) if one.state != "signed"]
    context = {"notes": drafts, "signed": my_signed_notes(by=by, at=at)}
    return render(request, "sessions/my_notes.html", context)


@once
def signed(request: StaffRequest, note: UUID) -> HttpResponse:
    """One signed note of mine, and what I say to it."""
    by, at = request.actor, timezone.now()
    found = my_signed_note(note, by=by, at=at)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: answer_note(note, form.cleaned_data["words"], by=by, at=at)):
        messages.success(request, gettext("Thank you. It stands under the note. Your care team can read it."))
        return redirect("my_signed_note", note)
    context = {"note": found, "form": form}
    return render(request, "sessions/my_signed_note.html", context, status=422 if form.errors else 200)


@once
def one(request: StaffRequest, share: UUID) -> HttpResponse:
    """One of them; a tap says that I have read it, with my own words or without."""
    by, at = request.actor, timezone.now()
    note = my_shared_note(share, by=by, at=at)
    shown = {"words": note.my_words, "seen": note.words_version}
    form = MyWordsForm(request.POST or None, initial=shown)
    theirs = None
    if form.is_valid():
        try:
            add_my_words(
                share,
                form.cleaned_data["words"],
                seen_version=form.seen_version,
                seen_draft=form.seen_draft,
                by=by,
                at=at,
            )
        except CannotSee:
            raise
        except ChangedMeanwhile as changed:
            theirs = changed
            form.add_error("words", changed.because)
        except Cannot as cannot:
            form.add_error("words" if cannot.field else None, cannot.because)
        else:
            messages.success(request, _("Thank you. Your clinician sees that you read it, and your words."))
            return redirect("my_notes")
    context = {"note": note, "form": form, "theirs": theirs, "seen": _seen(form, note, theirs)}
    return render(request, "sessions/my_note.html", context, status=422 if form.errors else 200)


def _seen(form: Form, note: MyNote, theirs: ChangedMeanwhile | None) -> int:
    """The version of my words that the form, when it is shown again, stands on."""
    if theirs is not None:
        return theirs.version
    return getattr(form, "seen_version", note.words_version) if form.is_bound else note.words_version
