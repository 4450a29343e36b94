"""The room `entry`."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    name = "fourfold.data.entry"
    label = "entry"
