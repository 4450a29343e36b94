"""The addresses of coming in."""

from django.urls import URLPattern, path

from fourfold.outward.home.web import home, search, start

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", home.front_door, name="door"),
    path("home/", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("start/", start.start, name="start"),
    path("start/template/<slug:starter>/", start.template, name="start-template"),
    path("start/spreadsheet/", start.spreadsheet, name="start-spreadsheet"),
    path("start/folder/", start.folder, name="start-folder"),
    path("start/next/", start.next_steps, name="start-next"),
    path("start/next/values.xlsx", start.values_file, name="start-values"),
]
