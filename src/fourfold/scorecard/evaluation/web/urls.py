"""The addresses of the scorecard's pages."""

from django.urls import URLPattern, path

from fourfold.scorecard.evaluation.web import initiatives, measure, objective, scorecard, strategy_map, units

app_name = "scorecard"
OBJECTIVE = "objectives/<slug:objective>/<slug:unit>/<str:period>/"
MEASURE = "measures/<slug:measure>/<slug:unit>/<str:period>/"
urlpatterns: list[URLPattern] = [
    path("scorecards/", scorecard.home, name="home"),
    path("scorecards/<slug:unit>/<str:period>/", scorecard.scorecard, name="scorecard"),
    path("maps/<slug:unit>/<str:period>/", strategy_map.strategy_map, name="map"),
    path(
        "scorecards/<slug:unit>/<str:period>/scorecard.<endings:ending>",
        scorecard.rows_file,
        name="rows-file",
    ),
    path("scorecards/<slug:unit>/<str:period>/scorecard.pdf", scorecard.document, name="scorecard-document"),
    path(
        "scorecards/<slug:unit>/<str:period>/history.<pictures:ending>",
        scorecard.history_file,
        name="history-file",
    ),
    path(
        "maps/<slug:unit>/<str:period>/map.<pictures:ending>", strategy_map.strategy_map_file, name="map-file"
    ),
    path(
        "maps/<slug:unit>/<str:period>/objectives.<endings:ending>",
        strategy_map.objectives_file,
        name="map-objectives-file",
    ),
    path("maps/<slug:unit>/<str:period>/map.pdf", strategy_map.document, name="map-document"),
    path("units/<slug:unit>/<str:period>/", units.heat_map, name="units"),
    path("units/<slug:unit>/<str:period>/units.<endings:ending>", units.heat_map_file, name="units-file"),
    path("units/<slug:unit>/<str:period>/compare/", units.compare, name="units-compare"),
    path(
        "units/<slug:unit>/<str:period>/compare.<endings:ending>",
        units.compare_file,
        name="units-compare-file",
    ),
    path("units/<slug:unit>/<str:period>/ranking/", units.ranking, name="units-ranking"),
    path(
        "units/<slug:unit>/<str:period>/ranking.<endings:ending>",
        units.ranking_file,
        name="units-ranking-file",
    ),
    path("initiatives/<slug:unit>/<str:period>/", initiatives.initiatives, name="initiatives"),
    path(
        "initiatives/<slug:unit>/<str:period>/initiatives.<endings:ending>",
        initiatives.initiatives_file,
        name="initiatives-file",
    ),
    path(
        "initiatives/<slug:unit>/<str:period>/timeline.<pictures:ending>",
        initiatives.timeline_file,
        name="initiatives-timeline",
    ),
    path(OBJECTIVE, objective.objective, name="objective"),
    path(f"{OBJECTIVE}measures.<endings:ending>", objective.measures_file, name="objective-file"),
    path(f"{OBJECTIVE}history.<pictures:ending>", objective.history_file, name="objective-history"),
    path(MEASURE, measure.measure, name="measure"),
    path(f"{MEASURE}observations/", measure.observations, name="measure-observations"),
    path(f"{MEASURE}explanation/", measure.explanation, name="measure-explanation"),
    path(f"{MEASURE}chart.json", measure.chart, name="measure-chart"),
    path(f"{MEASURE}chart.svg", measure.chart_file, name="measure-chart-file"),
    path(f"{MEASURE}chart.png", measure.chart_pixels, name="measure-chart-pixels"),
    path(f"{MEASURE}table.<endings:ending>", measure.periods_file, name="measure-table-file"),
]
