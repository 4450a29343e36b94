"""What the parts of one look at a file share: how it is written, and what the definitions call things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Definitions
from fourfold.folder.mapping.look.columns import KnownNames
from fourfold.folder.mapping.look.naming import key_of
from fourfold.folder.mapping.look.periods_seen import PeriodsSeen
from fourfold.folder.mapping.look.proposing import proposed_measure, read_samples
from fourfold.folder.mapping.look.values import FileFormat, ProposedMeasure
from fourfold.folder.mapping.numbers import NumberFormat

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """`seen` where columns name periods; `frequency` is how often there seems to be a value.

    New things stand `below` a unit, the root where it is empty; no key is one of those `taken`.
    """

    name: str
    written: FileFormat
    names: KnownNames
    definitions: Definitions
    frequency: Frequency
    form: NumberFormat
    seen: PeriodsSeen | None
    below: str = ""
    taken: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The name of the file without its ending."""
        return self.name.rpartition(".")[0]

    @property
    def key_of_file(self) -> str:
        """Of a new measure to which all values of the file belong."""
        return key_of(self.placed(self.title), self.taken, otherwise="measure")

    def placed(self, text: str) -> str:
        """What a key is made of: whoever sees a part alone keeps to it, so that no key tells of another part."""
        return f"{self.below} {text}" if self.below else text

    def proposed(self, key: str, title: str, *, text: str, samples: Sequence[str]) -> ProposedMeasure:
        """A measure that nobody has defined, from its name and values."""
        return proposed_measure(
            key,
            title,
            text=text,
            samples=read_samples(samples, self.form),
            frequency=self.frequency.value,
            currency=self.definitions.organisation.currency,
        )
