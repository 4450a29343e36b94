"""What each column of a sample holds, and which role it seems to play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fourfold.engine.definitions import Definitions
from fourfold.folder.mapping.look.formats import MISSING_WORDS, PeriodGuess, guessed_period, is_number
from fourfold.folder.mapping.look.naming import are_units_of_measure, normalised, role_named
from fourfold.folder.mapping.look.periods_seen import PeriodsSeen
from fourfold.folder.mapping.look.sampling import Sample
from fourfold.folder.mapping.look.values import ColumnLook
from fourfold.folder.mapping.numbers import NumberFormat, untyped
from fourfold.folder.mapping.part_words import part_said

__all__ = ["KnownNames", "looked_at_columns"]

SAMPLES = 5
MOST_PARTS = 16  # different words of a column that says what rows hold
HALF = 0.5  # of a column's distinct texts, for saying that it names units or measures
ENOUGH = 0.9  # of a column's texts are numbers where it holds numbers; the others are findings
_NUMBER_ROLES = ("value", "numerator", "denominator", "n", "target")
_TEXT_ROLES = ("unit", "measure", "segment", "unit_of_measure", "currency")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What definitions call things: key and name, normalised → key."""

    units: Mapping[str, str]
    measures: Mapping[str, str]

    @classmethod
    def of(cls, definitions: Definitions) -> KnownNames:
        """Names first, so that a key wins where it is another's name."""
        return cls(_named(definitions.units), _named(definitions.measures))


def _named(things: Sequence[object]) -> dict[str, str]:
    pairs = [(str(getattr(each, "name", "")), str(getattr(each, "key", ""))) for each in things]
    return {normalised(text): key for text, key in (*pairs, *((key, key) for _, key in pairs))}


def looked_at_columns(
    sample: Sample,
    *,
    form: NumberFormat,
    definitions: Definitions,
    names: KnownNames,
    seen: PeriodsSeen | None = None,
) -> tuple[tuple[ColumnLook, ...], PeriodGuess | None]:
    """Every column; each role is played once, by the column that says so most plainly.

    With `seen`, columns name the periods: their parts may be played by many, and no row says a period.
    """
    columns = list(zip(*sample.rows, strict=True)) or [()] * len(sample.header)
    looks = [
        _plain_look(name, place, texts, form=form)
        for place, (name, texts) in enumerate(zip(sample.header, columns, strict=True))
    ]
    period = None
    if seen is not None:
        _take_columns_of_periods(looks, seen)
    elif not _take_split_period(looks):
        period = _take_period(looks, columns, definitions=definitions)
    _take_part(looks)
    _take_by_contents(looks, columns, names=names)
    _take_by_header(looks, columns, form=form)
    if seen is not None:
        _take_labels(looks, columns)
    if all(look.role != "unit" for look in looks):
        _take_first_text(looks)
    return tuple(looks), period


def _take_columns_of_periods(looks: list[ColumnLook], seen: PeriodsSeen) -> None:
    for look in looks:
        at = seen.columns.get(look.name)
        if look.name in seen.names:
            role = at.role if at else "" if look.name in seen.headings.leave_out else seen.headings.role
            looks[look.place] = replace(
                look,
                holds="number",
                role=role,
                evidence=seen.why.get(look.name, ""),
                period=at.period if at else "",
            )


def _take_labels(looks: list[ColumnLook], columns: Sequence[Sequence[str]]) -> None:
    """Of a row for each measure: the column that says which, where no header does, and none of units of measure."""
    for look in looks:
        if look.role in ("unit", "") and look.holds == "text" and are_units_of_measure(columns[look.place]):
            said = "Its texts are units of measure: new measures are proposed in them."
            looks[look.place] = replace(look, role="", evidence=said)
    free = [look for look in looks if look.holds == "text" and not look.role and not look.evidence]
    if free and all(look.role != "measure" for look in looks):
        look = max(free, key=lambda each: (each.distinct, -each.place))
        said = "No column names the measure outright; this one's texts differ the most from row to row."
        looks[look.place] = replace(look, role="measure", evidence=said)


def _plain_look(name: str, place: int, texts: Sequence[str], *, form: NumberFormat) -> ColumnLook:
    said = [text.strip() for text in texts if text.strip() and text.strip() not in MISSING_WORDS]
    good = sum(is_number(text, form) for text in said)
    holds = "blank" if not said else "number" if good >= ENOUGH * len(said) else "text"
    distinct = Counter(untyped(text) for text in said)
    return ColumnLook(
        name=name,
        place=place,
        holds=holds,
        distinct=len(distinct),
        blank=len(texts) - len(said),
        samples=tuple(list(distinct)[:SAMPLES]),
        texts=tuple(distinct) if holds == "text" and len(distinct) <= MOST_PARTS else (),
    )


