"""The addresses of the scorecard's pages."""

from django.urls import URLPattern, path

from fourfold.scorecard.evaluation.web import measure, objective, scorecard, strategy_map

app_name = "scorecard"
MEASURE = "measures/<slug:measure>/<slug:unit>/<str:period>/"
urlpatterns: list[URLPattern] = [
    path("", scorecard.home, name="home"),
    path("scorecards/<slug:unit>/<str:period>/", scorecard.scorecard, name="scorecard"),
    path("maps/<slug:unit>/<str:period>/", strategy_map.strategy_map, name="map"),
    path("maps/<slug:unit>/<str:period>/map.svg", strategy_map.strategy_map_file, name="map-file"),
    path("objectives/<slug:objective>/<slug:unit>/<str:period>/", objective.objective, name="objective"),
    path(MEASURE, measure.measure, name="measure"),
    path(f"{MEASURE}observations/", measure.observations, name="measure-observations"),
    path(f"{MEASURE}explanation/", measure.explanation, name="measure-explanation"),
    path(f"{MEASURE}chart.json", measure.chart, name="measure-chart"),
    path(f"{MEASURE}chart.svg", measure.chart_file, name="measure-chart-file"),
    path(f"{MEASURE}table.csv", measure.table_file, name="measure-table-file"),
]
