"""The addresses of the scorecard's pages."""

from django.urls import URLPattern, path

from fourfold.scorecard.evaluation.web import objective, scorecard, strategy_map

app_name = "scorecard"
urlpatterns: list[URLPattern] = [
    path("", scorecard.home, name="home"),
    path("scorecards/<slug:unit>/<str:period>/", scorecard.scorecard, name="scorecard"),
    path("maps/<slug:unit>/<str:period>/", strategy_map.strategy_map, name="map"),
    path("maps/<slug:unit>/<str:period>/map.svg", strategy_map.strategy_map_file, name="map-file"),
    path("objectives/<slug:objective>/<slug:unit>/<str:period>/", objective.objective, name="objective"),
]
