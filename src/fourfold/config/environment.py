"""What an operator may say through the environment; docs/settings.md documents every name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from django.core.exceptions import ImproperlyConfigured

__all__ = ["NAMES", "OUTSIDE", "Environment"]

NAMES = (
    "FOURFOLD_HOME",
    "FOURFOLD_DATABASE",
    "FOURFOLD_SECRET_KEY",
    "FOURFOLD_ALLOWED_HOSTS",
    "FOURFOLD_TRUSTED_ORIGINS",
    "FOURFOLD_HTTPS",
    "FOURFOLD_DEBUG",
    "FOURFOLD_DEMO",
    "FOURFOLD_TODAY",
    "FOURFOLD_EMAIL_HOST",
    "FOURFOLD_EMAIL_FROM",
)
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"


@dataclass(frozen=True, slots=True)
class Environment:
    """The operator's choices, read once at start."""

    home: Path
    database: Path
    secret_key: str | None
    allowed_hosts: list[str]
    trusted_origins: list[str]
    https: bool
    debug: bool
    demo: bool
    today: date | None
    email_host: str
    email_from: str

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Self:
        """Refuse a name that nobody documented: a misspelt setting would otherwise be silently ignored."""
        _refuse_unknown(variables)
        home = Path(variables.get("FOURFOLD_HOME") or Path.home() / ".fourfold").expanduser().resolve()
        database = Path(variables.get("FOURFOLD_DATABASE") or home / "fourfold.sqlite3")
        return cls(
            home=home,
            database=database.expanduser().resolve(),
            secret_key=variables.get("FOURFOLD_SECRET_KEY") or None,
            allowed_hosts=_listed(variables.get("FOURFOLD_ALLOWED_HOSTS", LOCAL_HOSTS)),
            trusted_origins=_listed(variables.get("FOURFOLD_TRUSTED_ORIGINS", "")),
            https=_is_on(variables, "FOURFOLD_HTTPS"),
            debug=_is_on(variables, "FOURFOLD_DEBUG"),
            demo=_is_on(variables, "FOURFOLD_DEMO"),
            today=_day(variables, "FOURFOLD_TODAY"),
            email_host=variables.get("FOURFOLD_EMAIL_HOST", ""),
            email_from=variables.get("FOURFOLD_EMAIL_FROM", "fourfold@localhost"),
        )


# Read elsewhere: by the command, the tests, the benchmarks.
OUTSIDE = ("FOURFOLD_REAL_DATA", "FOURFOLD_TEST_", "FOURFOLD_BENCH_", "FOURFOLD_NUMBA_")


def _refuse_unknown(variables: Mapping[str, str]) -> None:
    ours = [name for name in variables if name.startswith("FOURFOLD_") and not name.startswith(OUTSIDE)]
    unknown = sorted(set(ours) - set(NAMES))
    if unknown:
        raise ImproperlyConfigured(f"{', '.join(unknown)}: no such setting. Known: {', '.join(NAMES)}.")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _is_on(variables: Mapping[str, str], name: str) -> bool:
    text = variables.get(name, "").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={text!r}: say 1 or 0.")


def _day(variables: Mapping[str, str], name: str) -> date | None:
    text = variables.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={text!r}: write the day as 2026-10-08.") from error
