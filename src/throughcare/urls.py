"""Where each address leads: one list per subject, each line naming the roles that may use it."""

from throughcare.faces.web.addresses import urlpatterns

__all__ = ["urlpatterns"]
