"""The addresses of who did what."""

from django.urls import URLPattern

app_name = "journal"
urlpatterns: list[URLPattern] = []
