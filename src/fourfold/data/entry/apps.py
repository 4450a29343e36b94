"""The room `entry`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.permissions import Act
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

OWING = frozenset({Act.ENTER_VALUES})
"""An owner answers for values of their own without a role that enters them everywhere."""

CLOSING = frozenset({Act.ENTER_VALUES, Act.CLOSE_PERIOD, Act.REOPEN_PERIOD, Act.APPROVE_RESTATEMENT})


class EntryConfig(AppConfig):
    name = "fourfold.data.entry"
    label = "entry"

    def ready(self) -> None:
        """List the pages, and show on the scorecard's pages how final a figure is and how to enter one."""
        from fourfold.data.entry import jobs  # noqa: F401  registers them
        from fourfold.data.entry.queries import marks

        register(
            NavigationEntry(
                _("What is due"),
                "due",
                "entry:due",
                50,
                acts=OWING,
                is_quick=True,
                short_label=_("Due"),
                is_for_assigned=True,
            )
        )
        register(NavigationEntry(_("Enter values"), "enter", "entry:door", 51, acts={Act.ENTER_VALUES}))
        register(NavigationEntry(_("Periods"), "calendar", "entry:periods", 52, acts=CLOSING))
        slot(MEASURE_ACTIONS).register("entry", marks.entry_actions)
        slot(MEASURE_MARKS).register("entry", marks.release_marks)
        slot(MEASURE_PERIODS).register("entry", marks.period_marks)
        slot(MEASURE_PANELS).register("entry", marks.value_panels)
        slot(SCORECARD_NOTES).register("entry", marks.period_chips)
        slot(SCORECARD_COLUMNS).register("entry", marks.release_marks)
