"""The room `units`."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "fourfold.platform.units"
    label = "units"
