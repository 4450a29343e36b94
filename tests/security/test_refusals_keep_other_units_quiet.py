"""A refusal or a remark says nothing of units out of sight (TRUST §2 rows 2 and 6): no number, no name, no key.

The strategy office of the Old Town shop edits its own things; what they hang together with at Riverside or in the
whole is not theirs to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.queries.known_mappings import mappings_listed
from fourfold.engine.definitions import ContributionMode, Definitions
from fourfold.governance.changes.actions.target_set import clear_target
from fourfold.governance.changes.drafts.objective_draft import OBJECTIVES
from fourfold.governance.changes.drafts.sight import told_consequences
from fourfold.governance.changes.queries.opening import dependants_told
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION, Scope
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.change_definitions import edition
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.evaluation.queries.target_past import refuse_rewriting
from fourfold.scorecard.evaluation.queries.wanted_targets import target_of
from tests.house.guarded_bakery import AT, OTHER, OWN, GuardedBakery, undone
from tests.house.route_bodies import sound_body

pytestmark = pytest.mark.django_db

OFFICE = "strategy-office"
NEW = "edit/measures/new/"


@pytest.fixture
def office(guarded: GuardedBakery) -> Iterator[Scope]:
    """Of the Old Town shop; whatever it does is undone."""
    with undone():
        yield scope_of_key(OFFICE)


def test_taking_away_a_target_tells_ones_own_and_not_what_the_whole_aims_at(office: Scope) -> None:
    """The whole's is a sum: less one's own it is the neighbour's."""
    own = target_of(read_definitions(), "sales", unit=OWN)
    with pytest.raises(Refusal) as refused:
        clear_target("sales", OWN, edition_seen=edition(own), scope=office, at=AT)

    assert refused.value.code == "TARGET_PAST_REWRITTEN"
    assert refused.value.told_sentence.startswith("In January 2025 the target of “Old Town shop” was 39500;")


def test_where_only_others_would_be_judged_anew_no_number_is_said(office: Scope) -> None:
    known = read_definitions()
    without = replace(known, targets=tuple(each for each in known.targets if each.unit != OTHER))
    told = {}
    for scope in (office, INSTALLATION):
        with pytest.raises(Refusal) as refused:
            refuse_rewriting(known, without, measure="sales", scope=scope, today=AT.date())
        told[scope.person_key] = refused.value

    assert told[OFFICE].code == told[""].code == "TARGET_PAST_REWRITTEN"
    assert "66500" in told[""].told_sentence
    assert not any(each.isdecimal() for each in told[OFFICE].told_sentence.replace("2025", ""))


def formula_told(house: GuardedBakery, formula: str, *, who: str = OFFICE) -> str:
    """What the form says of a formula that somebody typed."""
    said = {**sound_body(house, NEW).sent, "source": "formula", "formula": formula}
    answer = house.browser(who).post("/edit/measures/preview/", said)
    page = BeautifulSoup(answer.content, "lxml").get_text(" ", strip=True)
    return page[page.index("Formula FORMULA_") :][:120] if "Formula FORMULA_" in page else page


@pytest.mark.usefixtures("office")
def test_a_formula_knows_no_measure_out_of_its_authors_sight(guarded: GuardedBakery) -> None:
    """Neither that there is one, nor its unit of measure, nor how it is spelt."""
    there = formula_told(guarded, f"crust-{OTHER}").replace(f"crust-{OTHER}", "x")
    not_there = formula_told(guarded, "no-such-measure").replace("no-such-measure", "x")

    assert there[:60] == not_there[:60]
    assert "FORMULA_UNKNOWN_NAME" in there
    assert f"crust-{OTHER}" not in formula_told(guarded, "crust-riversid * 2")
    assert "crust-old-town" in formula_told(guarded, "crust-old-tow * 2")
    assert f"crust-{OTHER}" in formula_told(guarded, "crust-riversid * 2", who="founder")


@pytest.mark.usefixtures("office")
def test_no_measure_is_saved_that_reads_one_out_of_sight(guarded: GuardedBakery) -> None:
    said = {**sound_body(guarded, NEW).sent, "source": "formula", "formula": f"crust-{OTHER}", "step": "save"}
    said["unit_of_measure"] = "EUR"
    answers = {who: guarded.browser(who).post(f"/{NEW}", said) for who in (OFFICE, "founder")}

    assert answers[OFFICE].status_code == 422
    assert "FORMULA_UNKNOWN_NAME" in answers[OFFICE].content.decode()
    assert answers["founder"].status_code == 302


def test_a_mapping_counts_the_imports_one_sees(office: Scope) -> None:
    used = {
        scope.person_key: {each.key: each.runs for each in mappings_listed(scope=scope)}
        for scope in (office, INSTALLATION)
    }
    assert used[OFFICE]["shops"] == 1
    assert used[""]["shops"] == 2


def joined(known: Definitions, *, below: str, above: str) -> Definitions:
    """With one objective contributing to another, as the whole's office would have it."""
    objectives = (
        replace(each, contributes_to=(*each.contributes_to, (above, ContributionMode.SHARED)))
        if each.key == below
        else each
        for each in known.objectives
    )
    return replace(known, objectives=tuple(objectives))


def test_what_needs_a_thing_out_of_sight_is_told_without_its_name(office: Scope) -> None:
    known = joined(read_definitions(), below=f"oven-{OTHER}", above=f"oven-{OWN}")
    (oven,) = (each for each in known.objectives if each.key == f"oven-{OWN}")
    mine, all_of_them = (
        dependants_told(OBJECTIVES, oven, whole=known, scope=scope) for scope in (office, INSTALLATION)
    )
    assert f"Heat the oven of {OTHER}" in {each.name for each in all_of_them}
    assert not any(OTHER in each.name + each.key for each in mine)
    assert [each.blocks for each in mine if each.kind == "elsewhere"] == [True]
    assert {each.name for each in mine if each.kind != "elsewhere"} < {each.name for each in all_of_them}


def test_a_circle_through_another_unit_is_refused_without_naming_it(office: Scope) -> None:
    before = joined(
        joined(read_definitions(), below="grow-sales", above=f"oven-{OTHER}"),
        below=f"oven-{OTHER}", above=f"oven-{OWN}",
    )  # fmt: skip
    after = joined(before, below=f"oven-{OWN}", above="grow-sales")
    mine, all_of_it = (
        told_consequences(before, after, keys=(f"oven-{OWN}",), scope=scope).refused
        for scope in (office, INSTALLATION)
    )
    assert [each.rule for each in mine] == [each.rule for each in all_of_it]
    assert "ALIGN_CYCLE" in {each.rule for each in mine}
    assert any(OTHER in each.message for each in all_of_it)
    assert not any(OTHER in f"{each.message}{each.remedy}{each.evidence}" for each in mine)
