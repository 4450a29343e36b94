"""How a refusal of a file or of an analysis is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fourfold.cli.exits import Exit, stop

if TYPE_CHECKING:
    from fourfold.engine.forecast import ForecastRefused
    from fourfold.engine.leadlag import LeadLagRefused
    from fourfold.engine.spc import ChartRefused
    from fourfold.engine.trend import TrendRefused

    AnalysisRefused = ChartRefused | ForecastRefused | LeadLagRefused | TrendRefused

__all__ = ["refusals_told"]


@contextmanager
def refusals_told(pages: Mapping[type[AnalysisRefused], str]) -> Iterator[None]:
    """Leave with the refusal of the file, or of an analysis.

    Args:
        pages: by refusal, the page of docs/algorithms that says what is asked for.
    """
    from fourfold.folder.mapping.files import FileRefused

    try:
        yield
    except FileRefused as refused:
        stop(Exit.REFUSED, problem=refused.code, message=refused.message, remedy=refused.remedy)
    except tuple(pages) as refused:
        page = next(page for kind, page in pages.items() if isinstance(refused, kind))
        remedy = f"See docs/algorithms/{page}.md."
        stop(Exit.REFUSED, problem=refused.code, message=str(refused), remedy=remedy)
