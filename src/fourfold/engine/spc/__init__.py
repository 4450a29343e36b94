"""Signal or noise: control charts, rules, icons, for any number of series at once.

    >>> import numpy as np
    >>> from fourfold.engine import spc
    >>> chart = spc.xmr(np.array([52.0, 47, 57, 49, 50, 47, 58, 50, 51, 50, 57, 47, 50, 51, 90]))
    >>> [signal.points for signal in spc.signals(chart, rules="mdc").found_in(0)]
    [(14,)]

Source: METHOD M3.4, §8. Pages: docs/algorithms/control-charts.md, signal-rules.md, variation-and-assurance.md.
"""

from fourfold.engine.spc.basis import Basis
from fourfold.engine.spc.chart import FIRM_POINTS, NEAR, TRIAL_POINTS, ChartKind, ControlChart
from fourfold.engine.spc.constants import CONSTANTS, Constants, ConstantSet, constants_named
from fourfold.engine.spc.counted import is_dispersed, occurrences, proportions, rates
from fourfold.engine.spc.false_alarms import (
    FalseAlarms,
    chances_of_false_alarm,
    expected_false_alarms,
    false_alarm_rate,
)
from fourfold.engine.spc.icons import Assurance, Icons, Variation, icons, last_points
from fourfold.engine.spc.individual import left_unscreened, moving_range_chart, xmr
from fourfold.engine.spc.memory import (
    CUSUM_RULE,
    EWMA_RULE,
    WITH_MEMORY,
    MemoryTerms,
    Remembered,
    memory_alarm_rate,
    remembered,
)
from fourfold.engine.spc.rare import between_events, time_between_events
from fourfold.engine.spc.refusals import (
    BaselineTooShort,
    ChartRefused,
    CountsWrong,
    LimitsWrong,
    RebaseUnknown,
    RulesUnfit,
    SegmentsOverlap,
    SubgroupSizeUnknown,
    TimeUnsorted,
    UnknownRules,
)
from fourfold.engine.spc.rules import RULE_SETS, RULES, Rule, rules_named
from fourfold.engine.spc.runs import Runs, runs
from fourfold.engine.spc.seasons import LEAST_CYCLES, is_seasonal
from fourfold.engine.spc.segments import Segments, require_sorted
from fourfold.engine.spc.signals import Signal, Signals, signals
from fourfold.engine.spc.slow_drift import Cusum, Standard, cusum, ewma
from fourfold.engine.spc.soundness import (
    MOST_AUTOCORRELATION,
    autocorrelation,
    looks_cumulative,
    residuals,
)
from fourfold.engine.spc.subgroups import subgroup_means, subgroup_spreads

__all__ = [
    "CONSTANTS",
    "CUSUM_RULE",
    "EWMA_RULE",
    "FIRM_POINTS",
    "LEAST_CYCLES",
    "MOST_AUTOCORRELATION",
    "NEAR",
    "RULES",
    "RULE_SETS",
    "TRIAL_POINTS",
    "WITH_MEMORY",
    "Assurance",
    "BaselineTooShort",
    "Basis",
    "ChartKind",
    "ChartRefused",
    "ConstantSet",
    "Constants",
    "ControlChart",
    "CountsWrong",
    "Cusum",
    "FalseAlarms",
    "Icons",
    "LimitsWrong",
    "MemoryTerms",
    "RebaseUnknown",
    "Remembered",
    "Rule",
    "RulesUnfit",
    "Runs",
    "Segments",
    "SegmentsOverlap",
    "Signal",
    "Signals",
    "Standard",
    "SubgroupSizeUnknown",
    "TimeUnsorted",
    "UnknownRules",
    "Variation",
    "autocorrelation",
    "between_events",
    "chances_of_false_alarm",
    "constants_named",
    "cusum",
    "ewma",
    "expected_false_alarms",
    "false_alarm_rate",
    "icons",
    "is_dispersed",
    "is_seasonal",
    "last_points",
    "left_unscreened",
    "looks_cumulative",
    "memory_alarm_rate",
    "moving_range_chart",
    "occurrences",
    "proportions",
    "rates",
    "remembered",
    "require_sorted",
    "residuals",
    "rules_named",
    "runs",
    "signals",
    "subgroup_means",
    "subgroup_spreads",
    "time_between_events",
    "xmr",
]
