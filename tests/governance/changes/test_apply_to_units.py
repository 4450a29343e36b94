"""Measures and their objectives come to many units at once, looked at first, all or nothing."""

import pytest

from fourfold.engine.definitions import Target, TargetPoint, Trajectory, UnitSelector
from tests.governance.changes.conftest import person_with, read

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
