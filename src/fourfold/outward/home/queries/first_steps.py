"""What is still to be done before an organisation has a scorecard that others read."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.data.imports.queries import KeptFile, files_waiting
from fourfold.data.imports.queries.beginnings import is_at_the_beginning, measures_with_values
from fourfold.engine.definitions import Definitions, Measure
from fourfold.engine.quantities import GoalType
from fourfold.platform.accounts.models import Invitation
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.accounts.scope import Scope

__all__ = ["NOTHING_LEFT", "FirstSteps", "first_steps"]

MOST_FILES = 3


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """`files` were begun; so many of the `scored` measures on the map have no value or no target yet.

    `scored` is None for whoever does not build the scorecard.
    """

    files: tuple[KeptFile, ...] = ()
    scored: int | None = None
    without_value: int = 0
    without_target: int = 0
    is_alone: bool = False

    @property
    def has_no_measure(self) -> bool:
        """Whether nothing on the map can be scored."""
        return self.scored == 0 and not self.files

    @property
    def is_open(self) -> bool:
        """Whether anything is left."""
        is_lacking = self.has_no_measure or self.without_value or self.without_target
        return bool(self.files or is_lacking or self.is_alone)

    @property
    def is_first(self) -> bool:
        """Whether they lead the page: a file was begun, nobody else is here, or little is scored yet.

        What a scorecard that works still lacks stands last: it may lack it on purpose, and for ever.
        """
        lacking = max(self.without_value, self.without_target)
        is_young = self.scored is not None and lacking * 2 >= self.scored
        return self.is_open and bool(self.files or self.is_alone or is_young)


NOTHING_LEFT = FirstSteps()


def first_steps(definitions: Definitions, scope: Scope, *, lists_files: bool) -> FirstSteps:
    """For whoever builds the scorecard, while the ledger is short; of the rest only the files they began.

    `lists_files`: whether another part of the page does not name them. Seven queries at most.
    """
    may_import = scope.may(Act.IMPORT_VALUES)
    files = files_waiting(scope, at_most=MOST_FILES) if lists_files and may_import else ()
    root = definitions.units[0].key
    if not scope.may(Act.EDIT_MEASURES, unit=root) or not is_at_the_beginning():
        return FirstSteps(files)
    scored = [measure for measure in definitions.measures if _is_scored(measure)]
    entered = {each.key for each in scored if each.versions[-1].formula is None}
    aimed = {target.measure for target in definitions.targets}
    may_aim = scope.may(Act.EDIT_TARGETS, unit=root)
    may_invite = scope.may(Act.MANAGE_PEOPLE)
    return FirstSteps(
        files,
        scored=len(scored),
        without_value=len(entered - measures_with_values(scope)),
        without_target=sum(each.key not in aimed for each in scored) if may_aim else 0,
        is_alone=may_invite and _is_alone(scope),
    )


def _is_alone(scope: Scope) -> bool:
    """Whether nobody else is here, and nobody was invited."""
    others = [each for each in known_people() if each.key != scope.person_key]
    invited = Invitation.objects.visible_to(scope).filter(revoked_at=None)
    return not others and not invited.exists()


def _is_scored(measure: Measure) -> bool:
    """It stands on the map, and somebody wants more or less of it."""
    is_live = measure.retired_on is None and bool(measure.versions)
    return bool(measure.objectives) and is_live and measure.versions[-1].goal is not GoalType.INFORMATIONAL
