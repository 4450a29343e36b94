"""A theme: a vertical story across the perspectives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Theme
from fourfold.governance.changes.drafts.kind import (
    Building,
    Dependant,
    Facts,
    NamedKind,
    Noun,
    counted_objectives,
)
from fourfold.platform.accounts.permissions import Act

__all__ = ["THEMES", "ThemeDraft"]


@dataclass(frozen=True, slots=True)
class ThemeDraft:
    """As typed."""

    name: str = ""
    result: str = ""


class _ThemeKind(NamedKind[Theme, ThemeDraft]):
    name = "theme"
    noun = Noun(_("Theme"), _("Themes"), _("Add a theme"))
    act = Act.EDIT_STRATEGY
    part = "themes"
    is_ordered = True

    def drafted(self, thing: Theme) -> ThemeDraft:
        return ThemeDraft(thing.name, thing.result)

    def blank(self, whole: Definitions) -> ThemeDraft:
        return ThemeDraft()

    def build(self, draft: ThemeDraft, into: Building[Theme]) -> Theme:
        return Theme(into.key, draft.name, draft.result)

    def described(self, thing: Theme, whole: Definitions) -> str:
        return counted_objectives(sum(thing.key in each.themes for each in whole.objectives))

    def retired(self, whole: Definitions, thing: Theme) -> Definitions:
        """The objectives of the theme stay and leave it."""
        objectives = tuple(
            replace(each, themes=tuple(key for key in each.themes if key != thing.key))
            for each in whole.objectives
        )
        return self.without(replace(whole, objectives=objectives), thing)

    def needed_by(self, thing: Theme, *, whole: Definitions, facts: Facts) -> tuple[Dependant, ...]:
        return tuple(
            Dependant("objective", each.key, each.name, blocks=False)
            for each in whole.objectives
            if thing.key in each.themes
        )


THEMES = _ThemeKind()
