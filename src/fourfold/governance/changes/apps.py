"""The room `changes`."""

from django.apps import AppConfig

from fourfold.platform.ui import slots
from fourfold.platform.ui.navigation import NavigationEntry, register


class ChangesConfig(AppConfig):
    name = "fourfold.governance.changes"
    label = "changes"

    def ready(self) -> None:
        """List the entrance in the sidebar for those who may, and stand on the pages of what can be edited."""
        from fourfold.governance.changes.pages import measure_entrances, person_owned
        from fourfold.governance.changes.queries import entrances
        from fourfold.governance.changes.queries.listing import EDITING

        register(NavigationEntry("Measures", "measure", "changes:measures", 45))
        register(NavigationEntry("Design", "design", "changes:overview", 70, acts=EDITING))
        slots.slot(slots.OBJECTIVE_ACTIONS).register("changes", entrances.for_objectives)
        slots.slot(slots.SCORECARD_ACTIONS).register("changes", entrances.for_scorecard)
        slots.slot(slots.MAP_ACTIONS).register("changes", entrances.for_map)
        slots.slot(slots.INITIATIVE_ACTIONS).register("changes", entrances.for_initiatives)
        slots.slot(slots.UNIT_ACTIONS).register("changes", entrances.for_units)
        slots.slot(slots.PERSON_PANELS).register("changes", person_owned.owned_by)
        slots.slot(slots.MEASURE_ACTIONS).register("changes", measure_entrances.for_measures)
        slots.slot(slots.MEASURE_PANELS).register("changes", measure_entrances.versions_of_measures)
        slots.slot(slots.SCORECARD_ACTIONS).register("changes.measures", measure_entrances.for_scorecard)
