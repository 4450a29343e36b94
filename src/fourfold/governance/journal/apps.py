"""The room `journal`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.navigation import NavigationEntry, Stage, register


class JournalConfig(AppConfig):
    name = "fourfold.governance.journal"
    label = "journal"

    def ready(self) -> None:
        """List the page for those who may read more than their own acts."""
        register(
            NavigationEntry(
                _("Journal"),
                "journal",
                "journal:journal",
                85,
                acts={Act.VIEW_JOURNAL},
                stage=Stage.ALWAYS,
            )
        )
