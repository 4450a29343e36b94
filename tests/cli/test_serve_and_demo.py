"""`fourfold serve` and `fourfold demo`: an address that answers, and somebody who can sign in."""

from __future__ import annotations

import re
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fourfold.cli.demo import DEMO_PASSWORD
from tests.cli.conftest import Shell
from tests.cli.serving import free_port, get, served


def test_serving_answers_until_it_is_stopped(bakery: Shell) -> None:
    port = free_port()

    with served(bakery, "serve", port=port) as command:
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
        status, page = get(f"http://127.0.0.1:{port}/")
        assert status == 200
        assert 'name="password"' in page

    assert command.returncode == 0
    with pytest.raises(OSError, match="refused"):
        get(f"http://127.0.0.1:{port}/healthz")


def test_the_demo_says_where_and_who_and_serves_it(shell: Shell, tmp_path: Path) -> None:
    port, home = free_port(), tmp_path / "demo"
    asked = ("demo", "--home", home, "--folder", "examples/four-objectives")

    with served(shell, *asked, port=port) as command:
        assert get(f"http://127.0.0.1:{port}/")[0] == 200
    greeting = command.communicate()[0]

    assert f"http://127.0.0.1:{port}/" in greeting
    assert re.search(r"Sign in +ana ", greeting)
    assert DEMO_PASSWORD in greeting


def test_a_second_demo_finds_the_first_ones_database(shell: Shell, tmp_path: Path) -> None:
    asked = (
        "demo",
        "--prepare-only",
        "--home",
        tmp_path / "demo",
        "--folder",
        "examples/four-objectives",
    )
    first = shell(*asked)
    counts = Shell(tmp_path / "demo", shell.pyc).counts

    second = shell(*asked)

    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert "Loaded Harbour Bakery" in first.out
    assert "Loaded" not in second.out
    assert DEMO_PASSWORD in second.out
    assert Shell(tmp_path / "demo", shell.pyc).counts == counts


def test_the_demo_never_touches_the_operators_own_database(bakery: Shell, tmp_path: Path) -> None:
    before = bakery.counts

    asked = ("demo", "--prepare-only", "--home", tmp_path / "demo", "--folder", "examples/four-objectives")
    answer = bakery(*asked, FOURFOLD_DATABASE=str(bakery.home / "fourfold.sqlite3"))

    assert answer.code == 0, answer.err
    assert bakery.counts == before


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_refused_before_anything_is_made(
    shell: Shell, tmp_path: Path, command: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        home = ("--home", tmp_path / "demo") if command == "demo" else ()
        answer = shell(command, "--port", str(taken.getsockname()[1]), *home)

    assert (answer.code, answer.out) == (4, "")
    assert "PORT_TAKEN" in answer.err
    assert "name another --port" in answer.err
    assert not shell.home.exists()
    assert not (tmp_path / "demo").exists()


def test_a_big_ledger_is_prepared_before_the_first_answer_and_that_is_said(bakery: Shell) -> None:
    with closing(sqlite3.connect(bakery.home / "fourfold.sqlite3")) as connection, connection:
        connection.execute("UPDATE measures_ledgerhead SET seq = 400000")
    port = free_port()

    with served(bakery, "serve", port=port) as command:
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
    told = command.communicate()[0]

    assert told.index("preparing the compiled kernels") < told.index("Ready.")
