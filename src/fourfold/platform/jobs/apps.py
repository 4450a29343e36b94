"""The room `jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "fourfold.platform.jobs"
    label = "jobs"
