"""The addresses of what one is told."""

from django.urls import URLPattern

app_name = "notifications"
urlpatterns: list[URLPattern] = []
