"""How a message went on, and texts that come in. Whoever can't sign is turned away and learns nothing."""

import logging
from uuid import UUID
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from throughcare.faces.web.message_hooks.signature import is_signed
from throughcare.knowledge.inbound_words import ANSWER
from throughcare.pathway.inbound_text.taking_texts import take_text
from throughcare.pathway.message.receipts import ARRIVED, LOST, ON_ITS_WAY, record_receipt

MOST_WORDS = 4_000
# The provider's words in ours. A call that ended well was heard by a person, unless a machine took it.
SAID = {
    **dict.fromkeys(
        ("accepted", "queued", "sending", "sent", "initiated", "ringing", "in-progress"), ON_ITS_WAY
    ),
    **dict.fromkeys(("delivered", "read", "completed"), ARRIVED),
    **dict.fromkeys(("undelivered", "failed", "busy", "no-answer", "canceled"), LOST),
}
MACHINES = ("machine", "fax")
LOG = logging.getLogger("throughcare.message_hooks")


@csrf_exempt
def status(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """How one try went on."""
    if not is_signed(request):
        LOG.warning("a receipt without the provider's signature")
        return HttpResponse(status=404)  # whether there is such a try is nobody else's business
    said = SAID.get(request.POST.get("MessageStatus") or request.POST.get("CallStatus") or "")
    if said == ARRIVED and request.POST.get("AnsweredBy", "").startswith(MACHINES):
        said = LOST
    if said is not None:
        ident = request.POST.get("MessageSid") or request.POST.get("CallSid") or ""
        record_receipt(attempt, said, provider_id=ident, at=timezone.now())
    return HttpResponse(status=204)


@csrf_exempt
def text(request: HttpRequest) -> HttpResponse:
    """A text that came in; the answer says whom to call, unless texts to them may not be safe."""
    if not is_signed(request):
        LOG.warning("a text without the provider's signature")
        return HttpResponse(status=403)
    heard = take_text(
        request.POST.get("From", "")[:40],
        request.POST.get("Body", "").replace("\x00", "")[:MOST_WORDS],
        provider_id=request.POST.get("MessageSid", ""),
        at=timezone.now(),
    )
    said = f"<Message>{escape(ANSWER)}</Message>" if heard.may_answer else ""
    return HttpResponse(f"<Response>{said}</Response>", content_type="text/xml")
