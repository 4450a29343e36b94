"""The room `customers`."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "fourfold.practices.customers"
    label = "customers"

    def ready(self) -> None:
        """Fill the slots of a measure's page."""
        from fourfold.practices.customers.pages.filling import fill_slots

        fill_slots()
