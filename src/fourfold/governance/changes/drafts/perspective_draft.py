"""A perspective: name and question; its place in the order is meant (METHOD §3.1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Perspective
from fourfold.governance.changes.drafts.kind import (
    Building,
    Dependant,
    Facts,
    NamedKind,
    Noun,
    counted_objectives,
)
from fourfold.platform.accounts.permissions import Act

__all__ = ["PERSPECTIVES", "PerspectiveDraft"]


@dataclass(frozen=True, slots=True)
class PerspectiveDraft:
    """As typed."""

    name: str = ""
    question: str = ""


class _PerspectiveKind(NamedKind[Perspective, PerspectiveDraft]):
    name = "perspective"
    noun = Noun(_("Perspective"), _("Perspectives"), _("Add a perspective"))
    act = Act.EDIT_STRATEGY
    part = "perspectives"
    is_ordered = True

    def drafted(self, thing: Perspective) -> PerspectiveDraft:
        return PerspectiveDraft(thing.name, thing.question)

    def blank(self, whole: Definitions) -> PerspectiveDraft:
        return PerspectiveDraft()

    def build(self, draft: PerspectiveDraft, into: Building[Perspective]) -> Perspective:
        return Perspective(into.key, draft.name, draft.question)

    def described(self, thing: Perspective, whole: Definitions) -> str:
        count = sum(each.perspective == thing.key for each in whole.objectives)
        return counted_objectives(count)

    def retired(self, whole: Definitions, thing: Perspective) -> Definitions:
        return self.without(whole, thing)

    def needed_by(self, thing: Perspective, *, whole: Definitions, facts: Facts) -> tuple[Dependant, ...]:
        return tuple(
            Dependant("objective", each.key, each.name)
            for each in whole.objectives
            if each.perspective == thing.key
        )


PERSPECTIVES = _PerspectiveKind()
