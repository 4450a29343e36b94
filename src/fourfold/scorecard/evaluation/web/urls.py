"""The addresses of the scorecard's pages."""

from django.urls import URLPattern

app_name = "scorecard"
urlpatterns: list[URLPattern] = []
