"""Which jobs there are. An app's `jobs.py` registers its own; its AppConfig.ready imports that module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fourfold.platform.jobs.lease import Lease

__all__ = ["JobFunction", "NoSuchJob", "function_of", "is_registered", "job"]

JobFunction = Callable[[Mapping[str, Any], "Lease"], Mapping[str, Any]]
"""Takes the payload and the lease it works under; answers the result, as JSON."""

_FUNCTIONS: dict[str, JobFunction] = {}


class NoSuchJob(LookupError):
    """Nothing of that name was registered: its app's `ready()` does not import its jobs."""


def job(name: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function under a dotted name such as `imports.commit`; the same name again replaces."""

    def register(function: JobFunction) -> JobFunction:
        _FUNCTIONS[name] = function
        return function

    return register


def function_of(name: str) -> JobFunction:
    """The function registered under the name.

    Raises:
        NoSuchJob: there is none.
    """
    try:
        return _FUNCTIONS[name]
    except KeyError as unknown:
        raise NoSuchJob(f"no job is called {name!r}; there are {', '.join(sorted(_FUNCTIONS))}") from unknown


def is_registered(name: str) -> bool:
    """Whether there is such a job."""
    return name in _FUNCTIONS
