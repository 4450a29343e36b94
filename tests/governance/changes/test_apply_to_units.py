"""Measures and their objectives come to many units at once, looked at first, all or nothing."""

import re
from datetime import UTC, date, datetime

import pytest

from fourfold.data.imports.queries import export_strategy_folder
from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.definitions import Target, TargetPoint, Trajectory, UnitSelector
from fourfold.engine.quantities import Why
from fourfold.folder import read_folder
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.queries import current_evaluation
from tests.governance.changes.conftest import errors_of, person_with, read

pytestmark = pytest.mark.django_db

APPLY = "/edit/apply/"


@pytest.fixture
def local(ana, now):
    """A measure of the Old Town shop alone, with a target."""
    ana.save(
        "/edit/measures/new/",
        name="Queue at noon",
        objectives=["serve-on-time"],
        kind="mean",
        unit="old-town",
        unit_of_measure="min",
        goal="minimise",
        owner="bruno",
        steward="clara",
        valid_from="",
        operational_definition="Mean minutes from joining the queue to paying, by the till's record each day.",
        step="save",
    )
    saved = ana.save(
        "/edit/targets/queue-at-noon/old-town/", points="2026-11 4", trajectory="step", step="save"
    )
    assert saved.status_code == 302
    return ana


def said(**changed):
    return {
        "measures": ["queue-at-noon"],
        "units": ["riverside"],
        "source": "old-town",
        "reason": "",
    } | changed


def measure(now, key="queue-at-noon"):
    return next(each for each in now().measures if each.key == key)


def test_what_changes_is_shown_first(local, now):
    before = now()
    page = read(local.client.post(APPLY, said(step="review")))

    assert page.select_one(".review ins").get_text() == "Riverside shop"
    assert "Now declared at “Harbour Bakery”" in page.select_one(".review").get_text()
    assert now() == before


def test_the_measure_comes_to_the_units_with_the_targets_copied(local, now):
    answer = local.client.post(APPLY, said(step="save"))

    assert answer.status_code == 302
    assert measure(now).units == UnitSelector("bakery", (), ("old-town", "riverside"))
    copied = next(
        each for each in now().targets if (each.measure, each.unit) == ("queue-at-noon", "riverside")
    )
    assert copied == Target(
        "queue-at-noon", "riverside", copied.points, Trajectory.STEP, origin=copied.origin
    )
    assert [point.value for point in copied.points] == [4]
    assert isinstance(copied.points[0], TargetPoint)
    assert "Queue at noon" in local.open("/scorecards/riverside/2026-09/").get_text()


def test_a_whole_level_is_one_tick(local, now):
    local.client.post(APPLY, said(units=[], levels=["shop"], source="", step="save"))

    assert measure(now).units.keys == ("old-town", "riverside")
    assert not [
        each for each in now().targets if each.measure == "queue-at-noon" and each.unit == "riverside"
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"units": ["old-town"]}, "NOTHING_TO_APPLY"),
        ({"measures": []}, "APPLICATION_EMPTY"),
        ({"units": []}, "APPLICATION_EMPTY"),
    ],
)
def test_an_application_of_nothing_is_refused_by_name_and_kept(local, now, changed, code):
    before = now()
    answer = local.client.post(APPLY, said(**changed, step="save"))
    page = read(answer)

    assert answer.status_code == 422
    assert code in page.select_one(".refused").get_text()
    assert len(page.select("[name=measures][checked]")) == len(said(**changed)["measures"])
    assert now() == before


@pytest.mark.parametrize("role", ["viewer", "auditor", "measure_owner", "data_steward", "approver"])
def test_other_roles_apply_nothing(client, local, role):
    client.force_login(person_with(role, "bakery", key="other"))

    assert client.get(APPLY).status_code == 403
    assert client.post(APPLY, said(step="save")).status_code == 403


def test_the_office_of_one_shop_applies_to_it_alone(client, local, now):
    client.force_login(person_with("strategy_office", "old-town", key="olga"))
    page = read(client.get(APPLY))

    assert [box["value"] for box in page.select("[name=units]")] == ["old-town"]
    before = now()
    assert client.post(APPLY, said(step="save")).status_code == 422
    assert now() == before


# --- from which period on --------------------------------------------------------------------------------------------


