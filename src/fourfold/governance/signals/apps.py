"""The room `signals`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fourfold.platform.ui.navigation import NavigationEntry, register


class SignalsConfig(AppConfig):
    name = "fourfold.governance.signals"
    label = "signals"

    def ready(self) -> None:
        """List the exceptions, tell evaluations what was decided on limits, and fill the scorecard's slots."""
        from fourfold.governance.signals.pages.filling import fill_slots
        from fourfold.governance.signals.pages.forecast_panel import fill_forecast_slots
        from fourfold.governance.signals.queries.decided import decided_limits
        from fourfold.scorecard.evaluation.queries.decided_limits import answer_for_limits

        register(NavigationEntry(_("Exceptions"), "attention", "signals:exceptions", 25, follows_place=True))
        answer_for_limits(decided_limits)
        fill_slots()
        fill_forecast_slots()
