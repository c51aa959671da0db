"""What waited on a phone: who is here to send it, and the seal taken off for its writer."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from throughcare.faces.web.later.sealed_box import NotOurs, mark_of_owner, open_box, public_key
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Absent


def _account(request: StaffRequest) -> UUID:
    if request.actor.account_uid is None:
        raise Absent("account")
    return request.actor.account_uid


def here(request: StaffRequest) -> HttpResponse:
    """Whose page this is, as the phone knows them, and the token that a form needs."""
    account = _account(request)
    said = {"whose": mark_of_owner(account), "key": public_key(account), "token": get_token(request)}
    return JsonResponse(said)


def open_later(request: StaffRequest) -> HttpResponse:
    """The fields that somebody sealed while there was no connection: for them alone, and kept nowhere."""
    try:
        fields = open_box(_account(request), request.POST.get("sealed", ""))
    except NotOurs:
        return JsonResponse({"fields": [], "whose": mark_of_owner(_account(request))}, status=409)
    return JsonResponse({"fields": fields})
