"""No room left, said once and clearly, wherever it shows."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal

__all__ = ["DiskFull", "refusing_full_disk"]

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFull(Refusal):
    code, status = "DISK_FULL", 507
    sentence = _("There is no room left on the server. Nothing was written.")
    remedy = _("Ask your administrator to make room, then start it again.")


@contextmanager
def refusing_full_disk() -> Iterator[None]:
    """Around a whole transaction: when this refuses, it is rolled back already."""
    try:
        yield
    except OperationalError as problem:
        if "disk is full" in str(problem) or "disk I/O error" in str(problem):
            raise DiskFull from problem
        raise
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise DiskFull from problem
        raise
