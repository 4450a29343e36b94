"""The process's own cube: derived from the ledger, and brought up to its head before every answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from zoneinfo import ZoneInfo

from django.conf import settings

from fourfold.engine.book import Book, compile_book
from fourfold.engine.cube import Cube, layout_of
from fourfold.engine.definitions import Definitions, Organisation
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.audit.queries import journal_digest
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation, today
from fourfold.scorecard.evaluation.mirror import open_mirror
from fourfold.scorecard.evaluation.queries.decided_limits import decisions_known
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.queries.ledger import definitions_seq, has_rows_of, head_seq, seq_as_of
from fourfold.scorecard.measures.queries.ledger_rows import Positions, positions_in, rows_since

__all__ = ["KnownCube", "forget", "known_definitions", "known_now", "known_on", "mirror_place"]

REMEMBERED_MOMENTS = 4
"""Cubes kept for “as known on”: a person steps between a few moments; each costs a cube's memory."""


@dataclass(slots=True)
class KnownCube:
    """A book and its cube at one seq. `today` is the day the book takes for today."""

    book: Book
    cube: Cube
    positions: Positions
    definitions_seq: int
    today: date
    seq: int = 0

    @classmethod
    def at(cls, definitions_seq: int, *, today: date) -> KnownCube:
        """Compile what was known at that seq, over an empty cube."""
        definitions = read_definitions(definitions_seq)
        book = compile_book(definitions, today=today)
        return cls(book, Cube(book), positions_in(definitions), definitions_seq, today)

    def catch_up(self, seq: int) -> None:
        """Take in what became known since."""
        if seq > self.seq:
            self.cube.take_in(rows_since(self.seq, upto=seq, positions=self.positions))
            self.seq = seq

    def serves(self, definitions_seq: int, *, today: date, seq: int) -> bool:
        """Whether this cube can be brought to that place; a ledger that went back (a restored copy) cannot."""
        return (self.definitions_seq, self.today) == (definitions_seq, today) and self.seq <= seq


# One cube is written by `catch_up` and read by evaluations: both happen under this lock, so a page's numbers all
# belong to one seq. An evaluation of one page takes milliseconds; threads of one process take turns.
_lock = RLock()
_live: list[KnownCube] = []
_read: list[tuple[int, Definitions]] = []
_moments: OrderedDict[tuple[int, date], KnownCube] = OrderedDict()


def forget() -> None:
    """Drop every cube of this process: another database stands behind the same settings (tests)."""
    with _lock:
        _live.clear()
        _read.clear()
        _moments.clear()


@contextmanager
def known_now(at: datetime) -> Iterator[KnownCube]:
    """The cube at the ledger's head; holds the process's lock while the caller reads it.

    Costs one query when nothing changed. A change of definitions, or of the day, compiles the book anew; the ledger
    is read from its start only where measures or units changed their places and no mirror fits.

    Raises:
        NotFounded: nothing was loaded yet.
    """
    with _lock:
        seq = head_seq()
        written = _written_at(seq)
        day = today(_organisation_at(written), at=at)
        if not _live or not _live[0].serves(written, today=day, seq=seq):
            _live[:] = [_made_ready(written, today=day, seq=seq)]
        _live[0].catch_up(seq)
        _live[0].cube.decisions = decisions_known()
        yield _live[0]


def _made_ready(written: int, *, today: date, seq: int) -> KnownCube:
    """A cube under these definitions: over the observations this process has, else over the mirror's, else empty.

    The process's own are kept where every number keeps its place, and where measures or units have only come along.
    """
    definitions = _read_once(written)
    book = compile_book(definitions, today=today)
    before = _live.pop() if _live else None
    if before is not None and before.seq <= seq and layout_of(before.book) == layout_of(book):
        cube, upto = before.cube.carried(book), before.seq
    elif before is not None and before.seq <= seq and (grown := _grown(before, book)) is not None:
        cube, upto = grown, before.seq
    elif (mirrored := open_mirror(mirror_place(), book, upto=seq, digest_at=journal_digest)) is not None:
        cube, upto = mirrored.cube, mirrored.seq
    else:
        cube, upto = Cube(book), 0
    return KnownCube(book, cube, positions_in(definitions), written, today, upto)


def _grown(before: KnownCube, book: Book) -> Cube | None:
    """The observations of this process under a book with more measures or units, of which none has a row yet."""
    found = before.cube.grown(book)
    if found is None:
        return None
    cube, growth = found
    return None if has_rows_of(growth.measures, units=growth.new_units) else cube


def mirror_place() -> Path:
    """The folder of the mirror, in this installation's home."""
    home: Path = settings.FOURFOLD_HOME
    return home / "cube"


def known_definitions() -> Definitions:
    """Everything written down, as the ledger's head knows it; people as they are this moment.

    For compiling and for looking things up on a page, never for showing: it knows no scope. Costs three queries when
    nothing changed, and what `read_definitions` costs after a change.

    Raises:
        NotFounded: nothing was loaded yet.
    """
    with _lock:
        written = _written_at(head_seq())
        kept = next((cube.book.definitions for cube in _live if cube.definitions_seq == written), None)
        definitions = kept or _read_once(written)
    return replace(definitions, people=known_people())


def _read_once(written: int) -> Definitions:
    """The definitions of that seq, kept until others hold: several panels of one page ask for them."""
    if not _read or _read[0][0] != written:
        _read[:] = [(written, read_definitions(written))]
    return _read[0][1]


def _written_at(seq: int) -> int:
    """At which seq the definitions were written that hold at `seq`; no query where the live cube is there already."""
    if _live and _live[0].seq == seq:
        return _live[0].definitions_seq
    return _definitions_at(seq)


def _organisation_at(written: int) -> Organisation:
    if _live and _live[0].definitions_seq == written:
        return _live[0].book.definitions.organisation
    return known_organisation(written)


@contextmanager
def known_on(time: datetime, *, at: datetime) -> Iterator[KnownCube]:
    """The cube as it was known on `time`, from the ledger; its today is that day, where it lies in the past.

    Raises:
        NotFounded: nothing was known yet.
    """
    with _lock:
        seq = seq_as_of(time)
        written = _definitions_at(seq)
        organisation = known_organisation(written)
        day = min(today(organisation, at=at), _local_day(time, organisation.time_zone))
        known = _moments.pop((seq, day), None) or KnownCube.at(written, today=day)
        known.catch_up(seq)
        _moments[seq, day] = known
        while len(_moments) > REMEMBERED_MOMENTS:
            _moments.popitem(last=False)
        known.cube.decisions = decisions_known(as_of=time)
        yield known


def _definitions_at(seq: int) -> int:
    written = definitions_seq(seq)
    if written == 0:
        raise NotFounded
    return written


def _local_day(time: datetime, zone: str) -> date:
    return time.astimezone(ZoneInfo(zone)).date()
