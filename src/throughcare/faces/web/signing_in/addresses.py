"""Addresses of signing in."""

from throughcare.faces.web.routing import public, route
from throughcare.faces.web.signing_in import views

addresses = [
    public("", views.home, name="home"),
    public("sign-in", views.sign_in, name="sign_in", methods="GET POST"),
    public("sign-out", views.sign_out, name="sign_out", methods="POST"),
    route("me", views.me, name="me"),
]
