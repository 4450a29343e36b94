"""`fourfold serve` and `fourfold demo`: an address that answers, and somebody who can sign in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from fourfold.cli.demo.demo import DEMO_PASSWORD
from tests.cli.conftest import CHECKOUT, PATIENCE, Shell
from tests.cli.served import asked_until, free_port, get, served


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


def worker_of(home: Path, *, other_than: int = 0) -> Callable[[], int | None]:
    """Asks for the process id of a worker that has shown itself."""

    def pid() -> int | None:
        with closing(sqlite3.connect(home / "fourfold.sqlite3", timeout=PATIENCE)) as database:
            names = database.execute("SELECT name FROM jobs_workerpulse").fetchall()
        pids = {int(name.rpartition("-")[2]) for (name,) in names} - {other_than}
        return min(pids) if pids else None

    return pid


def test_serving_does_the_work_too_and_says_whether_somebody_does(empty: Shell) -> None:
    port = free_port()

    with served(empty, "serve", port=port):
        asked_until(worker_of(empty.home))
        assert get(f"http://127.0.0.1:{port}/readyz") == (200, "database: ok\nworker: ok\n")

    with served(empty, "serve", "--no-worker", port=port):
        assert get(f"http://127.0.0.1:{port}/readyz") == (200, "database: ok\nworker: none\n")


def test_a_worker_that_dies_is_replaced_and_the_pages_stay(empty: Shell) -> None:
    port = free_port()

    with served(empty, "serve", port=port) as command:
        first = asked_until(worker_of(empty.home))
        os.kill(first, signal.SIGKILL)
        second = asked_until(worker_of(empty.home, other_than=first))
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
    told = command.communicate()[0]

    assert second != first
    assert "the worker was ended by signal 9; it is started again in 0.5 s" in told


def test_nobody_works_on_once_the_supervisor_was_killed(empty: Shell) -> None:
    port = free_port()

    with served(empty, "serve", port=port) as command:
        worker = asked_until(worker_of(empty.home))
        command.kill()
        asked_until(lambda: None if is_alive(worker) else True)
        asked_until(lambda: None if answers(port) else True)


def is_alive(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # it may end while it is looked at
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def answers(port: int) -> bool:
    try:
        return get(f"http://127.0.0.1:{port}/healthz")[0] == 200
    except OSError:
        return False


def test_the_work_can_be_done_by_hand(empty: Shell) -> None:
    answer = empty("jobs", "--once")

    assert (answer.code, answer.out) == (0, "0 jobs done.\n")


def test_the_demo_says_where_and_who_and_serves_it(shell: Shell, tmp_path: Path) -> None:
    port, home = free_port(), tmp_path / "demo"
    asked = ("demo", "--home", home, "--folder", "examples/four-objectives")

    with served(shell, *asked, port=port) as command:
        assert get(f"http://127.0.0.1:{port}/")[0] == 200
    greeting = command.communicate()[0]

    assert f"http://127.0.0.1:{port}/" in greeting
    assert re.search(r"Sign in +ana ", greeting)
    assert DEMO_PASSWORD in greeting


def test_a_second_demo_finds_the_first_ones_database(shell: Shell, tmp_path: Path, empty_home: Path) -> None:
    shutil.copytree(empty_home, tmp_path / "demo")
    asked = (
        "demo",
        "--prepare-only",
        "--home",
        tmp_path / "demo",
        "--folder",
        "examples/four-objectives",
    )
    first = shell(*asked)
    counts = Shell(tmp_path / "demo").counts

    second = shell(*asked)

    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert "Loaded Harbour Bakery" in first.out
    assert "Loaded" not in second.out
    assert DEMO_PASSWORD in second.out
    assert Shell(tmp_path / "demo").counts == counts


def test_a_second_demo_prints_no_password_of_who_has_chosen_their_own(
    shell: Shell, tmp_path: Path, empty_home: Path
) -> None:
    home = Path(shutil.copytree(empty_home, tmp_path / "demo"))
    asked = ("demo", "--prepare-only", "--home", home, "--folder", "examples/four-objectives")
    first = shell(*asked)
    assert re.search(r"Sign in +ana ", first.out)
    people = re.findall(r"^    ([a-z-]+) +[a-z ]+ of ", first.out, flags=re.MULTILINE)

    Shell(home)("password", "ana", typed="a-long-way-to-the-harbour\n")
    second = shell(*asked)
    assert re.search(rf"Sign in +{people[0]} ", second.out)
    assert "ana" not in second.out

    for person in people:
        Shell(home)("password", person, typed="a-long-way-to-the-harbour\n")
    third = shell(*asked)
    assert DEMO_PASSWORD not in third.out
    assert "your own password" in third.out


def test_the_demo_never_touches_the_operators_own_database(
    bakery: Shell, tmp_path: Path, empty_home: Path
) -> None:
    before = bakery.counts
    shutil.copytree(empty_home, tmp_path / "demo")

    asked = ("demo", "--prepare-only", "--home", tmp_path / "demo", "--folder", "examples/four-objectives")
    answer = bakery(*asked, FOURFOLD_DATABASE=str(bakery.home / "fourfold.sqlite3"))

    assert answer.code == 0, answer.err
    assert bakery.counts == before


@contextmanager
def taken_port() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def made(*words: str) -> subprocess.CompletedProcess[str]:
    command = ["make", *words]
    return subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def test_make_demo_says_that_a_port_is_taken_before_it_installs_anything() -> None:
    with taken_port() as port:
        planned = made("--dry-run", "--always-make", "demo", f"PORT={port}").stdout
        told = made("free-port", f"PORT={port}")

    assert planned.startswith(f'scripts/require_port.sh "{port}"')
    assert f'fourfold demo --port "{port}"' in planned
    assert told.returncode != 0
    assert re.search(rf"PORT_TAKEN: .*:{port} .*\n.*make demo PORT=\d+", told.stderr)


@pytest.mark.parametrize("port", ["", "0", "65536", "eight"])
def test_make_demo_takes_no_port_that_is_none(port: str) -> None:
    told = made("free-port", f"PORT={port}")

    assert told.returncode != 0
    assert "is not a port" in told.stderr


def test_a_free_port_lets_make_demo_go_on() -> None:
    told = made("free-port", f"PORT={free_port()}")

    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_refused_before_anything_is_made(
    shell: Shell, tmp_path: Path, command: str
) -> None:
    with taken_port() as port:
        home = ("--home", tmp_path / "demo") if command == "demo" else ()
        answer = shell(command, "--port", str(port), *home)

    assert (answer.code, answer.out) == (4, "")
    assert "PORT_TAKEN" in answer.err
    instead = re.search(rf"fourfold {command} --port (\d+)", answer.err)
    assert instead
    assert abs(int(instead[1]) - port) == 1
    assert (f"make demo PORT={instead[1]}" in answer.err) == (command == "demo")
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
