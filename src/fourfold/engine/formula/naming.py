"""What a formula refers to, in which order formulas are computed, and whether one reads overlapping periods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from fourfold.engine.formula.refusal import FormulaCode, FormulaRefused
from fourfold.engine.formula.syntax import Expression, Reference, Rolling, ToDate, every_node

__all__ = ["check_names", "evaluation_order", "is_overlapping", "references", "unknown_name"]


def references(expression: Expression) -> tuple[str, ...]:
    """The keys of the measures a formula reads, each once, in written order.

    Source: METHOD §0.4 (measure references).

    >>> from fourfold.engine.formula import parse
    >>> references(parse("late / (on-time + late)"))
    ('late', 'on-time')
    """
    return tuple(dict.fromkeys(reference.key for reference in _references(expression)))


def check_names(expression: Expression, known: Collection[str]) -> None:
    """Refuse a formula that reads a measure nobody has defined.

    Raises:
        FormulaRefused: FORMULA_UNKNOWN_NAME, at the first such reference.

    Source: METHOD §0.4 (measure references).

    >>> from fourfold.engine.formula import parse
    >>> check_names(parse("late / trains"), {"late", "trains"})
    """
    for reference in _references(expression):
        if reference.key not in known:
            raise unknown_name(reference, known)


def unknown_name(reference: Reference, known: Collection[str]) -> FormulaRefused:
    """The refusal of one reference, with the best guess at what was meant."""
    problem = f"there is no measure `{reference.key}`"
    remedy = _guess(reference.key, known)
    return FormulaRefused(FormulaCode.UNKNOWN_NAME, problem, remedy=remedy, position=reference.position)


def evaluation_order(formulas: Mapping[str, Expression]) -> tuple[str, ...]:
    """Order formulas so that each comes after those it reads; otherwise as listed.

    A reference to a key without a formula is an observed measure and needs no place. Reading one's own past
    (`lag(x, 1)` in the formula of `x`) is a circle too: a whole table of cells is computed at once.

    Raises:
        FormulaRefused: FORMULA_CYCLE, naming the way round.

    Source: METHOD §0.4.

    >>> from fourfold.engine.formula import parse
    >>> evaluation_order({"margin": parse("profit / revenue"), "profit": parse("revenue - cost")})
    ('profit', 'margin')
    """
    ordered: dict[str, None] = {}
    for key in formulas:
        _place(key, formulas, ordered)
    return tuple(ordered)


def is_overlapping(expression: Expression, *, overlapping: Collection[str] = ()) -> bool:
    """Whether successive cells share periods, so that they are not separate evidence (no control chart, no lead–lag).

    `overlapping` holds the keys of measures already known to overlap; a formula that reads one overlaps with it.

    Source: METHOD §2.6 (rolling windows), M1.2 step 1 (rolling and to-date series refused).

    >>> from fourfold.engine.formula import parse
    >>> is_overlapping(parse("rolling(complaints, 12) / staff")), is_overlapping(parse("complaints / staff"))
    (True, False)
    """
    return any(
        isinstance(node, ToDate)
        or (isinstance(node, Rolling) and node.periods > 1)
        or (isinstance(node, Reference) and node.key in overlapping)
        for node, _ in every_node(expression)
    )


def _references(expression: Expression) -> Iterator[Reference]:
    return (node for node, _ in every_node(expression) if isinstance(node, Reference))


def _guess(key: str, known: Collection[str]) -> str:
    pieces = key.split("-")
    for cut in range(1, len(pieces)):
        left, right = "-".join(pieces[:cut]), "-".join(pieces[cut:])
        if left in known and (right in known or right.isdigit()):
            return f"Write `{left} - {right}`, with spaces, to subtract"
    close = get_close_matches(key, sorted(known), n=1)
    return f"Perhaps `{close[0]}` was meant" if close else "Define the measure first, or correct its key"


def _place(key: str, formulas: Mapping[str, Expression], ordered: dict[str, None]) -> None:
    """Depth first without recursion: a chain of formulas may be longer than Python's stack."""
    open_keys: dict[str, Iterator[str]] = {}
    following: str | None = key
    while following is not None or open_keys:
        if following is not None:
            if following in open_keys:
                raise _cycle([*open_keys][[*open_keys].index(following) :])
            if following not in ordered:
                open_keys[following] = iter(references(formulas[following]))
        if not open_keys:
            return
        current = next(reversed(open_keys))
        following = next(
            (read for read in open_keys[current] if read in formulas and read not in ordered), None
        )
        if following is None:
            ordered[current] = None
            del open_keys[current]


def _cycle(path: list[str]) -> FormulaRefused:
    way = " → ".join([*path, path[0]])
    remedy = "Let one of them read observed measures only"
    return FormulaRefused(FormulaCode.CYCLE, f"the formulas run in a circle: {way}", remedy=remedy)
