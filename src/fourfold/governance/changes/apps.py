"""The room `changes`."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "fourfold.governance.changes"
    label = "changes"
