"""The addresses of signal and noise."""

from django.urls import URLPattern, path

from fourfold.governance.signals.web import charts, deciding, exceptions, forecasts

app_name = "signals"
EXCEPTIONS = "exceptions/<slug:unit>/<str:period>/"
CHART = "measures/<slug:measure>/<slug:unit>/<str:period>/signals/"
FORECAST = "measures/<slug:measure>/<slug:unit>/<str:period>/forecast/"
urlpatterns: list[URLPattern] = [
    path(EXCEPTIONS, exceptions.exceptions, name="exceptions"),
    path(f"{EXCEPTIONS}exceptions.<endings:ending>", exceptions.exceptions_file, name="exceptions-file"),
    path(f"{EXCEPTIONS}exceptions.pdf", exceptions.exceptions_document, name="exceptions-document"),
    path(f"{CHART}chart.json", charts.control, name="chart"),
    path(f"{CHART}image.svg", charts.control_image, name="image"),
    path(f"{CHART}chart.<pictures:ending>", charts.control_file, name="chart-file"),
    path(f"{CHART}points.<endings:ending>", charts.control_rows, name="points-file"),
    path(f"{CHART}histogram.json", charts.histogram, name="histogram"),
    path(f"{CHART}histogram-image.svg", charts.histogram_image, name="histogram-image"),
    path(f"{CHART}histogram.<pictures:ending>", charts.capability_file, name="histogram-file"),
    path(f"{CHART}capability.<endings:ending>", charts.capability_rows, name="capability-file"),
    path(f"{CHART}choose/", deciding.chart_kind, name="choose-chart"),
    path(f"{CHART}rebase/", deciding.rebase, name="rebase"),
    path(f"{CHART}special-cause/", deciding.special_cause, name="special-cause"),
    path(f"{CHART}specification/", deciding.specification, name="specification"),
    path(f"{CHART}decisions/<int:decision>/withdraw/", deciding.withdraw, name="withdraw"),
    path(f"{FORECAST}fan.json", forecasts.fan, name="forecast"),
    path(f"{FORECAST}image.svg", forecasts.fan_image, name="forecast-image"),
    path(f"{FORECAST}fan.<pictures:ending>", forecasts.fan_file, name="forecast-file"),
    path(f"{FORECAST}periods.<endings:ending>", forecasts.periods_ahead, name="forecast-periods"),
    path(f"{FORECAST}methods.<endings:ending>", forecasts.methods, name="forecast-methods"),
]
