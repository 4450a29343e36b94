"""The examples in the docstrings of drivers, variance and segments are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from fourfold.engine import drivers, segments, variance

ROOMS = [
    name
    for room in (drivers, segments, variance)
    for name in (
        room.__name__,
        *(f"{room.__name__}.{found.name}" for found in pkgutil.iter_modules(room.__path__)),
    )
]


@pytest.mark.parametrize("room", ROOMS)
def test_the_examples_in_the_docstrings_are_true(room: str) -> None:
    assert doctest.testmod(importlib.import_module(room)).failed == 0
