"""The room `entry`."""

from django.apps import AppConfig

from fourfold.platform.ui.navigation import NavigationEntry, register
from fourfold.platform.ui.slots import (
    MEASURE_ACTIONS,
    MEASURE_MARKS,
    MEASURE_PANELS,
    MEASURE_PERIODS,
    SCORECARD_COLUMNS,
    SCORECARD_NOTES,
    slot,
)


class EntryConfig(AppConfig):
    name = "fourfold.data.entry"
    label = "entry"

    def ready(self) -> None:
        """List the pages, and show on the scorecard's pages how final a figure is and how to enter one."""
        from fourfold.data.entry import jobs  # noqa: F401  registers them
        from fourfold.data.entry.queries import marks

        register(NavigationEntry("What is due", "due", "entry:due", 30))
        register(NavigationEntry("Enter values", "enter", "entry:door", 31))
        register(NavigationEntry("Periods", "calendar", "entry:periods", 32))
        slot(MEASURE_ACTIONS).register("entry", marks.entry_actions)
        slot(MEASURE_MARKS).register("entry", marks.release_marks)
        slot(MEASURE_PERIODS).register("entry", marks.period_marks)
        slot(MEASURE_PANELS).register("entry", marks.value_panels)
        slot(SCORECARD_NOTES).register("entry", marks.period_chips)
        slot(SCORECARD_COLUMNS).register("entry", marks.release_marks)
