"""Whether the one at the keyboard is the one who signed in: password, six digits, or passkey."""

from datetime import datetime

from django.http import HttpRequest

from throughcare.faces.web.door import tries
from throughcare.faces.web.door.passkeys import WRONG, passkey_is_right
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.pathway.signing_in.factors import check_code

DIGITS = 6


def prove(request: HttpRequest, form: Form, *, at: datetime) -> bool:
    """Check what was given; the form says what is wrong with it."""
    account = request.user
    passkey = request.POST.get("passkey", "")
    if passkey:
        if passkey_is_right(account, passkey):
            return True
        form.add_error(None, WRONG)
        return False
    if not form.is_valid():
        return False
    if not tries.may_try(str(account.pk)):
        form.add_error(None, tries.WAIT)
        return False
    given = form.cleaned_data["proof"]
    bare = "".join(given.split())
    if len(bare) == DIGITS and bare.isdigit():
        right = check_code(account.pk or 0, bare, at=at)
    else:
        right = account.check_password(given)
    if right:
        tries.forget_wrong(str(account.pk))
        return True
    tries.count_wrong(str(account.pk))
    form.add_error("proof", _("That is neither your password nor a code that your app shows now."))
    return False
