"""The room `home`."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "fourfold.outward.home"
    label = "home"
