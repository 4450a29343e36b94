"""The room `evaluation`."""

from django.apps import AppConfig

from fourfold.platform.ui.navigation import NavigationEntry, register


class EvaluationConfig(AppConfig):
    name = "fourfold.scorecard.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """List the pages in the sidebar."""
        register(NavigationEntry("Scorecard", "scorecard", "scorecard:scorecard", 10, follows_place=True))
        register(NavigationEntry("Strategy map", "map", "scorecard:map", 20, follows_place=True))
        register(NavigationEntry("Initiatives", "flag", "scorecard:initiatives", 30, follows_place=True))
        register(NavigationEntry("Units", "unit", "scorecard:units", 40, follows_place=True))
        register(NavigationEntry("API", "programming", "api:openapi-view", 90))
