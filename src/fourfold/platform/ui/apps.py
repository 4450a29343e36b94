"""The Django app of the user interface."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and styles; no models."""

    name = "fourfold.platform.ui"
    label = "ui"
    verbose_name = "User interface"
