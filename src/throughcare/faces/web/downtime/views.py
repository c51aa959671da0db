"""The page of downtime: how old each packet is, the words that open them, and who opened one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.downtime.forms import OpenedForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.downtime.openings import NewOpening, openings, record_opening, site_of_packet
from throughcare.pathway.downtime.packet_files import open_packet, packets_of
from throughcare.pathway.downtime.packet_words import OPENS, change_words, see_words

PACKETS = (Column("Site"), Column("File"), Column("Written"), Column("Do", unseen=True))
OPENINGS = (Column("Opened"), Column("By"), Column("Why"), Column("Entered"))


def overview(request: StaffRequest) -> HttpResponse:
    """Each site's packet with its age, and the openings that were told of."""
    by, now = request.actor, timezone.now()
    context = {
        "packets": [(one, one.is_late(now)) for one in packets_of(by=by)],
        "openings": openings(by=by),
        "packet_columns": PACKETS,
        "opening_columns": OPENINGS,
        "may_open": by.holds(*OPENS),
    }
    return render(request, "downtime/overview.html", context)


@once
def words(request: StaffRequest) -> HttpResponse:
    """The words that open the packets; the director may change them."""
    by, now = request.actor, timezone.now()
    if request.method == "POST":
        change_words(by=by, at=now)
        messages.success(request, "These are the new words. The next packets open with them.")
        return redirect("downtime_words")
    said = see_words(by=by, at=now)
    return render(request, "downtime/words.html", {"words": said, "may_change": by.holds("director")})


def packet(request: StaffRequest, site: UUID) -> HttpResponse:
    """The file as it lies there, sealed."""
    name, content = open_packet(site, by=request.actor, at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@once
def opened(request: StaffRequest, site: UUID) -> HttpResponse:
    """A packet was opened: enter it with the time it happened."""
    by, now = request.actor, timezone.now()
    name = site_of_packet(site, by=by)
    form = OpenedForm(request.POST or None, initial={"opened_at": timezone.localtime(now)})
    if form.is_valid():
        try:
            record_opening(site, NewOpening(**form.cleaned_data), by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "It stands in the book of everyone whom the packet is about.")
            return redirect("downtime")
    return render(
        request, "downtime/opened.html", {"form": form, "site": name}, status=422 if form.errors else 200
    )
