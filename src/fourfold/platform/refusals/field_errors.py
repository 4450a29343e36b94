"""What is wrong with a field of a form: a stable code, a sentence and a remedy, Django's own errors too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.refusal import Refusal

__all__ = ["ErrorHere", "FieldError", "RefusedHere", "field_error", "told_errors"]

Words = str | Promise


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong: `code` finds it in the documentation, `remedy` says what to do."""

    code: str
    sentence: str
    remedy: str

    @property
    def told(self) -> str:
        """Sentence and remedy in one."""
        return f"{self.sentence} {self.remedy}".strip()


class ErrorHere(ValidationError):
    """An error of a field that brings its own code and remedy."""

    def __init__(self, sentence: str, *, code: str, remedy: str) -> None:
        super().__init__(sentence, code=code)
        self.remedy = remedy


class RefusedHere(ErrorHere):
    """A refusal as the error of the field where it was typed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.told_sentence, code=refusal.code, remedy=refusal.told_remedy)


ANY_REMEDY = _("Change what is said here and send it again.")

OF_INVALID: tuple[tuple[type[forms.Field], str, Words], ...] = (
    (
        forms.IntegerField,
        "NUMBER_INVALID",
        _("Use digits, such as 12, and no words."),
    ),  # floats and money too
    (forms.DateField, "DAY_INVALID", _("Write it like 2026-12-31.")),
    (forms.EmailField, "EMAIL_INVALID", _("Write it like name@example.org.")),
    (forms.SlugField, "KEY_INVALID", _("Use letters a to z, digits and hyphens, such as on-time.")),
    (forms.FileField, "FILE_INVALID", _("Choose the file again.")),
)
"""Django says `invalid` of whatever a field cannot read; the first kind that fits tells which."""

OF_REQUIRED: tuple[tuple[type[forms.Field], str, Words], ...] = (
    (forms.FileField, "FILE_MISSING", _("Choose a file.")),
    (forms.MultipleChoiceField, "FIELD_EMPTY", _("Choose at least one.")),
    (forms.ChoiceField, "FIELD_EMPTY", _("Choose one of the list.")),
    (forms.BooleanField, "FIELD_EMPTY", _("Tick it if you agree.")),
)

BY_CODE: dict[str, tuple[str, Words]] = {
    "required": ("FIELD_EMPTY", _("Fill it in.")),
    "invalid": ("FIELD_INVALID", ANY_REMEDY),
    "invalid_choice": ("CHOICE_UNKNOWN", _("Choose one of the list; open the page again if it is old.")),
    "invalid_list": ("CHOICE_UNKNOWN", _("Choose from the list; open the page again if it is old.")),
    "max_length": ("TEXT_TOO_LONG", _("Shorten it.")),
    "min_length": ("TEXT_TOO_SHORT", _("Write more.")),
    "max_value": ("NUMBER_TOO_LARGE", _("Write a smaller number.")),
    "min_value": ("NUMBER_TOO_SMALL", _("Write a larger number.")),
    "max_digits": ("NUMBER_TOO_LONG", _("Write fewer digits.")),
    "max_whole_digits": ("NUMBER_TOO_LONG", _("Write fewer digits.")),
    "max_decimal_places": ("TOO_MANY_DECIMALS", _("Round it.")),
    "null_characters_not_allowed": ("TEXT_UNREADABLE", _("Type it anew instead of pasting it.")),
    "surrogate_characters_not_allowed": ("TEXT_UNREADABLE", _("Type it anew instead of pasting it.")),
    "number": ("NUMBER_INVALID", _("Use digits, such as 12, and no words.")),
    "key": ("KEY_INVALID", _("Use letters a to z, digits and hyphens, such as on-time.")),
    "time_zone": ("TIME_ZONE_UNKNOWN", _("Write a city, like Vienna, and choose.")),
    "missing": ("FILE_MISSING", _("Choose a file.")),
    "empty": ("FILE_EMPTY", _("Choose a file that holds something.")),
    "contradiction": ("FILE_CONTRADICTED", _("Choose a file or untick the box.")),
    "password_mismatch": ("PASSWORDS_DIFFER", _("Type the same password in both fields.")),
    "email_password_mismatch": ("SIGN_IN_WRONG", _("Type both again, or ask for a new password.")),
    "username_password_mismatch": ("SIGN_IN_WRONG", _("Type both again, or ask for a new password.")),
    "invalid_login": ("SIGN_IN_WRONG", _("Type both again, or ask for a new password.")),
    "too_many_login_attempts": ("TOO_MANY_ATTEMPTS", _("Wait a few minutes.")),
    "rate_limited": ("TOO_MANY_ATTEMPTS", _("Wait a few minutes.")),
    "account_inactive": ("ACCOUNT_INACTIVE", _("Ask an administrator.")),
    "enter_current_password": ("PASSWORD_WRONG", _("Type the password you sign in with now.")),
    "incorrect_password": ("PASSWORD_WRONG", _("Type the password you sign in with now.")),
    "incorrect_code": ("CODE_WRONG", _("Type the newest code.")),
    "password_too_short": ("PASSWORD_TOO_SHORT", _("Choose a longer one.")),
    "password_too_common": ("PASSWORD_TOO_COMMON", _("Choose one that nobody guesses.")),
    "password_too_similar": ("PASSWORD_TOO_SIMILAR", _("Choose one that is not like your name.")),
    "password_entirely_numeric": ("PASSWORD_ENTIRELY_NUMERIC", _("Mix in letters.")),
}
"""What Django and the sign-in say of a field, as this house calls it; their sentences stay."""

SENTENCES: dict[str, Words] = {"KEY_INVALID": _("It holds a character that cannot stand here.")}
"""Where Django's own sentence speaks of what no reader knows."""


def told_errors(errors: Iterable[object], *, field: forms.Field | None = None) -> Iterator[FieldError]:
    """What a form found wrong, one by one: with one field, or (no field) with all of it."""
    for each in getattr(errors, "as_data", list)():
        yield field_error(each, field=field)


def field_error(error: ValidationError, *, field: forms.Field | None = None) -> FieldError:
    """One error with the code and remedy of this house.

    >>> field_error(ValidationError("This is empty.", code="required")).code
    'FIELD_EMPTY'
    """
    sentence = " ".join(error.messages)
    if isinstance(error, ErrorHere):
        return FieldError(str(error.code), sentence, error.remedy)
    code, remedy = _known(error.code or "invalid", field)
    return FieldError(code, str(SENTENCES.get(code, sentence)), str(remedy))


def _known(code: str, field: forms.Field | None) -> tuple[str, Words]:
    by_kind = {"invalid": OF_INVALID, "required": OF_REQUIRED}.get(code, ())
    for kind, ours, remedy in by_kind:
        if isinstance(field, kind):
            return ours, remedy
    return BY_CODE.get(code, (code.upper(), ANY_REMEDY))
