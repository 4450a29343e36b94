"""The room `measures`."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "fourfold.scorecard.measures"
    label = "measures"
