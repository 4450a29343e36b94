"""What is typed about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["FirstPersonForm", "GuestForm", "InvitationForm", "RoleForm"]

Choices = list[tuple[str, str]]


def _password_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1024,  # Argon2 takes any length; a stranger must not make it work for hours
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class _TypedTwice(forms.Form):
    """Nobody sees what is typed, so it is typed twice."""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, again = typed.get("password"), typed.get("password_again")
        if first and again and first != again:
            self.add_error("password_again", _("The two passwords differ."))
        return typed


class FirstPersonForm(_TypedTwice):
    """Who runs this installation."""

    code = forms.CharField(
        label=_("Set-up code"),
        help_text=_("It stands where Fourfold was started, and in the file setup_code in its home."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your e-mail address"))
    key = forms.SlugField(
        label=_("Name to sign in with"),
        help_text=_("Short, of letters, digits and hyphens."),
        max_length=64,
        error_messages={"invalid": _("Write it without blanks or accents, such as m-keller.")},
    )
    password = _password_field(_("Password"))
    password_again = _password_field(_("Password again"))


class GuestForm(_TypedTwice):
    """How somebody invited will come in."""

    password = _password_field(_("Choose a password"))
    password_again = _password_field(_("The password again"))


class InvitationForm(forms.Form):
    """Whom to invite, and to what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    unit = forms.ChoiceField(label=_("Unit"), help_text=_("The roles hold there and for everything below."))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: Choices, roles: Choices) -> None:
        super().__init__(*args)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """One role at one unit."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ChoiceField(label=_("At the unit"))

    def __init__(self, *args: Any, units: Choices, roles: Choices) -> None:
        super().__init__(*args)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
