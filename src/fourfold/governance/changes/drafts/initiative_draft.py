"""An initiative: whom it serves, when, its milestones and its money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Initiative, InitiativeStatus, Milestone
from fourfold.governance.changes.drafts.kind import Building, NamedKind, Noun, days_in_order, root_of
from fourfold.platform.accounts.permissions import Act

__all__ = ["INITIATIVES", "InitiativeDraft"]


@dataclass(frozen=True, slots=True)
class InitiativeDraft:
    """As typed. `milestones`: (name, due, done)."""

    name: str = ""
    description: str = ""
    owner: str = ""
    objectives: tuple[str, ...] = ()
    status: str = InitiativeStatus.PLANNED.value
    start: date | None = None
    end: date | None = None
    milestones: tuple[tuple[str, date, date | None], ...] = ()
    budget: Decimal | None = None
    spent: Decimal | None = None


class _InitiativeKind(NamedKind[Initiative, InitiativeDraft]):
    name = "initiative"
    noun = Noun(_("Initiative"), _("Initiatives"), _("Add an initiative"))
    act = Act.EDIT_INITIATIVES
    part = "initiatives"
    crossings = (days_in_order("start", "end", message=_("It ends before it begins.")),)

    def drafted(self, thing: Initiative) -> InitiativeDraft:
        return InitiativeDraft(
            name=thing.name,
            description=thing.description,
            owner=thing.owner or "",
            objectives=thing.objectives,
            status=thing.status.value,
            start=thing.start,
            end=thing.end,
            milestones=tuple((each.name, each.due, each.done) for each in thing.milestones),
            budget=thing.budget,
            spent=thing.spent,
        )

    def blank(self, whole: Definitions) -> InitiativeDraft:
        return InitiativeDraft()

    def build(self, draft: InitiativeDraft, into: Building[Initiative]) -> Initiative:
        self.refuse_crossed(draft)
        return Initiative(
            key=into.key,
            name=draft.name,
            owner=draft.owner or None,
            objectives=draft.objectives,
            start=draft.start,
            end=draft.end,
            status=InitiativeStatus(draft.status),
            milestones=tuple(Milestone(*row) for row in draft.milestones),
            budget=draft.budget,
            spent=draft.spent,
            description=draft.description,
        )

    def belongs_to(self, thing: Initiative, whole: Definitions) -> tuple[str, ...]:
        """The units of the objectives it serves; the root while it serves none."""
        units = {each.key: each.units.unit for each in whole.objectives}
        served = tuple(dict.fromkeys(units[key] for key in thing.objectives if key in units))
        return served or (root_of(whole),)

    def described(self, thing: Initiative, whole: Definitions) -> str:
        owner = next((each.name for each in whole.people if each.key == thing.owner), "")
        return " · ".join(filter(None, (thing.status.value, owner)))

    def retired(self, whole: Definitions, thing: Initiative) -> Definitions:
        return self.without(whole, thing)


INITIATIVES = _InitiativeKind()
