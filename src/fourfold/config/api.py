"""The one API: deny by default, every refusal a problem document."""

from ninja import NinjaAPI
from ninja.security import django_auth

from fourfold import __version__
from fourfold.outward.interchange.api.routes import router as interchange
from fourfold.platform.refusals.problems import answer_with_problems, signed_in_or_problem
from fourfold.scorecard.evaluation.api.routes import router as scorecards

__all__ = ["api"]

api = NinjaAPI(
    title="Fourfold",
    version=__version__,
    description="The Balanced Scorecard, as one sees it: every answer starts from what you may see.",
    auth=django_auth,
    docs_decorator=signed_in_or_problem,
    urls_namespace="api",
)
answer_with_problems(api)
api.add_router("/scorecards", scorecards)
api.add_router("", interchange)
