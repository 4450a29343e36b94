"""The room `imports`."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fourfold.data.imports"
    label = "imports"

    def ready(self) -> None:
        from fourfold.data.imports import jobs  # noqa: F401 - registers them
