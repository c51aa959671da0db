"""The one question of a locked door."""

from typing import Any

from throughcare.faces.web.fields import Password
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _


class ProofForm(Form):
    """Who is there: one field for either proof."""

    proof = Password(
        _("Your password, or the six digits of your app"), missing=_("Enter your password or a code")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing else is asked here: one types at once.
        self.fields["proof"].widget.attrs["autofocus"] = True
