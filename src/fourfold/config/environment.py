"""What an operator may say through the environment; docs/settings.md documents every name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["NAMES", "OUTSIDE", "Environment", "IdentityProvider"]

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
    "FOURFOLD_ADDRESS",
    "FOURFOLD_UPLOAD_MB",
    "FOURFOLD_PROXIES",
    "FOURFOLD_INVITATION_DAYS",
    "FOURFOLD_OIDC_NAME",
    "FOURFOLD_OIDC_ISSUER",
    "FOURFOLD_OIDC_CLIENT_ID",
    "FOURFOLD_OIDC_CLIENT_SECRET",
    "FOURFOLD_OIDC_CLIENT_SECRET_FILE",
)
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Where people of the house sign in with the account they have already (OpenID Connect)."""

    name: str
    issuer: str
    client_id: str
    client_secret: str

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Self | None:
        """All of it or nothing: half a provider would fail at somebody's first sign-in."""
        issuer = variables.get("FOURFOLD_OIDC_ISSUER", "").strip().rstrip("/")
        client_id = variables.get("FOURFOLD_OIDC_CLIENT_ID", "").strip()
        secret = _secret(variables, "FOURFOLD_OIDC_CLIENT_SECRET")
        if not (issuer or client_id or secret):
            return None
        if not (issuer and client_id and secret):
            raise ImproperlyConfigured(
                "FOURFOLD_OIDC_ISSUER, FOURFOLD_OIDC_CLIENT_ID and FOURFOLD_OIDC_CLIENT_SECRET(_FILE) belong together."
            )
        is_safe = issuer.startswith("https://") or urlsplit(issuer).hostname in {"127.0.0.1", "localhost"}
        if not is_safe:
            raise ImproperlyConfigured(f"FOURFOLD_OIDC_ISSUER={issuer!r}: an issuer is reached over https.")
        name = variables.get("FOURFOLD_OIDC_NAME", "").strip() or urlsplit(issuer).hostname or issuer
        return cls(name=name, issuer=issuer, client_id=client_id, client_secret=secret)

    @property
    def origin(self) -> str:
        """Where the sign-in form may lead: browsers hold a form's redirects to the page's `form-action` too."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def app(self) -> dict[str, object]:
        """As allauth wants it told. The code is bound to this browser by a verifier (PKCE)."""
        return {
            "provider_id": "house",
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.issuer, "oauth_pkce_enabled": True},
        }


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
    address: str
    upload_mb: int
    proxies: int
    invitation_days: int
    oidc: IdentityProvider | None

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
            address=_address(variables),
            upload_mb=_whole(variables, "FOURFOLD_UPLOAD_MB", otherwise=100),
            proxies=_count(variables, "FOURFOLD_PROXIES", default=0),
            invitation_days=_count(variables, "FOURFOLD_INVITATION_DAYS", default=7),
            oidc=IdentityProvider.read(variables),
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


def _whole(variables: Mapping[str, str], name: str, *, otherwise: int) -> int:
    text = variables.get(name, "").strip() or str(otherwise)
    if text.isascii() and text.isdigit() and int(text):
        return int(text)
    raise ImproperlyConfigured(f"{name}={text!r}: write a whole number above zero.")


def _address(variables: Mapping[str, str]) -> str:
    """Where people reach this installation, without the last slash: mails have to say it in full."""
    origins = _listed(variables.get("FOURFOLD_TRUSTED_ORIGINS", ""))
    text = variables.get("FOURFOLD_ADDRESS", "").strip() or next(iter(origins), "http://localhost:8000")
    if not text.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"FOURFOLD_ADDRESS={text!r}: write it like https://scorecard.example.org.")
    return text.rstrip("/")


def _day(variables: Mapping[str, str], name: str) -> date | None:
    text = variables.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={text!r}: write the day as 2026-10-08.") from error


def _count(variables: Mapping[str, str], name: str, *, default: int) -> int:
    text = variables.get(name, "").strip() or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name}={text!r}: write a whole number.")
    return int(text)


def _secret(variables: Mapping[str, str], name: str) -> str:
    """Said straight out, or kept in a file that is named by the same setting with _FILE."""
    said, file = variables.get(name, "").strip(), variables.get(f"{name}_FILE", "").strip()
    if said and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE: say one of them.")
    if not file:
        return said
    try:
        return Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE={file!r} cannot be read.") from error
