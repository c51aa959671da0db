"""Every address of the program, subject by subject."""

from django.urls import URLPattern

from throughcare.faces.web.signing_in import addresses as signing_in

urlpatterns: list[URLPattern] = [
    *signing_in.addresses,
]
