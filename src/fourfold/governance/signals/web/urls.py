"""The addresses of signal and noise."""

from django.urls import URLPattern

app_name = "signals"
urlpatterns: list[URLPattern] = []
