"""The room `signals`."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "fourfold.governance.signals"
    label = "signals"

    def ready(self) -> None:
        """Fill the slots of the scorecard's pages."""
        from fourfold.governance.signals.pages.filling import fill_slots

        fill_slots()
