"""`/api/v1/signals/…`, `evidence`, `exceptions`, `drivers`, `variance` and `segments`: all read only."""

from django.http import HttpRequest
from ninja import Router

from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.outward.interchange.pages.drivers_document import DriversDocument, drivers_document
from fourfold.outward.interchange.pages.evidence_document import EvidenceDocument, evidence_document
from fourfold.outward.interchange.pages.exceptions_document import ExceptionsDocument, exceptions_document
from fourfold.outward.interchange.pages.segments_document import SegmentsDocument, segments_document
from fourfold.outward.interchange.pages.signals_document import SignalsDocument, signals_document
from fourfold.outward.interchange.pages.variance_document import VarianceDocument, variance_document
from fourfold.platform.accounts.scope import scoped
from fourfold.platform.refusals.parameters import require_known
from fourfold.platform.refusals.problems import Problem
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["router"]

router = Router()

PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@router.get(
    "/signals/{measure}/{unit}/{period}",
    response={200: SignalsDocument, **PROBLEMS},
    summary="One measure's control chart: limits, signals, icons",
    tags=["signals"],
)
def signals(request: HttpRequest, measure: str, unit: str, period: str, as_of: str = "") -> SignalsDocument:
    """Every point up to the end of the period with its limits, the signals by rule in sentences, and both icons.

    `as_of` is a day `2026-09-30` and asks what was known at its end, as the page does.
    """
    require_known(request, "as_of")
    asked = scoped(request)
    place = ChartPlace(measure, unit, period, as_of.strip())
    return signals_document(place, scope=asked.scope, at=asked.received_at)


@router.get(
    "/evidence/{unit}",
    response={200: EvidenceDocument, **PROBLEMS},
    summary="What the data say of each link of a unit's map",
    tags=["evidence"],
)
def evidence(request: HttpRequest, unit: str) -> EvidenceDocument:
    """The last test of every causal link as it was kept: verdict, correlations, units below, time to effect, slope."""
    require_known(request)
    asked = scoped(request)
    return evidence_document(unit, scope=asked.scope, at=asked.received_at)


@router.get(
    "/exceptions/{unit}/{period}",
    response={200: ExceptionsDocument, **PROBLEMS},
    summary="What deserves attention in a unit",
    tags=["exceptions"],
)
def exceptions(request: HttpRequest, unit: str, period: str, as_of: str = "") -> ExceptionsDocument:
    """Every exception, told, folded or listed, in the page's order, and the measures that behaved normally.

    `as_of` is a day `2026-09-30` and asks what was known at its end, as the page does.
    """
    require_known(request, "as_of")
    asked = scoped(request)
    place = Place(unit, period)
    return exceptions_document(place, scope=asked.scope, at=asked.received_at, as_of=as_of.strip())


@router.get(
    "/drivers/{measure}/{unit}/{period}",
    response={200: DriversDocument, **PROBLEMS},
    summary="Why a computed measure moved",
    tags=["drivers"],
)
def drivers(
    request: HttpRequest,
    measure: str,
    unit: str,
    period: str,
    against: Against = Against.BEFORE,
    leaf: str = "",
    as_of: str = "",
) -> DriversDocument:
    """The exact parts of its change against `before`, `last-year` or `plan`, and the estimated ones behind a `leaf`.

    `as_of` is a day `2026-09-30` and asks what was known at its end, as the page does.
    """
    require_known(request, "against", "leaf", "as_of")
    asked = scoped(request)
    about = AskedAgainst(measure, Place(unit, period), against, as_of.strip())
    return drivers_document(about, leaf=leaf, scope=asked.scope, at=asked.received_at)


@router.get(
    "/variance/{measure}/{unit}/{period}",
    response={200: VarianceDocument, **PROBLEMS},
    summary="Execution or strategy: a measure against its target",
    tags=["variance"],
)
def variance(
    request: HttpRequest,
    measure: str,
    unit: str,
    period: str,
    against: Against | None = None,
    as_of: str = "",
) -> VarianceDocument:
    """The verdict with every step of its path, the parts of the variance, and price, volume and mix.

    `against` is what these are held against: `plan`, `last-year` or `before`; without it the first that can be.
    `as_of` is a day `2026-09-30` and asks what was known at its end, as the page does.
    """
    require_known(request, "against", "as_of")
    asked = scoped(request)
    about = AskedAgainst(measure, Place(unit, period), Against.PLAN, as_of.strip())
    return variance_document(about, prices=against, scope=asked.scope, at=asked.received_at)


@router.get(
    "/segments/{measure}/{unit}/{period}",
    response={200: SegmentsDocument, **PROBLEMS},
    summary="What a measure's total hides",
    tags=["segments"],
)
def segments(
    request: HttpRequest,
    measure: str,
    unit: str,
    period: str,
    against: Against = Against.BEFORE,
    as_of: str = "",
) -> SegmentsDocument:
    """Own values and mix of every segment that the page shows, against `before`, `last-year` or `plan`.

    `as_of` is a day `2026-09-30` and asks what was known at its end, as the page does.
    """
    require_known(request, "against", "as_of")
    asked = scoped(request)
    about = AskedAgainst(measure, Place(unit, period), against, as_of.strip())
    return segments_document(about, scope=asked.scope, at=asked.received_at)
