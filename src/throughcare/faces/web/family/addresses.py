"""Addresses of people close to a patient."""

from throughcare.faces.web.family import views
from throughcare.faces.web.routing import route

addresses = [
    route("family/", views.family, name="family", roles=("family",)),
    route("family/<uuid:patient>", views.person, name="family_person", roles=("family",)),
]
