"""The addresses of talking about the numbers."""

from django.urls import URLPattern

app_name = "annotations"
urlpatterns: list[URLPattern] = []
