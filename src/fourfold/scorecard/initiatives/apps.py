"""The room `initiatives`."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "fourfold.scorecard.initiatives"
    label = "initiatives"
