"""What is asked after a packet was opened."""

from throughcare.faces.web.fields import LongText, Moment, Text
from throughcare.faces.web.form import Form


class OpenedForm(Form):
    """Who opened a packet, when and why."""

    opened_at = Moment("When was it opened?", missing="Enter the day and the time")
    opened_by = Text("Who opened it?", missing="Write who opened it", max_length=200)
    words = LongText("Why?", missing="Write why it was opened", max_length=1000, rows=2)
