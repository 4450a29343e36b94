"""The addresses of people and their roles."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