def _take_split_period(looks: list[ColumnLook]) -> bool:
    """Year and month (or quarter) in number columns of their own."""
    numbers = [look for look in looks if look.holds == "number"]
    year = next((look for look in numbers if role_named(look.name) == "year"), None)
    for part in ("month", "quarter"):
        names = (part, f"{part} number", f"{part} no")
        found = next((look for look in numbers if normalised(look.name) in names), None)
        if year and found:
            said = f"“{year.name}” and “{found.name}” say it together."
            looks[year.place] = replace(year, holds="period", role="year", evidence=said)
            looks[found.place] = replace(found, holds="period", role=part, evidence=said)
            return True
    return False


def _take_period(
    looks: list[ColumnLook], columns: Sequence[Sequence[str]], *, definitions: Definitions
) -> PeriodGuess | None:
    """A column whose header names a period goes before one that only looks like it; split ones before years alone."""
    ranked = sorted(looks, key=lambda look: {"period": 0, "year": 1}.get(role_named(look.name), 2))
    for look in ranked:
        named = role_named(look.name)
        if look.holds == "blank" or (look.holds == "number" and named not in ("period", "year")):
            continue
        found = guessed_period(
            columns[look.place],
            calendar=definitions.organisation.calendar,
            is_named=named in ("period", "year"),
        )
        if found is not None:
            looks[look.place] = replace(look, holds="period", role="period", evidence=found.evidence)
            return found
    return None


def _take_part(looks: list[ColumnLook]) -> None:
    """The column whose words say of each row whether it is a value, a target or neither."""
    for look in looks:
        said = {text: part_said(text) for text in look.texts}
        known = [text for text, part in said.items() if part]
        if look.role or not known:
            continue
        is_named = normalised(look.name) in _PART_COLUMNS and len(known) >= HALF * len(said)
        if len(known) == len(said) or is_named:
            shown = ", ".join(f"“{text}”" for text in list(said)[:SAMPLES])
            evidence = f"{shown} {'says' if len(said) == 1 else 'say'} what each row holds."
            looks[look.place] = replace(look, role="part", evidence=evidence)
            return


_PART_COLUMNS = frozenset(
    ("scenario", "szenario", "scénario", "escenario", "version", "type", "typ", "tipo", "art", "kind", "datenart",
     "wertart", "value type", "data type", "actual plan", "plan actual", "ist soll", "soll ist", "category")
)  # fmt: skip
"""What headers call such a column, in lower case without marks."""


def _take_by_contents(
    looks: list[ColumnLook], columns: Sequence[Sequence[str]], *, names: KnownNames
) -> None:
    for role, known in (("unit", names.units), ("measure", names.measures)):
        best: tuple[float, int, str] | None = None
        for look in looks:
            if look.role or look.holds not in ("text", "number"):
                continue
            texts = {normalised(text) for text in columns[look.place] if text.strip()}
            hits = sum(text in known for text in texts)
            share = hits / max(len(texts), 1)
            if hits and share >= HALF and (best is None or share > best[0]):
                best = (share, look.place, f"{hits} of {len(texts)} texts are {role}s.")
        if best is not None:
            looks[best[1]] = replace(looks[best[1]], role=role, evidence=best[2])


def _take_by_header(looks: list[ColumnLook], columns: Sequence[Sequence[str]], *, form: NumberFormat) -> None:
    """A column is what its header says; where it is not, the reason stands beside it."""
    taken = {look.role: look.name for look in looks if look.role}
    for place, look in enumerate(looks):
        role = role_named(look.name)
        if look.role or role not in (*_NUMBER_ROLES, *_TEXT_ROLES) or look.holds == "blank":
            continue
        if role in taken:
            said = f"The header says “{look.name}”, but “{taken[role]}” is taken for that."
        elif role in _NUMBER_ROLES and look.holds == "text":
            looks[place] = _nearly_numbers(look, columns[place], role=role, form=form)
            taken |= {role: look.name} if looks[place].role else {}
            continue
        elif role in _TEXT_ROLES and look.holds == "number":
            said = f"The header says “{look.name}”, but it holds numbers."
        else:
            looks[place] = replace(look, role=role, evidence=f"The header says “{look.name}”.")
            taken[role] = look.name
            continue
        looks[place] = replace(look, evidence=said)


def _nearly_numbers(look: ColumnLook, texts: Sequence[str], *, role: str, form: NumberFormat) -> ColumnLook:
    """Taken for what the header says where half of it are numbers; otherwise left out, and why."""
    said = [text.strip() for text in texts if text.strip() and text.strip() not in MISSING_WORDS]
    wrong = [text for text in said if not is_number(text, form)]
    counted = f"{len(wrong)} of {len(said)} cells are no numbers, such as “{untyped(wrong[0])}”"
    if len(wrong) <= HALF * len(said):
        evidence = f"The header says “{look.name}”. {counted}: they would be findings."
        return replace(look, holds="number", role=role, evidence=evidence)
    return replace(look, evidence=f"The header says “{look.name}”, but {counted}. So it is left out.")


def _take_first_text(looks: list[ColumnLook]) -> None:
    """Where nothing says which units: the text column that repeats itself the most."""
    texts = [look for look in looks if look.holds == "text" and not look.role]
    if texts:
        look = min(texts, key=lambda each: (each.distinct, each.place))
        looks[look.place] = replace(look, role="unit", evidence="Its texts repeat from row to row.")
