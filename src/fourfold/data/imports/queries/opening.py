"""Files that cannot be read, as refusals; and a folder for what is unpacked from those that can."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fourfold.folder.mapping.files import FileRefused
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.disk_full import refusing_full_disk

__all__ = ["FileNotTaken", "UploadGone", "file_refusals", "unpacking_into"]


class FileNotTaken(Refusal):
    """What a reader refuses keeps the reader's own code: FILE_NOT_READABLE, ARCHIVE_BOMB, SHEET_TOO_LARGE, …"""

    code, status = "FILE_NOT_READABLE", 422
    sentence = _("The file cannot be read. {message}")
    remedy = "{advice}"

    def __init__(self, refused: FileRefused) -> None:
        super().__init__(message=refused.message, advice=refused.remedy)
        self.code = refused.code  # one class for the readers' many codes


class UploadGone(Refusal):
    code, status = "UPLOAD_GONE", 410
    sentence = _("The file that was handed in is no longer kept here.")
    remedy = _("Hand it in again.")


@contextmanager
def file_refusals() -> Iterator[None]:
    """Turn what a reader refuses into a refusal; likewise a file that is gone, and a disk too full to unpack it on."""
    try:
        with refusing_full_disk():
            yield
    except FileRefused as refused:
        raise FileNotTaken(refused) from refused
    except FileNotFoundError as gone:
        raise UploadGone from gone


@contextmanager
def unpacking_into(kept: Path | None) -> Iterator[Path]:
    """The folder beside a kept file, or one that is gone afterwards."""
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="fourfold-unpacked-") as folder:
        yield Path(folder)
