"""The paths a person types."""

from __future__ import annotations

import errno
from pathlib import Path

__all__ = ["require_file", "require_folder"]


def require_folder(path: Path | None) -> None:
    """Refuse a folder that is not there; None is nobody's mistake."""
    if path is not None and not path.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder", str(path))


def require_file(path: Path) -> None:
    """Refuse a file that is not there."""
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "There is no such file", str(path))
