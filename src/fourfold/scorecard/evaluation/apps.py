"""The room `evaluation`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fourfold.platform.ui.navigation import NavigationEntry, register


class EvaluationConfig(AppConfig):
    name = "fourfold.scorecard.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """List the pages in the sidebar."""
        from fourfold.scorecard.evaluation import jobs  # noqa: F401 - registers them

        register(
            NavigationEntry(
                "Scorecard", "scorecard", "scorecard:scorecard", 10, follows_place=True, is_quick=True
            )
        )
        register(
            NavigationEntry(
                "Strategy map",
                "map",
                "scorecard:map",
                20,
                follows_place=True,
                is_quick=True,
                short_label=_("Map"),
            )
        )
        register(NavigationEntry("Initiatives", "flag", "scorecard:initiatives", 30, follows_place=True))
        register(NavigationEntry("Units", "unit", "scorecard:units", 40, follows_place=True))
        register(NavigationEntry("API", "programming", "api:openapi-view", 90))
