"""What somebody has decided about one file so far; kept in their session, so that every step has an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from fourfold.data.imports.queries import draft_text
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.folder.mapping.look import MappingDraft, ProposedMeasure, ProposedUnit, WideColumn

__all__ = ["Decided", "decided_about", "forget", "remember"]

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


def forget(session: SessionBase, file: str) -> None:
    """Once it is imported."""
    session[IN_SESSION] = {name: each for name, each in session.get(IN_SESSION, {}).items() if name != file}


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
    wide = tuple(WideColumn(**each) for each in kept["wide"])
    marks = tuple(kept.get("marks", ()))
    return MappingDraft(**{**kept, "wide": wide, "missing": tuple(kept["missing"]), "marks": marks})
