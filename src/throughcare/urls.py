"""Where each address leads: one list per subject, each line naming the roles that may use it."""

from throughcare.faces.web.addresses import urlpatterns

handler400 = "throughcare.faces.web.trouble.bad_request"
handler403 = "throughcare.faces.web.trouble.forbidden"
handler404 = "throughcare.faces.web.trouble.not_found"
handler500 = "throughcare.faces.web.trouble.broken"

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
