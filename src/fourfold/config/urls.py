"""Where every surface is mounted. A route that names no policy is closed: SignInRequiredMiddleware."""

from django.urls import include, path

from fourfold.config.api import api
from fourfold.config.health import health

handler400 = "fourfold.platform.refusals.pages.bad_request"
handler403 = "fourfold.platform.refusals.pages.forbidden"
handler404 = "fourfold.platform.refusals.pages.not_found"
handler500 = "fourfold.platform.refusals.pages.broken"

urlpatterns = [
    path("healthz", health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("", include("fourfold.platform.ui.web.urls")),
    path("", include("fourfold.scorecard.evaluation.web.urls")),
]
