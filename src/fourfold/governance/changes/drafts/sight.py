"""What a change does to the rules, as far as a person sees the things they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.drafts.consequences import Consequences, consequences
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.sight import in_sight

__all__ = ["in_sight", "told_consequences"]


def told_consequences(
    before: Definitions, after: Definitions, *, keys: Iterable[str], scope: Scope
) -> Consequences:
    """What a change does to the rules: refused by the whole, told as far as this person sees."""
    own = tuple(keys)
    found = consequences(before, after, keys=own)
    seen, wanted = in_sight(before, scope), in_sight(after, scope)
    return found if seen is before else found.as_told(consequences(seen, wanted, keys=own))
