"""Everything written down, as known at one place of the ledger."""

from __future__ import annotations

from dataclasses import replace

from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.policies.queries import known_policies
from fourfold.platform.units.queries import known_units
from fourfold.scorecard.initiatives.queries import known_initiatives
from fourfold.scorecard.measures.queries.known import known_measures, known_targets
from fourfold.scorecard.strategy.queries.known import (
    known_causal_links,
    known_identity_links,
    known_perspectives,
    known_strategy,
    known_themes,
)
from fourfold.scorecard.strategy.queries.objectives import (
    known_objectives,
    measures_of_objectives,
    objectives_of_initiatives,
)

__all__ = ["read_definitions"]


def read_definitions(as_of_seq: int | None = None) -> Definitions:
    """The definitions as the database holds them; people are as they are now, whatever the seq.

    For compiling, never for showing: it knows no scope. About thirty queries, whatever the size.

    Raises:
        NotFounded: nothing was loaded yet, or not yet then.
    """
    shares = measures_of_objectives(as_of_seq)
    served = objectives_of_initiatives(as_of_seq)
    measures = known_measures(as_of_seq)
    initiatives = known_initiatives(as_of_seq)
    return Definitions(
        organisation=known_organisation(as_of_seq),
        units=known_units(as_of_seq),
        strategy=known_strategy(as_of_seq),
        perspectives=known_perspectives(as_of_seq),
        themes=known_themes(as_of_seq),
        objectives=known_objectives(as_of_seq),
        causal_links=known_causal_links(as_of_seq),
        identity_links=known_identity_links(as_of_seq),
        measures=tuple(replace(measure, objectives=shares.get(measure.key, ())) for measure in measures),
        targets=known_targets(as_of_seq),
        initiatives=tuple(replace(each, objectives=served.get(each.key, ())) for each in initiatives),
        people=known_people(),
        policies=known_policies(as_of_seq),
    )
