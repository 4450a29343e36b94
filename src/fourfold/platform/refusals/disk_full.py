"""No room left, said once and clearly, wherever it shows."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.refusal import Refusal

__all__ = ["DiskFull", "is_full_disk", "refusing_full_disk"]

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_IN_WORDS = "disk is full"  # SQLite's; its other trouble with a disk is a fault (`disk_fault`)


class DiskFull(Refusal):
    code, status = "DISK_FULL", 507
    sentence = _("There is no room left on the server. Nothing was written.")
    remedy = _("Ask your administrator to make room, then start it again.")


@contextmanager
def refusing_full_disk() -> Iterator[None]:
    """Around a whole transaction: when this refuses, it is rolled back already."""
    try:
        yield
    except (OperationalError, OSError) as problem:
        if is_full_disk(problem):
            raise DiskFull from problem
        raise


def is_full_disk(problem: BaseException) -> bool:
    """Whether a database or a file found no room."""
    if isinstance(problem, OperationalError):
        return _IN_WORDS in str(problem)
    return isinstance(problem, OSError) and problem.errno in _NO_ROOM
