"""Where each address leads: one list per subject, each line naming the roles that may use it."""

from throughcare.faces.web.addresses import urlpatterns
from throughcare.faces.web.away.answering import went_wrong as handler500

__all__ = ["handler500", "urlpatterns"]
