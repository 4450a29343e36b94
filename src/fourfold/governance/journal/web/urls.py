"""The addresses of who did what."""

from django.urls import URLPattern, path

from fourfold.governance.journal.web import views

app_name = "journal"
urlpatterns: list[URLPattern] = [
    path("journal/", views.journal, name="journal"),
    path("journal/journal.<endings:ending>", views.journal_file, name="file"),
]
