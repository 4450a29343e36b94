"""The room `signals`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fourfold.platform.ui.navigation import NavigationEntry, register


class SignalsConfig(AppConfig):
    name = "fourfold.governance.signals"
    label = "signals"

    def ready(self) -> None:
        """List the exceptions in the sidebar, and fill the slots of the scorecard's pages."""
        from fourfold.governance.signals.pages.filling import fill_slots
        from fourfold.governance.signals.pages.forecast_panel import fill_forecast_slots

        register(NavigationEntry(_("Exceptions"), "attention", "signals:exceptions", 25, follows_place=True))
        fill_slots()
        fill_forecast_slots()
