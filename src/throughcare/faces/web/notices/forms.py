"""What came of a notice."""

from throughcare.faces.web.fields import LongText
from throughcare.faces.web.form import Form


class SettleForm(Form):
    """The words with which an officer settles a notice."""

    words = LongText("What came of it?", missing="Write what came of it", max_length=2000)