def whys(unit, measure="queue-at-noon"):
    """Why there is no value, by month."""
    found = current_evaluation(INSTALLATION, unit, at=datetime(2026, 11, 8, 9, tzinfo=UTC)).evaluation
    results = found.at(Grain.MONTH)
    place = found.measure_index(measure), slice(None), found.units.index(unit)
    calendar = found.book.timeline.calendar
    keys = [calendar.key_of(GrainPeriod(Grain.MONTH, ordinal)) for ordinal in results.ordinals]
    return dict(zip(keys, [Why(code) for code in results.measures.why[place].tolist()], strict=True))


def test_the_running_month_is_offered_as_the_first_period(local):
    running = local.open(APPLY).select_one("[name=first_period]")["value"]

    assert re.fullmatch(r"20\d\d-\d\d", running)


def test_what_ended_before_the_first_period_is_not_owed(local, now):
    before = whys("bakery")
    local.client.post(APPLY, said(first_period="2026-10", step="save"))
    new = whys("riverside")

    assert measure(now).units.since == (("riverside", date(2026, 10, 1)),)
    assert new["2026-09"] is Why.NOT_APPLICABLE
    assert new["2026-10"] in (Why.MISSING_DUE, Why.NOT_DUE)
    assert {key: why for key, why in whys("bakery").items() if key < "2026-10"} == {
        key: why for key, why in before.items() if key < "2026-10"
    }


def test_without_a_first_period_everything_since_the_measure_began_is_owed(local, now):
    local.client.post(APPLY, said(first_period="", step="save"))

    assert measure(now).units.since == ()
    assert whys("riverside")["2026-08"] is Why.MISSING_DUE


def test_the_first_period_is_shown_before_anything_is_saved(local, now):
    page = read(local.client.post(APPLY, said(first_period="2026-10", step="review")))

    assert "October 2026" in page.select_one(".review").get_text()
    assert measure(now).units.since == ()


def test_what_is_no_period_is_refused_by_name_and_kept(local, now):
    before = now()
    answer = local.client.post(APPLY, said(first_period="soon", step="save"))

    assert answer.status_code == 422
    assert "FIRST_PERIOD_UNREAD" in read(answer).select_one(".refused").get_text()
    assert read(answer).select_one("[name=first_period]")["value"] == "soon"
    assert now() == before


def test_editing_the_measure_does_not_lose_since_when_a_unit_takes_it(local, now):
    local.client.post(APPLY, said(first_period="2026-10", step="save"))
    saved = local.save("/edit/measures/queue-at-noon/", name="Queue at midday", step="save")

    assert saved.status_code == 302
    assert measure(now).name == "Queue at midday"
    assert measure(now).units.since == (("riverside", date(2026, 10, 1)),)


def test_a_unit_that_no_longer_takes_the_measure_leaves_no_day_behind(local, now):
    local.client.post(APPLY, said(first_period="2026-10", step="save"))
    saved = local.save(
        "/edit/measures/queue-at-noon/", keys=["old-town"], reason="Too small a shop", step="save"
    )

    assert saved.status_code == 302, errors_of(read(saved))
    assert measure(now).units == UnitSelector("bakery", (), ("old-town",))


def test_a_unit_with_a_first_period_is_retired_and_its_day_goes_with_it(local, now):
    local.save("/edit/units/new/", name="Kiosk", parent="bakery", level="shop")
    local.client.post(
        APPLY, said(units=["kiosk", "riverside"], source="", first_period="2026-10", step="save")
    )
    local.save("/edit/measures/queue-at-noon/", unit="bakery", keys=None, levels=[], reason="x", step="save")
    assert dict(measure(now).units.since).keys() == {"kiosk", "riverside"}

    local.retire("/edit/units/kiosk/retire/")

    assert measure(now).units.since == (("riverside", date(2026, 10, 1)),)
    assert "kiosk" not in {unit.key for unit in now().units}


def test_the_folder_says_since_when_and_reads_it_back(local, now, tmp_path):
    local.client.post(APPLY, said(first_period="2026-10", step="save"))
    export_strategy_folder(tmp_path / "out", scope=INSTALLATION)

    assert "since:" in (tmp_path / "out" / "measures" / "queue-at-noon.yaml").read_text()
    read_back = read_folder(tmp_path / "out").definitions
    assert (
        next(each for each in read_back.measures if each.key == "queue-at-noon").units == measure(now).units
    )
