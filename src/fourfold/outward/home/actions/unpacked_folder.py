"""A strategy folder out of an archive that a stranger may have made."""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal

__all__ = ["ArchiveRefused", "unpacked_folder"]

ENTRIES_AT_MOST = 5_000  # files; a folder of a thousand measures has about a thousand
BYTES_AT_MOST = (
    512 * 1024**2
)  # unpacked, counted while it is written: what the archive says of itself proves nothing
GROWTH_AT_MOST = 200  # unpacked ÷ packed of the whole; text packs about ten to one
BLOCK = 1024**2
ENDINGS = frozenset({".yaml", ".yml", ".csv", ".md", ".txt"})
STRATEGY = "strategy.yaml"


class ArchiveRefused(Refusal):
    code, status = "ARCHIVE_REFUSED", 422
    sentence = _("This archive was not opened: {reason}.")
    remedy = _("Pack the strategy folder alone, as a plain ZIP file, and choose it again.")


@contextmanager
def unpacked_folder(packed: IO[bytes], *, size: int) -> Iterator[Path]:
    """The folder with `strategy.yaml` in it, for as long as the block lasts. `size`: bytes of the archive.

    The whole of it stands on disk, never in memory; names that lead out of it, links and other kinds of file than a
    strategy folder has are refused before anything is written.

    Raises:
        ArchiveRefused.
    """
    with tempfile.TemporaryDirectory(prefix="fourfold-folder-") as place:
        target = Path(place)
        try:
            with zipfile.ZipFile(packed) as archive:
                _unpack(archive, target, limit=min(BYTES_AT_MOST, max(size, BLOCK) * GROWTH_AT_MOST))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as broken:
            raise ArchiveRefused(reason=_("it is no readable ZIP file")) from broken
        yield _strategy_inside(target)


def _unpack(archive: zipfile.ZipFile, target: Path, *, limit: int) -> None:
    entries = [each for each in archive.infolist() if not _is_left_out(each)]
    if len(entries) > ENTRIES_AT_MOST:
        raise ArchiveRefused(reason=_("it holds more than {n} files").format(n=ENTRIES_AT_MOST))
    for entry in entries:
        _require_plain(entry)
    left = limit
    for entry in entries:
        place = target.joinpath(*PurePosixPath(entry.filename).parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, place.open("xb") as copy:
            left -= _copied(source, copy, at_most=left)


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    """Folders come with their files; what archivers add of their own is passed over."""
    parts = PurePosixPath(entry.filename).parts
    return entry.is_dir() or "__MACOSX" in parts or bool(parts and parts[-1].startswith("."))


def _require_plain(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        raise ArchiveRefused(reason=_("“{name}” leads out of it").format(name=entry.filename))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveRefused(reason=_("“{name}” is a link").format(name=entry.filename))
    if entry.flag_bits & 0x1:
        raise ArchiveRefused(reason=_("“{name}” is locked with a password").format(name=entry.filename))
    if path.suffix.lower() not in ENDINGS:
        raise ArchiveRefused(reason=_("“{name}” is no part of a strategy folder").format(name=entry.filename))


def _copied(source: IO[bytes], copy: IO[bytes], *, at_most: int) -> int:
    written = 0
    while block := source.read(BLOCK):
        written += len(block)
        if written > at_most:
            raise ArchiveRefused(reason=_("unpacked it is far larger than packed"))
        copy.write(block)
    return written


def _strategy_inside(target: Path) -> Path:
    """At the top, or in the one folder there is: archivers do either."""
    for folder in (target, *sorted(each for each in target.iterdir() if each.is_dir())):
        if (folder / STRATEGY).is_file():
            return folder
    shutil.rmtree(target, ignore_errors=True)
    raise ArchiveRefused(reason=_("there is no strategy.yaml in it"))
