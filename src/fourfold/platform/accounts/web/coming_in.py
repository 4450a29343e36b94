"""From a stranger's request to somebody's session."""

from __future__ import annotations

from django import forms
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.field_errors import RefusedHere

__all__ = ["begin_session", "say_refusal"]

BACKEND = "fourfold.platform.accounts.sign_in.OneCheck"


def begin_session(request: HttpRequest, person: AbstractBaseUser) -> None:
    """Sign in under a new session name: one that was planted before is worth nothing."""
    login(request, person, backend=BACKEND)  # type: ignore[arg-type]  # surfaces do not import models


def say_refusal(form: forms.Form, refusal: Refusal, *, field: str | None = None) -> int:
    """Put what was refused where it was typed; answers the status of the page."""
    form.add_error(field, RefusedHere(refusal))
    return refusal.status
