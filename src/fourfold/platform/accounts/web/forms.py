"""What is typed about people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.queries import PersonDetails

__all__ = [
    "Beside",
    "DetailsForm",
    "FirstPersonForm",
    "GuestForm",
    "InvitationForm",
    "OwnNameForm",
    "RoleForm",
]

Choices = list[tuple[str, str]]


def _shortest_password() -> int:
    """As the settings say; 1 where they say nothing."""
    validators = get_default_password_validators()
    return next((each.min_length for each in validators if isinstance(each, MinimumLengthValidator)), 1)


def _password_field(label: Any, *, is_first: bool = True) -> forms.CharField:
    """A password that is too short is named with everything else that is wrong; a common one afterwards."""
    shortest = _shortest_password()
    hint = _("At least {shortest} characters, and none of the common ones.")
    return forms.CharField(
        label=label,
        strip=False,
        help_text=format_lazy(hint, shortest=shortest) if is_first else "",
        min_length=shortest if is_first else None,
        max_length=1024,  # Argon2 takes any length; a stranger must not make it work for hours
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class _TypedTwice(forms.Form):
    """Nobody sees what is typed, so it is typed twice."""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, again = typed.get("password"), typed.get("password_again")
        if first and again and first != again:
            differ = forms.ValidationError(_("The two passwords differ."), code="password_mismatch")
            self.add_error("password_again", differ)
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
        help_text=_("Letters a to z, digits and hyphens, such as m-keller: no dots, blanks or accents."),
        max_length=64,
    )
    password = _password_field(_("Password"))
    password_again = _password_field(_("Password again"), is_first=False)


class GuestForm(_TypedTwice):
    """How somebody invited will come in."""

    password = _password_field(_("Choose a password"))
    password_again = _password_field(_("The password again"), is_first=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of two who wrote at the same time."""

    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.yours != self.theirs


class OwnNameForm(forms.Form):
    """What somebody is called; `edition` is what the form began from."""

    edition = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    name = forms.CharField(label=_("Name"), max_length=200)

    def beside(self, theirs: PersonDetails) -> tuple[Beside, ...]:
        """What was typed here beside what now stands."""
        return tuple(
            Beside(str(field.label), self.cleaned_data[field.name], getattr(theirs, field.name))
            for field in self.visible_fields()
        )


class DetailsForm(OwnNameForm):
    """What somebody is called, and where mail reaches them."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "Signs them in and resets their password. Where mails are sent, the old address is told."
        ),
    )


class InvitationForm(forms.Form):
    """Whom to invite, and to what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    unit = forms.ChoiceField(label=_("Unit"), help_text=_("The roles hold there and for everything below."))
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: Choices, roles: Choices) -> None:
        super().__init__(*args)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # declared above as a choice
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]  # declared above as a choice


class RoleForm(forms.Form):
    """One role at one unit."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ChoiceField(label=_("At the unit"))

    def __init__(self, *args: Any, units: Choices, roles: Choices) -> None:
        super().__init__(*args)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # declared above as a choice
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # declared above as a choice
