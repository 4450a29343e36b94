"""Writes generation after generation of one cube until it is killed; run as a process of its own by test_mirror."""

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from fourfold.engine.book import compile_book
from fourfold.engine.cube import Cube
from fourfold.scorecard.evaluation.mirror import JournalPlace, write_mirror
from tests.engine.worlds import TODAY, world

drawn = world(3)
cube = Cube.of(compile_book(drawn.definitions, today=TODAY), drawn.rows)
print("begun", flush=True)
for seq in itertools.count(2):
    write_mirror(Path(sys.argv[1]), cube, seq=seq, journal=JournalPlace(1, "ab"))
