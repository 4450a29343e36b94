"""The addresses of the scorecard's pages."""

from django.urls import URLPattern, path

from fourfold.scorecard.evaluation.web import scorecard

app_name = "scorecard"
urlpatterns: list[URLPattern] = [
    path("", scorecard.home, name="home"),
    path("scorecards/<slug:unit>/<str:period>/", scorecard.scorecard, name="scorecard"),
]
