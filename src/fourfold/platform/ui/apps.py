"""The Django app of the user interface."""

from django.apps import AppConfig

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.navigation import NavigationEntry, register


class UiConfig(AppConfig):
    """Templates, tags and styles; no models."""

    name = "fourfold.platform.ui"
    label = "ui"
    verbose_name = "User interface"

    def ready(self) -> None:
        """List the pages of the rooms below this one, which cannot know the sidebar."""
        register(NavigationEntry("People", "person", "people:list", 80, acts={Act.MANAGE_PEOPLE}))
