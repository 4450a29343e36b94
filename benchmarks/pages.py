"""The scorecard's page over HTTP, from the real server: 20 readers of the demo, and the root of 1,000 units.

`python -m benchmarks.pages demo` and `… large` measure one of them in a home of their own and print seconds.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

import numpy as np

from benchmarks.report import Report

__all__ = ["measure"]

READERS, PAUSE, LASTING = 20, 2.0, 24.0  # people, seconds between two requests of one, seconds in all
MOST_FOR_THE_DEMO, MOST_FOR_THE_ROOT = 0.120, 0.250  # seconds, p95
FOUNDED = datetime(2026, 1, 15, 8, tzinfo=UTC)
PERSON, PASSWORD = "bench-reader", "a-long-way-up-the-hill"
ROWS_AT_ONCE = 1_000_000
ALONE = 40  # requests of the root's page, one after another


def measure(report: Report) -> None:
    """Each in a process of its own: one process has one database."""
    for name, what, most in (
        ("demo", f"scorecard page of the demo, {READERS} readers, p95", MOST_FOR_THE_DEMO),
        (
            "large",
            "scorecard page of the root of 1,000 units × 200 measures × 60 months, p95",
            MOST_FOR_THE_ROOT,
        ),
    ):
        with tempfile.TemporaryDirectory(prefix=f"fourfold-pages-{name}-") as home:
            told = subprocess.run(
                [sys.executable, "-m", "benchmarks.pages", name],
                env={
                    **os.environ,
                    "FOURFOLD_HOME": home,
                    "FOURFOLD_TODAY": "2026-01-15" if name == "large" else "",
                },
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout.split()
        p50, p95, pages = float(told[0]), float(told[1]), int(told[2])
        report.add(
            what,
            f"{p95 * 1e3:.0f} ms (median {p50 * 1e3:.0f} ms, {pages} pages)",
            promise=f"at most {most * 1e3:.0f} ms",
            is_kept=p95 <= most,
        )


def _demo() -> list[float]:
    from fourfold.cli.demo.demo import EXAMPLE
    from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
    from fourfold.platform.accounts.scope import INSTALLATION

    load_strategy_folder(EXAMPLE, data=None, scope=INSTALLATION, at=datetime.now(UTC))
    with _served() as port:
        cookie = _signed_in(port, person=_reader("meridian"))
        return _by_many(port, "/scorecards/meridian/2026-09/", cookie=cookie)


def _large() -> list[float]:
    from benchmarks.reference_work import reference_work
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
    from fourfold.scorecard.measures.actions.append_observations import append_rows
    from fourfold.scorecard.measures.actions.resolving_columns import RowOrigins

    work = reference_work()
    write_definitions(work.definitions, scope=INSTALLATION, at=FOUNDED)
    for start in range(0, len(work.rows), ROWS_AT_ONCE):
        part = work.rows.between(start, min(start + ROWS_AT_ONCE, len(work.rows)))
        append_rows(part, definitions=work.definitions, origins=RowOrigins(), scope=INSTALLATION, at=FOUNDED)
    root = work.definitions.units[0].key
    with _served() as port:
        cookie = _signed_in(port, person=_reader(root))
        address = f"/scorecards/{root}/2025-12/"
        _read(port, address, cookie=cookie)
        return [_read(port, address, cookie=cookie) for _ in range(ALONE)]


def _reader(unit: str) -> str:
    """Somebody who sees everything from the unit down."""
    from fourfold.platform.accounts.models import Membership, Person
    from fourfold.platform.units.models import Unit

    person = Person.objects.create_user(PERSON, name="Bench Reader")
    person.set_password(PASSWORD)
    person.save()
    Membership.objects.create(person=person, role="viewer", unit=Unit.objects.get(key=unit))
    return PERSON


@contextmanager
def _served() -> Iterator[int]:
    """The real server, without the worker, until the block ends."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    command = [Path(sys.executable).with_name("fourfold"), "serve", f"--port={port}", "--no-worker"]
    server = subprocess.Popen(command, stdout=sys.stderr)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            sleep(0.5)
    raise TimeoutError("the server does not answer")


def _signed_in(port: int, *, person: str) -> str:
    """The cookie of a session, won at the real door."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/accounts/login/")
    page = connection.getresponse()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token
    crumb = re.search(r"csrftoken=[^;]+", page.headers["Set-Cookie"] or "")
    assert crumb
    form = {"login": person, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    headers = {"Cookie": crumb[0], "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/accounts/login/", urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    cookies = " ".join(answer.headers.get_all("Set-Cookie") or [])
    session = re.search(r"sessionid=[^;]+", cookies)
    assert session, answer.status
    return session[0]


def _read(port: int, address: str, *, cookie: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start = perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    taken = perf_counter() - start
    assert answer.status == http.client.OK, answer.status
    return taken


def _by_many(port: int, address: str, *, cookie: str) -> list[float]:
    """Each reader asks every two seconds; they do not begin together."""
    _read(port, address, cookie=cookie)
    _read(port, address, cookie=cookie)
    times: list[float] = []

    def reader(place: int) -> None:
        sleep(place * PAUSE / READERS)
        end = perf_counter() + LASTING
        while (start := perf_counter()) < end:
            times.append(_read(port, address, cookie=cookie))
            sleep(max(0.0, PAUSE - (perf_counter() - start)))

    readers = [threading.Thread(target=reader, args=(place,)) for place in range(READERS)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    return times


if __name__ == "__main__":
    from fourfold.cli.database import brought_up_to_date

    brought_up_to_date()
    taken = {"demo": _demo, "large": _large}[sys.argv[1]]()
    print(float(np.percentile(taken, 50)), float(np.percentile(taken, 95)), len(taken))
