"""A measure that a file speaks of and nobody has defined: what its name and its values suggest, with the evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fourfold.engine.quantities import UnknownUnitOfMeasure, unit_of_measure
from fourfold.folder.mapping.look.naming import (
    is_usually_a_share,
    stated_unit_of_measure,
    suggested_kind,
    wanted_way,
)
from fourfold.folder.mapping.look.values import ProposedMeasure
from fourfold.folder.mapping.number_marks import meanings_of_mark
from fourfold.folder.mapping.numbers import NumberFormat, NumberProblem

__all__ = ["ReadSamples", "proposed_measure", "read_samples", "with_unit_of_measure"]

MOST_DECIMALS = 2
MOST_OF_SMALL = 4
"""Of values that are all below one: two digits would leave nothing of 0.0034."""


@dataclass(frozen=True, slots=True)
class ReadSamples:
    """Values of one measure: as numbers, how many decimals they are written with, and the mark beside them."""

    values: tuple[float, ...] = ()
    decimals: int = 0
    mark: str = ""
    marked: str = ""
    shown: str = ""

    @property
    def reach(self) -> float:
        """The largest distance from zero."""
        return max((abs(value) for value in self.values), default=0.0)


def read_samples(texts: Sequence[str], form: NumberFormat) -> ReadSamples:
    """Cells of one measure; what is no number is passed over."""
    read = [(text, form.read(text)) for text in texts]
    good = [(text, value) for text, (value, problem) in read if problem is NumberProblem.NONE]
    written = {text: form.bare(text) for text, _value in good}
    places = {text: len(bare.partition(form.decimal)[2]) for text, (bare, _mark) in written.items()}
    marked = next((text for text, (_bare, mark) in written.items() if mark), "")
    longest = max(good, key=lambda each: places[each[0]], default=("", 0.0))
    return ReadSamples(
        values=tuple(value for _text, value in good),
        decimals=max(places.values(), default=0),
        mark=written[marked][1] if marked else "",
        marked=marked.strip(),
        shown=repr(longest[1]) if good else "",
    )


def proposed_measure(
    key: str, title: str, *, text: str, samples: ReadSamples, frequency: str, currency: str
) -> ProposedMeasure:
    """Every guess may be changed before the measure is created."""
    symbol, word, evidence = _unit_of_measure(title, samples, currency=currency)
    kind, why = suggested_kind(title, symbol=symbol)
    return ProposedMeasure(
        key=key,
        name=(title[:1].upper() + title[1:])
        .replace("_", " ")
        .replace(f" {word}" if "(" in word else "\0", ""),
        kind=kind,
        unit_of_measure=symbol,
        goal=wanted_way(title),
        frequency=frequency,
        decimals=_decimals(samples),
        text=text,
        evidence=" ".join(part for part in (evidence, why) if part),
        sample=samples.shown,
    )


def with_unit_of_measure(proposed: ProposedMeasure, text: str) -> ProposedMeasure:
    """The same in the unit of measure that stands beside it in the file, where that is one."""
    try:
        symbol = (
            unit_of_measure(SPELT.get(text.strip().casefold(), text.strip())).symbol if text.strip() else ""
        )
    except UnknownUnitOfMeasure:
        symbol = ""
    if not symbol or symbol == proposed.unit_of_measure:
        return proposed
    kind, why = suggested_kind(proposed.name, symbol=symbol)
    evidence = " ".join(part for part in (f"“{text.strip()}” stands beside it.", why) if part)
    return replace(proposed, unit_of_measure=symbol, kind=kind, evidence=evidence)


SPELT = {
    **{mark: meanings_of_mark(mark)[0] for mark in "€$£¥"},
    **dict.fromkeys(("percent", "prozent"), "%"),
    **dict.fromkeys(("hours", "hour", "hrs", "hr", "stunden"), "h"),
    **dict.fromkeys(("minutes", "minute"), "min"),
    **dict.fromkeys(("day", "tage", "tag"), "days"),
    **dict.fromkeys(("#", "no", "no.", "nr", "nr.", "number", "count", "anzahl", "units", "unit"), "1"),
    **dict.fromkeys(("stk", "stk.", "stück", "pcs"), "1"),
}
"""How people write units of measure in a column of them."""


def _unit_of_measure(title: str, samples: ReadSamples, *, currency: str) -> tuple[str, str, str]:
    """Symbol, the word that names it, and the evidence: a mark beside the values goes before what a name suggests."""
    symbol, word = stated_unit_of_measure(title, currency=currency)
    is_bracketed = word[:1] in ("(", "[")
    if samples.mark and not is_bracketed:
        meanings = meanings_of_mark(samples.mark)
        symbol = currency if currency in meanings else meanings[0]
        return unit_of_measure(symbol).symbol, word, f"Written as “{samples.marked}”."
    if symbol == "1" and is_usually_a_share(title) and _are_percentages(samples):
        evidence = "Its name is usually one of a percentage, and its values lie between 0 and 100."
        return "%", word, evidence
    return symbol, word, f"“{word}” suggests {symbol}." if word else ""


def _are_percentages(samples: ReadSamples) -> bool:
    """Shares written as 0.289 are none: 0.289 % would be something else."""
    return bool(samples.values) and min(samples.values) >= 0 and 1 < samples.reach <= 100


def _decimals(samples: ReadSamples) -> int:
    is_small = 0 < samples.reach < 1 and math.isfinite(samples.reach)
    return min(samples.decimals, MOST_OF_SMALL if is_small else MOST_DECIMALS)
