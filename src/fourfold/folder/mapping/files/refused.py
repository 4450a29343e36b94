"""A file that is not read at all, and why."""

from __future__ import annotations

__all__ = ["FileRefused"]


class FileRefused(ValueError):
    """Nothing was read. `code` is stable: FILE_NOT_READABLE, ARCHIVE_BOMB, SHEET_TOO_LARGE, SHEET_UNKNOWN, …"""

    def __init__(self, code: str, message: str, *, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(f"{code}: {message}")
