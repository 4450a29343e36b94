"""The room `imports`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fourfold.platform.ui.navigation import NavigationEntry, register
from fourfold.platform.ui.slots import SCORECARD_NOTES, slot


class ImportsConfig(AppConfig):
    name = "fourfold.data.imports"
    label = "imports"

    def ready(self) -> None:
        """List the page for whoever may import, and say on an empty scorecard where values come from."""
        from fourfold.data.imports import jobs  # noqa: F401 - registers them
        from fourfold.data.imports.pages.hints import import_hints
        from fourfold.platform.accounts.permissions import Act

        register(NavigationEntry(_("Import"), "upload", "imports:list", 53, acts={Act.IMPORT_VALUES}))
        slot(SCORECARD_NOTES).register("imports", import_hints)
