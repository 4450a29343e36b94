"""The cube on disk: a generation of memory-mapped arrays that a fresh process opens instead of reading the ledger.

Never the truth: a generation that does not fit the definitions or the journal, or that is not whole, is passed over,
and the cube is made from the ledger. A file is never changed once its manifest names it: one writer under a lock
writes new ones aside, syncs them, and only then renames the manifest, so a crash leaves the old generation or the new.
Readers map the files copy-on-write: later rows stay in their own memory.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book, Timeline
from fourfold.engine.calendar import Frequency
from fourfold.engine.cube import Cube, layout_of
from fourfold.engine.cube.stack import Stack

__all__ = ["JournalPlace", "Mirrored", "open_mirror", "write_mirror"]

FORMAT = "fourfold.cube/1"
MANIFEST = "manifest.json"
ARRAYS = ("numerator", "denominator", "reasons")


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """How the audit chain ended when the mirror was made: a copy of another database has another chain."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A cube as it was at `seq` of the ledger."""

    cube: Cube
    seq: int


class _NotWhole(Exception):
    """A file is missing, short, or of another shape."""


def write_mirror(place: Path, cube: Cube, *, seq: int, journal: JournalPlace) -> bool:
    """Leave a new generation; False where another process is writing one. Costs one pass over the cube's bytes."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _only_writer(place) as is_mine:
        if not is_mine:
            return False
        layout = layout_of(cube.book)
        name = f"{seq}-{layout[:12]}-{os.urandom(4).hex()}"
        stacks = [_write_stack(place, stack, name=name) for stack in cube.stacks.values()]
        manifest = {
            "format": FORMAT,
            "seq": seq,
            "layout": layout,
            "journal": [journal.seq, journal.digest],
            "years": [cube.timeline.first, cube.timeline.last],
            "taken": cube.taken,
            "lost": dict(cube.lost),
            "stacks": stacks,
        }
        _replace_manifest(place, manifest)
        _sweep(place, kept={stack[array] for stack in stacks for array in ARRAYS})
        return True


def open_mirror(
    place: Path, book: Book, *, upto: int, digest_at: Callable[[int], str | None]
) -> Mirrored | None:
    """The latest generation, where it fits this book and this journal and is not ahead of `upto`; else None.

    Maps the files and reads none of them: pages come in as they are looked at.
    """
    try:
        told = json.loads((place / MANIFEST).read_bytes())
        fits = told["format"] == FORMAT and told["layout"] == layout_of(book) and told["seq"] <= upto
        if not fits or digest_at(told["journal"][0]) != told["journal"][1]:
            return None
        timeline = Timeline(book.timeline.calendar, *told["years"])
        stacks = {
            Frequency(each["frequency"]): _open_stack(place, each, book=book, timeline=timeline)
            for each in told["stacks"]
        }
    except (OSError, EOFError, ValueError, KeyError, TypeError, _NotWhole):
        return None
    if set(stacks) != set(book.tracks):
        return None
    cube = Cube.restored(book, timeline=timeline, stacks=stacks, taken=told["taken"], lost=told["lost"])
    return Mirrored(cube, told["seq"])


@contextmanager
def _only_writer(place: Path) -> Iterator[bool]:
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _write_stack(place: Path, stack: Stack, *, name: str) -> dict[str, Any]:
    frequency = stack.table.frequency.value
    tracks = sorted(stack.reasons)
    empty = np.empty((0, *stack.numerator.shape[1:]), dtype=np.uint8)
    reasons = np.stack([stack.reasons[track] for track in tracks]) if tracks else empty
    arrays = {"numerator": stack.numerator, "denominator": stack.denominator, "reasons": reasons}
    files = {array: f"{frequency}-{name}.{array}.npy" for array in ARRAYS}
    for array, values in arrays.items():
        _write_synced(place / files[array], values)
    return {"frequency": frequency, "tracks": tracks, **files}


def _open_stack(place: Path, told: dict[str, Any], *, book: Book, timeline: Timeline) -> Stack:
    frequency = Frequency(told["frequency"])
    table, ordinals = book.tracks[frequency], timeline.ordinals(frequency)
    rest = (len(ordinals), len(book.units))
    quotients = int((table.denominator >= 0).sum())
    reasons = _mapped(place / told["reasons"], shape=(len(told["tracks"]), *rest), dtype="uint8")
    return Stack(
        table,
        ordinals,
        _mapped(place / told["numerator"], shape=(len(table), *rest), dtype="float64"),
        _mapped(place / told["denominator"], shape=(quotients, *rest), dtype="float64"),
        {track: reasons[at] for at, track in enumerate(told["tracks"])},
    )


def _mapped(file: Path, *, shape: tuple[int, ...], dtype: str) -> NDArray[Any]:
    values = np.load(file, mmap_mode="c" if 0 not in shape else None, allow_pickle=False)
    if values.shape != shape or values.dtype != np.dtype(dtype):
        raise _NotWhole
    plain: NDArray[Any] = values.view(np.ndarray)
    return plain


def _write_synced(file: Path, values: NDArray[Any]) -> None:
    with file.open("xb") as written:
        np.save(written, np.ascontiguousarray(values), allow_pickle=False)
        written.flush()
        os.fsync(written.fileno())


def _replace_manifest(place: Path, manifest: dict[str, Any]) -> None:
    aside = place / f"{MANIFEST}.{os.getpid()}"
    with aside.open("wb") as written:
        written.write(json.dumps(manifest, sort_keys=True).encode())
        written.flush()
        os.fsync(written.fileno())
    _sync_folder(place)  # the arrays' names must be there before the manifest names them
    aside.replace(place / MANIFEST)
    _sync_folder(place)


def _sync_folder(place: Path) -> None:
    folder = os.open(place, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _sweep(place: Path, *, kept: set[str]) -> None:
    """Take away what no manifest names; processes that have it open keep it until they end."""
    for file in place.glob("*.npy"):
        if file.name not in kept:
            file.unlink(missing_ok=True)
