"""The installation itself: whether a clinic has been set up in it."""

from throughcare.records.organizations import Organization


def is_set_up() -> bool:
    """Whether there is an organization."""
    return Organization.objects.exists()
