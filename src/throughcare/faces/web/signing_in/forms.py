"""The sign-in form."""

from django import forms

from throughcare.faces.web.form import Form


class SignInForm(Form):
    """E-mail address and password."""

    email = forms.EmailField(
        label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
