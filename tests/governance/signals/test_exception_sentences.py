"""Every sentence of an exception is made of its numbers, for each kind, one and many, more and less."""

import pytest

from fourfold.engine.calendar import Frequency
from fourfold.engine.exceptions import ExceptionKind
from fourfold.governance.signals.pages.exception_points import SmallPoint
from fourfold.governance.signals.pages.exception_sentences import (
    Told,
    closing_sentence,
    exception_sentence,
    kind_label,
)
from fourfold.platform.ui.numbers import ValueFormat

HOURS = ValueFormat(decimals=1, unit_of_measure="h")
ADVERSE, FAVOURABLE, CHANGED = ExceptionKind.ADVERSE, ExceptionKind.FAVOURABLE, ExceptionKind.CHANGED


def at(label, value):
    return SmallPoint(label, value, 40.0, 30.0, 50.0, 45.0)


AUGUST, SEPTEMBER = at("August 2026", 52.3), at("September 2026", 56.0)
HIGH, BARE = at("August 2026", 47.0), SmallPoint("October 2026", 41.0, None, None, None, None)
LOW, BACK = at("August 2026", 28.1), at("September 2026", 41.0)


def sentence(kind, *marked, moved=0, **said):
    said = {"latest": marked[-1] if marked else None, "frequency": Frequency.MONTH, "format": HOURS} | said
    return exception_sentence(Told(name="Lead time", kind=kind, marked=marked, moved=moved, **said))


@pytest.mark.parametrize(
    ("kind", "lead"),
    [(ADVERSE, "got worse"), (FAVOURABLE, "got better"), (CHANGED, "changed")],
)
@pytest.mark.parametrize(
    ("marked", "moved", "detail"),
    [
        ((SEPTEMBER,), 1, "September 2026 lies at 56.0 h, above its upper limit of 50.0 h."),
        ((LOW,), -1, "August 2026 lies at 28.1 h, below its lower limit of 30.0 h."),
        (
            (AUGUST, SEPTEMBER),
            1,
            "2 of the last 7 months lie higher than chance explains, September 2026 at 56.0 h, where 40.0 h was usual.",
        ),
        (
            (LOW, LOW),
            -1,
            "2 of the last 7 months lie lower than chance explains, August 2026 at 28.1 h, where 40.0 h was usual.",
        ),
        (
            (AUGUST, AUGUST, SEPTEMBER),
            0,
            (
                "3 of the last 7 months make a pattern that chance does not explain, "
                "September 2026 at 56.0 h, where 40.0 h was usual."
            ),
        ),
    ],
)
def test_a_signal_says_which_way_how_often_and_where_it_stands(kind, lead, marked, moved, detail):
    assert sentence(kind, *marked, moved=moved) == f"Lead time {lead}: {detail}"


def test_one_point_within_its_limits_is_not_called_beyond_them():
    assert sentence(ADVERSE, HIGH, moved=1) == (
        "Lead time got worse: 1 of the last 7 months belongs to a pattern that chance does not explain, "
        "August 2026 at 47.0 h, where 40.0 h was usual."
    )


def test_seven_of_seven_are_all():
    assert "all of the last 7 months lie higher than chance explains" in sentence(
        ADVERSE, *[SEPTEMBER] * 7, moved=1
    )
    assert "all of the last 7 quarters lie lower than chance explains" in sentence(
        ADVERSE, *[LOW] * 7, moved=-1, frequency=Frequency.QUARTER
    )


def test_what_is_over_is_said_to_be_over():
    assert sentence(ADVERSE, LOW, moved=-1, latest=BACK) == (
        "Lead time got worse: August 2026 lies at 28.1 h, below its lower limit of 30.0 h; "
        "September 2026 is back within its limits at 41.0 h."
    )


@pytest.mark.parametrize(
    ("marked", "moved", "latest", "said"),
    [
        ((SEPTEMBER,) * 3, 1, LOW, "August 2026 lies at 28.1 h, below its lower limit of 30.0 h."),
        ((LOW,) * 3, -1, SEPTEMBER, "September 2026 lies at 56.0 h, above its upper limit of 50.0 h."),
        ((SEPTEMBER,) * 3, 1, BACK, "September 2026 is back within its limits at 41.0 h."),
        ((HIGH,) * 3, 1, BACK, "September 2026, at 41.0 h, is not among them."),
        ((LOW,) * 3, -1, BARE, "October 2026, at 41.0 h, is not among them."),
    ],
)
def test_only_what_left_its_limits_and_lies_within_them_is_back(marked, moved, latest, said):
    assert sentence(ADVERSE, *marked, moved=moved, latest=latest).endswith(f"; {said}")


