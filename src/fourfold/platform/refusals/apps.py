"""The room of refusals."""

from django.apps import AppConfig


class RefusalsConfig(AppConfig):
    name = "fourfold.platform.refusals"
    label = "refusals"
