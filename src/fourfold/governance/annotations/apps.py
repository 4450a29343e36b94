"""The room `annotations`."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "fourfold.governance.annotations"
    label = "annotations"

    def ready(self) -> None:
        """Fill the slots of the scorecard's pages."""
        from fourfold.governance.annotations.pages.filling import fill_slots

        fill_slots()
