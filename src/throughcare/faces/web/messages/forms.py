"""Where somebody who works here is paged."""

from throughcare.faces.web.fields import Phone
from throughcare.faces.web.form import Form


class PhoneForm(Form):
    """One number, or none."""

    phone = Phone(
        "Phone for urgent pages",
        hint="Urgent texts and calls reach you here. They name nobody. Leave it empty to get e-mail alone.",
        optional=True,
    )
