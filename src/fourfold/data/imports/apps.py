"""The room `imports`."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fourfold.data.imports"
    label = "imports"