def test_numbers_that_rounding_would_make_equal_get_the_decimals_that_tell_them_apart():
    near = SmallPoint("September 2026", 50.04, 40.0, 30.0, 50.0, None)

    assert "lies at 50.04 h, above its upper limit of 50.00 h" in sentence(ADVERSE, near, moved=1)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"kind": ExceptionKind.MISSES, "latest": SEPTEMBER, "target": 60.0},
            ("Lead time will keep missing the target unless something changes: "
            "as it is, it stays between 30.0 h and 50.0 h, and the target is 60.0 h."),
        ),
        (
            {"kind": ExceptionKind.UNLIKELY, "hit": 0.07, "target": 60.0, "by": "2026"},
            "Lead time will hardly reach the target: the forecast gives 60.0 h in 2026 a chance of 7 %.",
        ),
        (
            {"kind": ExceptionKind.OFF_TARGET, "periods": 2, "period": "Q3 2026", "value": 56.0, "target": 45.0,
             "frequency": Frequency.QUARTER},
            "Lead time remained off target: for 2 quarters, Q3 2026 at 56.0 h against a target of 45.0 h.",
        ),
        (
            {"kind": ExceptionKind.UNLIKELY, "hit": 0.001, "target": 60.0, "by": "December 2026"},
            ("Lead time will hardly reach the target: "
            "the forecast gives 60.0 h in December 2026 a chance of less than 1 %."),
        ),
        (
            {"kind": ExceptionKind.OFF_TARGET, "periods": 3, "period": "September 2026", "value": 56.0},
            "Lead time remained off target: for 3 months, September 2026 at 56.0 h.",
        ),
        (
            {"kind": ExceptionKind.STALE, "periods": 1, "period": "September 2026"},
            "Lead time cannot be told yet: the value of September 2026 is owed.",
        ),
        (
            {"kind": ExceptionKind.STALE, "periods": 3, "period": "September 2026"},
            "Lead time cannot be told yet: values of 3 months are owed, the last that of September 2026.",
        ),
        (
            {"kind": ExceptionKind.SIGN_FLIP, "flip": ("August 2026", 3.0, -3.0)},
            "Lead time changed sides of zero in a restatement: August 2026 was 3.0 h and is now −3.0 h.",
        ),
        (
            {"kind": ExceptionKind.QUARANTINED, "period": "September 2026"},
            "Lead time cannot be relied on yet: the value of September 2026 waits for a check.",
        ),
    ],
)  # fmt: skip
def test_every_other_kind_says_its_numbers(told, said):
    assert sentence(**told) == said


@pytest.mark.parametrize(
    ("kind", "lead", "label"),
    [
        (ADVERSE, "Lead time moved away from the target: ", "Farther from target"),
        (FAVOURABLE, "Lead time moved closer to the target: ", "Closer to target"),
        (CHANGED, "Lead time changed: ", "Changed"),
    ],
)
def test_where_neither_way_is_better_the_distance_to_the_target_is_told(kind, lead, label):
    assert sentence(kind, SEPTEMBER, moved=1, has_better_way=False).startswith(lead)
    assert kind_label(kind, has_better_way=False) == label


def test_every_kind_has_a_word():
    assert len({kind_label(kind) for kind in ExceptionKind}) == len(ExceptionKind)


@pytest.mark.parametrize(
    ("normal", "judged", "expected", "said"),
    [
        (
            54,
            60,
            5.44,
            "54 measures behaved normally; about 5.4 false alarms are expected among the 60 with limits.",
        ),
        (
            1,
            2,
            0.19,
            "1 measure behaved normally; about 0.2 false alarms are expected among the 2 with limits.",
        ),
        (
            0,
            300,
            27.3,
            "0 measures behaved normally; about 27 false alarms are expected among the 300 with limits.",
        ),
        (
            0,
            0,
            0.0,
            "No measure has enough points for limits yet, so that signals cannot be told from noise.",
        ),
    ],
)
def test_the_closing_sentence_weighs_against_chance(normal, judged, expected, said):
    assert closing_sentence(normal, judged=judged, expected=expected) == said


def test_of_values_that_lean_on_their_neighbours_no_mean_is_called_usual():
    told = sentence(ADVERSE, AUGUST, SEPTEMBER, moved=1, leans=True)

    assert told.endswith("September 2026 at 56.0 h against 40.0 h on average while the limits were made.")
    assert "usual" not in told


@pytest.mark.parametrize(
    ("moved", "way"), [(1, "higher than chance explains"), (-1, "lower than chance explains")]
)
def test_a_chart_with_a_memory_speaks_of_all_values_together(moved, way):
    told = sentence(ADVERSE, AUGUST, SEPTEMBER, moved=moved, is_remembered=True)

    assert told.endswith(
        f"the latest values together lie {way}, September 2026 at 56.0 h, where 40.0 h was usual."
    )


def test_the_closing_sentence_says_what_its_number_supposes():
    told = closing_sentence(4, judged=32, expected=3.3, leaning=28)

    assert told.startswith("4 measures behaved normally; about 3.3 false alarms are expected among the 32")
    assert "supposes values without memory; in 28 of them each value is much like the one before it" in told
    assert "supposes" not in closing_sentence(4, judged=32, expected=3.3)
