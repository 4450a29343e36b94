"""What is told of the periods that have ended: it stays what it is when something new comes along."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from fourfold.engine.calendar import Grain
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.queries import current_evaluation


def told_past(unit: str, *, at: datetime, before: int) -> dict[str, dict[str, list[float]]]:
    """Values, scores and statuses by thing, of the months whose ordinal lies before the one given."""
    found = current_evaluation(INSTALLATION, unit, at=at).evaluation
    results, place = found.at(Grain.MONTH), found.units.index(unit)
    past = [at for at, ordinal in enumerate(results.ordinals) if ordinal < before]
    parts = {
        **{measure: (results.measures, found.measure_index(measure)) for measure in found.measures},
        "the whole": (results.total, 0),
    }
    return {
        name: {
            told: np.nan_to_num(getattr(part, told)[node, past, place].astype(float), nan=-1.0).tolist()
            for told in ("value", "score", "status")
            if hasattr(part, told)
        }
        for name, (part, node) in parts.items()
    }
