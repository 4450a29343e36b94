"""The addresses of coming in."""

from django.urls import URLPattern, path

from fourfold.outward.home.web import start

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("start/", start.start, name="start"),
    path("start/template/<slug:starter>/", start.template, name="start-template"),
    path("start/spreadsheet/", start.spreadsheet, name="start-spreadsheet"),
    path("start/folder/", start.folder, name="start-folder"),
    path("start/next/", start.next_steps, name="start-next"),
    path("start/next/values.xlsx", start.values_file, name="start-values"),
]
