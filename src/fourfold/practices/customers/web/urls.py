"""The addresses of a measure's segments."""

from django.urls import URLPattern, path

from fourfold.practices.customers.web import segments

app_name = "customers"
SEGMENTS = "segments/<slug:measure>/<slug:unit>/<str:period>/"
urlpatterns: list[URLPattern] = [
    path(SEGMENTS, segments.page, name="segments"),
    path(f"{SEGMENTS}waterfall.svg", segments.waterfall, name="segments-waterfall"),
    path(f"{SEGMENTS}segments.<pictures:ending>", segments.picture, name="segments-picture"),
    path(f"{SEGMENTS}segments.<endings:ending>", segments.table, name="segments-file"),
]
