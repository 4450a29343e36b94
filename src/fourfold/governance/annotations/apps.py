"""The room `annotations`."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "fourfold.governance.annotations"
    label = "annotations"
