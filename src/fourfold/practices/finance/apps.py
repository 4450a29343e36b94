"""The room `finance`."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "fourfold.practices.finance"
    label = "finance"

    def ready(self) -> None:
        """Fill the slots of a measure's page."""
        from fourfold.practices.finance.pages.filling import fill_slots

        fill_slots()
