"""One number over the perspectives: shown where policy wants it, and nowhere else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fourfold.engine.definitions import PolicyValue
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.numbers import display_score
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 10, tzinfo=UTC)
ROOT = "/scorecards/bakery/2026-09/"


def wanted(whole):
    return replace(
        whole, policies=(*whole.policies, PolicyValue("score.total", "on", reason="The board asks"))
    )


def test_no_page_shows_a_total_unless_policy_wants_one(ana, read):
    page = read(ana, ROOT)

    assert page.select(".total") == []
    assert "There is no total over the perspectives unless policy says so." in page.footer.get_text()


def test_the_total_that_policy_wants_stands_above_the_perspectives_with_the_interfaces_digits(
    client, ana, read
):
    change_definitions(wanted, act=Act.EDIT_POLICIES, unit="bakery", scope=INSTALLATION, at=NOW)

    page = read(ana, ROOT)
    told = client.get("/api/v1/scorecards/bakery/2026-09").json()["scorecard"]

    assert told["score"] is not None
    assert page.select_one(".total-score").get_text() == display_score(told["score"])
    assert "Policy wants a total" in page.footer.get_text()
