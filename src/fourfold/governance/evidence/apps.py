"""The room `evidence`."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "fourfold.governance.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Colour the map's arrows, and register the jobs that test them."""
        from fourfold.governance.evidence import jobs  # noqa: F401 - registers them
        from fourfold.governance.evidence.pages.filling import fill_slots

        fill_slots()
