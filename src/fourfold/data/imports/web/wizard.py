"""What somebody has decided about one file so far; kept in their session, so that every step has an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from fourfold.data.imports.queries import draft_text
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.folder.mapping import PeriodColumn, PeriodHeadings
from fourfold.folder.mapping.look import (
    LeftOutRows,
    MappingDraft,
    ProposedMeasure,
    ProposedUnit,
    WideColumn,
)

__all__ = ["Decided", "decided_about", "earlier_decisions", "remember"]

IN_SESSION = "imports"
FILES_REMEMBERED = 5  # at once; the oldest is forgotten first, the file itself stays


@dataclass(frozen=True, slots=True)
class Decided:
    """A stored mapping's key alone, or a draft under a key; and what is to be created.

    `offered` is what the file speaks of and nobody has defined; some of it may turn out to be the `same` as something
    known: role → text in the file → key. The rest are the `units` and `measures` to create. `replaces` is the
    edition of the mapping that theirs replaces, which they have seen.
    """

    file: str
    name: str
    mapping: str = ""
    draft: MappingDraft | None = None
    keeps_mapping: bool = False
    replaces: str = ""
    units: tuple[ProposedUnit, ...] = ()
    measures: tuple[ProposedMeasure, ...] = ()
    offered_units: tuple[ProposedUnit, ...] = ()
    offered_measures: tuple[ProposedMeasure, ...] = ()
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def request(self) -> ImportRequest:
        """For the preview and the commit; `same` says which texts mean something that exists already."""
        return ImportRequest(
            file=self.file,
            mapping=self.mapping,
            mapping_text=draft_text(self._translated, key=self.mapping, file=self.name) if self.draft else "",
            keeps_mapping=self.keeps_mapping,
            replaces=self.replaces,
            units=self.units,
            measures=self.measures,
        )

    def completed(
        self,
        units: Sequence[ProposedUnit],
        measures: Sequence[ProposedMeasure],
        *,
        same: Mapping[str, Mapping[str, str]],
    ) -> Decided:
        """After somebody has gone through the offers; what they typed is offered again when they come back."""
        typed_units = {each.text: each for each in units}
        typed_measures = {each.text: each for each in measures}
        return replace(
            self,
            units=tuple(units),
            measures=tuple(measures),
            same=same,
            offered_units=tuple(typed_units.get(each.text, each) for each in self.offered_units),
            offered_measures=tuple(typed_measures.get(each.text, each) for each in self.offered_measures),
        )

    def told_before(self, earlier: Sequence[Decided]) -> Decided:
        """With what was typed about the same new things before; the latest word counts."""
        units: dict[str, ProposedUnit] = {}
        measures: dict[str, ProposedMeasure] = {}
        same: dict[str, dict[str, str]] = {"unit": {}, "measure": {}}
        for each in reversed(earlier):
            units |= {unit.text: unit for unit in each.offered_units}
            measures |= {measure.text: measure for measure in each.offered_measures}
            for role, texts in each.same.items():
                same[role] |= texts
        offered_units = tuple(
            replace(units[new.text], key=new.key) if new.text in units else new for new in self.offered_units
        )
        offered_measures = tuple(
            replace(measures[new.text], key=new.key, sample=new.sample, evidence=new.evidence)
            if new.text in measures
            else new
            for new in self.offered_measures
        )
        asked = {
            "unit": {new.text for new in offered_units},
            "measure": {new.text for new in offered_measures},
        }
        return replace(
            self,
            offered_units=offered_units,
            offered_measures=offered_measures,
            units=offered_units if self.units else (),
            measures=offered_measures if self.measures else (),
            same={
                role: {text: key for text, key in texts.items() if text in asked[role]}
                for role, texts in same.items()
            },
        )

    def with_other_numbers(self) -> Decided:
        """With the signs before decimals and between thousands the other way round; a stored mapping stays as it is."""
        if self.draft is None:
            return self
        other = self.draft.numbers.other
        return replace(self, draft=replace(self.draft, decimal=other.decimal, thousands=other.thousands))

    @property
    def _translated(self) -> MappingDraft:
        draft = self.draft or MappingDraft("long")
        translate = {role: dict(texts) for role, texts in draft.translate.items()}
        for role, texts in self.same.items():
            translate.setdefault(role, {}).update(texts)
        same_measures = self.same.get("measure", {})
        wide = tuple(
            replace(each, measure=same_measures.get(each.column, each.measure)) for each in draft.wide
        )
        return replace(draft, translate=translate, wide=wide)


def decided_about(session: SessionBase, file: str) -> Decided | None:
    """What was remembered; None before the first step."""
    kept = session.get(IN_SESSION, {}).get(file)
    return _of_json(kept) if kept else None


def remember(session: SessionBase, decided: Decided) -> None:
    """Keep it for the next step."""
    kept = {file: each for file, each in session.get(IN_SESSION, {}).items() if file != decided.file}
    latest = dict(list(kept.items())[-(FILES_REMEMBERED - 1) :])
    session[IN_SESSION] = {**latest, decided.file: asdict(decided)}


def earlier_decisions(session: SessionBase, file: str) -> tuple[Decided, ...]:
    """About this file and then about others, the latest first: what somebody said once is not asked again."""
    kept = session.get(IN_SESSION, {})
    own = [kept[file]] if file in kept else []
    others = [each for name, each in reversed(kept.items()) if name != file]
    return tuple(_of_json(each) for each in (*own, *others))


def _of_json(kept: Mapping[str, Any]) -> Decided:
    draft = kept["draft"]
    return Decided(
        **{
            **kept,
            "draft": _draft(draft) if draft else None,
            **{
                name: tuple(ProposedUnit(**each) for each in kept[name])
                for name in ("units", "offered_units")
            },
            **{
                name: tuple(ProposedMeasure(**each) for each in kept[name])
                for name in ("measures", "offered_measures")
            },
        }
    )


def _draft(kept: Mapping[str, Any]) -> MappingDraft:
    lists = {
        "wide": tuple(WideColumn(**each) for each in kept["wide"]),
        "missing": tuple(kept["missing"]),
        "marks": tuple(kept.get("marks", ())),
        "ignored": tuple(LeftOutRows(**each) for each in kept.get("ignored", ())),
        "periods": _periods(kept.get("periods", {})),
    }
    return MappingDraft(**{**kept, **lists})


def _periods(kept: Mapping[str, Any]) -> PeriodHeadings:
    columns = tuple(PeriodColumn(**each) for each in kept.get("columns", ()))
    return PeriodHeadings(
        **{**kept, "columns": columns, "leave_out": tuple(kept.get("leave_out", ()))},
    )
