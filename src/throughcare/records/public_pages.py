"""The clinic's public pages in the words of its staff, and requests for help that are not sent yet."""

from django.db import models

from throughcare.records.fact import Fact, PrivateJSON


class PageText(Fact):
    """One wording of a public page, as somebody saved it. Another wording is another row."""

    slug = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    summary = models.CharField(
        max_length=200, blank=True, help_text="What search engines show below the title"
    )
    body = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["organization", "slug", "language"], name="texts_of_public_page")]


class PagePublication(Fact):
    """From here on this wording is the page; without a text it is ours again or, if we have none, it is gone.

    The newest row of a page in a language counts.
    """

    slug = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    text = models.ForeignKey(
        PageText, on_delete=models.PROTECT, null=True, blank=True, related_name="publications"
    )

    class Meta:
        indexes = [
            models.Index(fields=["organization", "slug", "language"], name="publications_of_public_page")
        ]


class StartedRequest(Fact):
    """A request for help that somebody has not sent yet, kept for them under a code; no record of anyone.

    It is changed while they go on, and removed when it is sent, thrown away or too old.
    """

    code_mark = models.CharField(max_length=64, unique=True)
    answers = PrivateJSON(default=dict)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "expires_at"], name="started_requests_by_end")]
