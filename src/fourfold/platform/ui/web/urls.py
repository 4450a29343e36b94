"""The shell's own addresses."""

from django.urls import path

from fourfold.platform.ui.web import glossary, people, regions, views

app_name = "ui"
urlpatterns = [
    path("people/people.<endings:ending>", people.people_file, name="people-file"),
    path("theme/", views.choose_theme, name="theme"),
    path("regions/", regions.regions, name="regions"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("glossary.json", glossary.glossary_data, name="glossary-data"),
]
