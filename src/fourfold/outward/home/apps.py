"""The room `home`."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.navigation import NavigationEntry, Stage, register
from fourfold.platform.ui.slots import SHELL_HEADER, slot


class HomeConfig(AppConfig):
    name = "fourfold.outward.home"
    label = "home"

    def ready(self) -> None:
        """List the page where everybody starts, and put the search, with what it needs, at the head of every page."""
        from fourfold.outward.home.pages.search_box import search_box
        from fourfold.outward.home.queries.folding import give_folding

        start = NavigationEntry(
            _("Start"), "home", "home:start", 5, acts={Act.LOAD_FOLDER}, is_quick=True, stage=Stage.BEGINNING
        )
        register(start)
        register(NavigationEntry(_("Home"), "home", "home:home", 5, is_quick=True))
        slot(SHELL_HEADER).register("search", search_box)
        connection_created.connect(give_folding, dispatch_uid="fourfold.folding")
