"""A served installation, for as long as a test needs it."""

from __future__ import annotations

import random
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import TypeVar, cast

from tests.cli.conftest import FOURFOLD, PATIENCE, Shell

__all__ = ["asked_until", "free_port", "get", "served"]

T = TypeVar("T")


PORTS = range(20_000, 32_000)
"""Below those that a system gives whoever connects somewhere: seconds go by until the server listens."""


def free_port() -> int:
    """A port nobody listens on."""
    for port in random.sample(PORTS, 100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("somebody listens on every port")


@contextmanager
def served(shell: Shell, *arguments: str | Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The command runs until the block ends; entered once it answers."""
    command = subprocess.Popen(
        [FOURFOLD, *map(str, arguments), "--port", str(port)],
        cwd=shell.folder,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until_it_answers(command, port=port)
        yield command
    finally:
        command.terminate()
        command.wait(PATIENCE)


def wait_until_it_answers(command: subprocess.Popen[str], *, port: int) -> None:
    def is_there() -> bool | None:
        assert command.poll() is None, command.communicate()[0]
        try:
            return get(f"http://127.0.0.1:{port}/healthz")[0] > 0
        except (urllib.error.URLError, ConnectionError):
            return None

    asked_until(is_there)


def asked_until(question: Callable[[], T | None]) -> T:
    """The first answer that is one; in between, whoever is to answer has the processor."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (answer := question()) is not None:
            return answer
        time.sleep(0.1)
    raise AssertionError("no answer")


def get(address: str) -> tuple[int, str]:
    """Status and body; redirects are followed."""
    with cast("HTTPResponse", urllib.request.urlopen(address, timeout=PATIENCE)) as answer:
        return answer.status, answer.read().decode()
