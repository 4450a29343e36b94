"""Change one thing of what is written down, and refuse where somebody else was faster."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.actions.write_definitions import Written, write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

__all__ = ["change_definitions", "edition"]


@transaction.atomic
def change_definitions(
    change: Callable[[Definitions], Definitions], *, act: Act, unit: str, scope: Scope, at: datetime
) -> Written:
    """Read what holds, apply the change and write it, under one lock: nothing comes between.

    `unit` is the key of the unit that the changed thing belongs to (the root for what is everybody's); the person
    must be permitted the act there. `change` may raise any refusal (ChangedMeanwhile among them); then nothing is
    written. A new version of a measure, where one is due, is made by `change` itself.

    Raises:
        NotPermitted, what `write_definitions` raises, NotFounded, and what `change` raises.
    """
    scope.require_to(act, unit=unit)
    return write_definitions(change(read_definitions()), scope=scope, at=at, replaces=True, act=act)


def edition(thing: object) -> str:
    """A short name for exactly this wording of a definition: a form carries it, and the saver compares it.

    `thing` is a frozen definition (or a tuple of them) without sets, so its repr is total and stable.
    """
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:24]
