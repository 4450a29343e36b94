"""What an operator may say, and what is refused before anything starts."""

import os
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from fourfold.config.environment import NAMES, OUTSIDE, Environment
from fourfold.config.secret_key import secret_key
from fourfold.config.sqlite import keeps_wal_safe

STRONG = "k7Qz-2mVx9Lr4Tn8Wp3Yb6Hd1Js5Fg0Ca-eUiOqZtRyXlMvNwBp"
PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def environment(home: Path, **said: str) -> Environment:
    return Environment.read({"FOURFOLD_HOME": str(home), **said})


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    documented = re.findall(r"^\| `(FOURFOLD_[A-Z_]+)`", PAGE.read_text(), re.MULTILINE)

    assert set(NAMES) <= set(documented)
    assert all(name.startswith(OUTSIDE) for name in set(documented) - set(NAMES))


def test_a_misspelt_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="FOURFOLD_ALLOWED_HOST: no such setting"):
        environment(tmp_path, FOURFOLD_ALLOWED_HOST="example.org")


@pytest.mark.parametrize(("name", "text"), [("FOURFOLD_DEBUG", "perhaps"), ("FOURFOLD_TODAY", "8 October")])
def test_a_value_that_cannot_be_read_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        environment(tmp_path, **{name: text})


def test_today_may_be_pinned(tmp_path: Path) -> None:
    assert environment(tmp_path, FOURFOLD_TODAY="2026-10-08").today == date(2026, 10, 8)


def test_a_key_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    first = secret_key(environment(tmp_path))

    assert secret_key(environment(tmp_path)) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("weak", ["short", "a" * 80, "django-insecure-" + STRONG, "changeme" + STRONG])
def test_a_weak_or_published_key_is_refused(tmp_path: Path, weak: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FOURFOLD_SECRET_KEY"):
        secret_key(environment(tmp_path, FOURFOLD_SECRET_KEY=weak))
    assert secret_key(environment(tmp_path, FOURFOLD_SECRET_KEY=weak, FOURFOLD_DEMO="1")) == weak


def test_a_strong_key_is_taken(tmp_path: Path) -> None:
    assert secret_key(environment(tmp_path, FOURFOLD_SECRET_KEY=STRONG)) == STRONG
    assert not (tmp_path / "secret_key").exists()


def test_a_server_with_a_weak_key_does_not_start(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import fourfold.config.settings"],
        env={**os.environ, "FOURFOLD_HOME": str(tmp_path), "FOURFOLD_SECRET_KEY": "secret"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert "FOURFOLD_SECRET_KEY" in started.stderr


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 1), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_only_a_fixed_sqlite_keeps_a_write_ahead_log(version: tuple[int, ...], safe: bool) -> None:
    assert keeps_wal_safe(version) is safe


def test_the_database_keeps_what_it_acknowledged(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        said = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]

    assert keeps_wal_safe(tuple(map(int, version.split(".")))) is (settings.FOURFOLD_JOURNAL_MODE == "WAL")
    assert said == {"journal_mode": settings.FOURFOLD_JOURNAL_MODE.lower(), "synchronous": 2}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] == 30


def test_templates_keep_their_partials_and_their_loaders() -> None:
    loaders = settings.TEMPLATES[0]["OPTIONS"]["loaders"]

    assert loaders[0][0] == "template_partials.loader.Loader"
    assert "APP_DIRS" not in settings.TEMPLATES[0]
