"""The addresses of changing what is written down."""

from django.urls import URLPattern

app_name = "changes"
urlpatterns: list[URLPattern] = []
