"""A disk that fails though there is room on it: it may pass, so whoever can tries again."""

from __future__ import annotations

import errno

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.refusal import Refusal

__all__ = ["DiskFault", "is_disk_fault"]

_IN_WORDS = (
    "disk I/O error"  # SQLite's, for every read, write or sync that failed for another reason than room
)


class DiskFault(Refusal):
    code, status = "DISK_FAULT", 503
    sentence = _("The server could not read or write its disk. Nothing was changed.")
    remedy = _("Try again in a minute. If it stays, ask your administrator to look at the disk and the log.")


def is_disk_fault(problem: BaseException) -> bool:
    """Whether a database or a file found its disk failing; a full one is none."""
    if isinstance(problem, OperationalError):
        return _IN_WORDS in str(problem)
    return isinstance(problem, OSError) and problem.errno == errno.EIO
