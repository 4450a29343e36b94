"""The key that signs sessions: given by the operator, or made once and kept for the owner's eyes only."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from fourfold.config.environment import Environment

__all__ = ["secret_key"]

FEWEST_CHARACTERS = 50  # what Django's own deployment check asks for
FEWEST_DIFFERENT = 5
NEVER_SECRET = ("django-insecure-", "changeme", "change-me", "secret", "fourfold", "test")


def secret_key(environment: Environment) -> str:
    """The key of this installation; a weak or published one is refused unless it only serves a demo or a debugger."""
    key = environment.secret_key or _kept_key(environment.home / "secret_key")
    if _is_weak(key) and not (environment.debug or environment.demo):
        raise ImproperlyConfigured(
            "FOURFOLD_SECRET_KEY is short, repetitive or published. Leave it unset and Fourfold makes one, "
            "or set it to at least 50 random characters."
        )
    return key


def _is_weak(key: str) -> bool:
    too_simple = len(key) < FEWEST_CHARACTERS or len(set(key)) < FEWEST_DIFFERENT
    return too_simple or key.lower().startswith(NEVER_SECRET)


def _kept_key(file: Path) -> str:
    """Two first starts at once agree: the file appears whole, and whoever comes second reads the first's key."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as page:
            page.write(secrets.token_urlsafe(64))
        try:
            os.link(aside, file)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return file.read_text().strip()
