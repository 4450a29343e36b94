"""Where every surface is mounted. A route that names no policy is closed: SignInRequiredMiddleware."""

from django.urls import include, path

from fourfold.config.api import api
from fourfold.config.health import health, readiness
from fourfold.platform.refusals.pages import not_open_yet

handler400 = "fourfold.platform.refusals.pages.bad_request"
handler403 = "fourfold.platform.refusals.pages.forbidden"
handler404 = "fourfold.platform.refusals.pages.not_found"
handler500 = "fourfold.platform.refusals.pages.broken"

# What allauth brings and Fourfold does not offer: people do not bind accounts of other identity providers themselves.
# The names stay known behind these, because allauth's own pages refer to them.
NOT_OFFERED = ("3rdparty/",)

urlpatterns = [
    *(path(f"accounts/{page}", not_open_yet) for page in NOT_OFFERED),
    path("healthz", health, name="health"),
    path("readyz", readiness, name="readiness"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("fourfold.platform.ui.web.urls")),
    path("", include("fourfold.scorecard.evaluation.web.urls")),
    path("", include("fourfold.data.entry.web.urls")),
    path("", include("fourfold.data.imports.web.urls")),
    path("", include("fourfold.governance.annotations.web.urls")),
    path("", include("fourfold.governance.changes.web.urls")),
    path("", include("fourfold.governance.evidence.web.urls")),
    path("", include("fourfold.governance.journal.web.urls")),
    path("", include("fourfold.governance.signals.web.urls")),
    path("", include("fourfold.practices.customers.web.urls")),
    path("", include("fourfold.practices.finance.web.urls")),
    path("", include("fourfold.outward.home.web.urls")),
    path("", include("fourfold.platform.notifications.web.urls")),
    path("", include("fourfold.platform.accounts.web.urls")),
]
