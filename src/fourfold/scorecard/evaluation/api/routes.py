"""`/api/v1/scorecards/…`."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AwareDatetime

from fourfold.platform.accounts.scope import scoped
from fourfold.platform.refusals.parameters import require_known
from fourfold.platform.refusals.problems import Problem
from fourfold.scorecard.evaluation.api.schemas import Scorecard
from fourfold.scorecard.evaluation.pages.judged_document import judged_document
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["router"]

router = Router(tags=["scorecards"])

PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@router.get(
    "/{unit}/{period}",
    response={200: Scorecard, **PROBLEMS},
    summary="One unit's scorecard of one period",
)
def scorecard(
    request: HttpRequest, unit: str, period: str, as_of: AwareDatetime | None = None
) -> HttpResponse:
    """The tree of perspectives, objectives and measures with values, scores and statuses.

    `period` is a month `2026-09`, a quarter `2026-Q3`, a year to date `2026-09-ytd` or a year `2026`; `as_of` asks
    what was known at that moment (ISO 8601 with a zone). The bytes are those of `fourfold evaluate --json`; where an
    objective's owner judged its status otherwise, `judged` stands beside what is computed.
    """
    require_known(request, "as_of")
    asked = scoped(request)
    document = judged_document(asked.scope, Place(unit, period), at=asked.received_at, as_of=as_of)
    return HttpResponse(document, content_type="application/json")
