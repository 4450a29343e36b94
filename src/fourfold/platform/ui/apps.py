"""The Django app of the user interface."""

from django.apps import AppConfig
from django.urls import register_converter

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.endings import PictureEnding, TableEnding
from fourfold.platform.ui.navigation import NavigationEntry, Stage, register


class UiConfig(AppConfig):
    """Templates, tags and styles; no models."""

    name = "fourfold.platform.ui"
    label = "ui"
    verbose_name = "User interface"

    def ready(self) -> None:
        """Name how files' addresses end, and list the pages of the rooms below, which cannot know the sidebar."""
        register_converter(TableEnding, "endings")
        register_converter(PictureEnding, "pictures")
        people = NavigationEntry(
            "People", "person", "people:list", 80, acts={Act.MANAGE_PEOPLE}, stage=Stage.ALWAYS
        )
        register(people)
