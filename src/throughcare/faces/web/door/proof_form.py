"""The one question of a locked door."""

from throughcare.faces.web.fields import Password
from throughcare.faces.web.form import Form


class ProofForm(Form):
    """Who is there: one field for either proof."""

    proof = Password("Your password, or the six digits of your app", missing="Enter your password or a code")
