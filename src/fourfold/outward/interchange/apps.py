"""The room `interchange`."""

from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "fourfold.outward.interchange"
    label = "interchange"
