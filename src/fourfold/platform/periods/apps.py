"""The room `periods`."""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    name = "fourfold.platform.periods"
    label = "periods"
