"""What the tests of a unit's links find, on which measures, and how it is kept."""

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.engine import leadlag
from fourfold.governance.evidence.actions.ask_for_test import ask_for_test, queue_test
from fourfold.governance.evidence.actions.register_hypothesis import register_hypothesis
from fourfold.governance.evidence.models import EvidenceRun, LinkTest
from fourfold.governance.evidence.queries.due import units_to_test
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.jobs.models import Job
from fourfold.platform.refusals.refusal import NotPermitted, OutOfScope
from fourfold.scorecard.measures.queries.ledger import head_seq
from tests.governance.evidence.conftest import (
    AT,
    LATER,
    LESSONS_FIRST,
    SKILLS_TO_WASTE,
    numbers,
    run_tests,
    write_numbers,
)

pytestmark = pytest.mark.django_db


def verdicts(run):
    return {test.link: test.verdict for test in run.tests.all()}


@pytest.mark.method("M1.2")
def test_each_link_gets_the_verdict_that_its_numbers_allow(tested):
    assert verdicts(tested) == {
        "build-skills>reduce-waste": "supported",
        "build-skills>serve-on-time": "contradicted",
        "reduce-waste>serve-on-time": "inconclusive",
        "serve-on-time>grow-sales": "inconclusive",
    }


def test_a_test_keeps_the_data_it_was_made_on(tested):
    found = tested.tests.get(source="build-skills", target="reduce-waste")

    assert (found.x, found.y, found.sign, found.lag_from, found.lag_to) == ("lessons", "waste", -1, 3, 3)
    assert (found.n, found.first_period, found.last_period) == (60, "2021-10", "2026-09")
    assert (found.frequency, found.x_version, found.y_version) == ("month", 1, 1)
    assert (tested.alpha, tested.permutations, tested.links) == (0.05, 999, 4)
    assert found.facts["peak_lag"] == 3
    assert found.facts["cycle"] == 12


def test_the_numbers_are_those_of_the_engine_on_the_same_series(tested):
    series = numbers()
    # Both shops alike: hours add up, the ratio of both is that of one.
    x, y = 2.0 * np.round(series["lessons"], 4), np.round(1000 * series["waste"]) / 1000
    alone = leadlag.examine(
        leadlag.Series(x),
        leadlag.Series(y),
        hypothesis=leadlag.Hypothesis(-1, 3, 3),
        seed=leadlag.seed_of("build-skills>reduce-waste", "lessons", "waste", "bakery"),
        terms=leadlag.Terms(cycle=12),
    )
    kept = tested.tests.get(source="build-skills", target="reduce-waste")

    assert kept.p == alone.p
    assert kept.facts["correlations"] == pytest.approx(list(alone.correlations), abs=1e-9)
    assert kept.facts["granger_p"] == pytest.approx(alone.precedence.p, rel=1e-6)


def test_an_objective_is_shown_by_its_measure_of_the_highest_weight(tested):
    test = tested.tests.get(source="serve-on-time", target="grow-sales")

    assert (test.x, test.y) == ("punctuality", "sales")  # the rating weighs half as much


def test_a_registered_pair_goes_before_the_weights(scope, tested):
    expected = type(LESSONS_FIRST)("lessons", "satisfaction", 1, 1, 2)
    register_hypothesis(SKILLS_TO_WASTE, expected, edition=0, scope=scope("ana"), at=AT)

    test = run_tests().tests.get(source="build-skills", target="reduce-waste")

    assert (test.x, test.y, test.sign, test.lag_from, test.lag_to) == ("lessons", "satisfaction", 1, 1, 2)
    assert test.registration.edition == 1


def test_only_the_registered_months_are_looked_at(scope, tested):
    expected = type(LESSONS_FIRST)("lessons", "waste", -1, 2, 4, since="2023-01", until="2026-06")
    register_hypothesis(SKILLS_TO_WASTE, expected, edition=0, scope=scope("ana"), at=AT)

    test = run_tests().tests.get(source="build-skills", target="reduce-waste")

    assert (test.n, test.first_period, test.last_period) == (42, "2023-01", "2026-06")


def test_too_few_months_are_no_test_and_say_how_many_are_needed(db, folder):
    write_numbers(folder, 20)
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)

    tests = run_tests().tests.all()

    assert {(test.verdict, test.why, test.n, test.facts["needed"]) for test in tests} == {
        ("not_testable", "too_few_points", 20, 24)
    }


def test_a_changed_formula_inside_the_series_is_a_break(db, folder):
    measure = folder / "measures" / "waste.yaml"
    lines = measure.read_text(encoding="utf-8").splitlines()
    body = "\n".join(f"    {line}" for line in lines[3:])
    again = f"{body}\n    valid_from: 2024-10-01\n    multiplier: 1000\n    reason: Counted in thousandths."
    versions = f"versions:\n  -\n{body}\n  -\n{again}\n"
    measure.write_text("\n".join([*lines[:3], versions]), encoding="utf-8")
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)

    test = run_tests().tests.get(source="build-skills", target="reduce-waste")

    assert (test.first_period, test.last_period, test.n) == ("2021-10", "2024-09", 36)


def test_a_unit_is_tested_on_its_own_numbers(tested):
    run = run_tests("old-town")

    assert run.unit.key == "old-town"
    assert verdicts(run)["build-skills>reduce-waste"] == "supported"


def test_nothing_of_a_test_is_ever_changed_or_taken_away(tested):
    for change in (
        lambda: LinkTest.objects.filter(run=tested).update(verdict="supported"),
        lambda: LinkTest.objects.filter(run=tested).delete(),
        lambda: EvidenceRun.objects.filter(pk=tested.pk).update(alpha=0.5),
    ):
        with pytest.raises(IntegrityError, match="KEPT_AS_WRITTEN"), transaction.atomic():
            change()


def test_the_journal_knows_of_every_run(tested):
    event = AuditEvent.objects.get(action="links_tested")

    assert event.object == "unit/bakery"
    assert '"contradicted":1' in event.document.replace(" ", "")


def test_asking_queues_one_job_for_the_same_values(scope, bakery):
    first = ask_for_test("bakery", scope=scope("ana"), at=AT)
    again = ask_for_test("bakery", scope=scope("ana"), at=LATER)

    assert (first.pk, Job.objects.filter(name="evidence.test").count()) == (again.pk, 1)


def test_the_worker_writes_what_was_asked_for(scope, bakery):
    ask_for_test("bakery", scope=scope("ana"), at=AT)
    run_due_jobs(at=AT)

    assert EvidenceRun.objects.get().asked_by.key == "ana"
    assert Job.objects.get(name="evidence.test").state == "done"


def test_who_only_reads_may_not_have_links_tested(scope, bakery):
    with pytest.raises(NotPermitted):
        ask_for_test("bakery", scope=scope("vera", "viewer"), at=AT)
    with pytest.raises(OutOfScope):
        ask_for_test("bakery", scope=scope("otto", "strategy_office", "old-town"), at=AT)


def test_the_night_tests_the_topmost_unit_and_what_moved_since(tested):
    assert units_to_test() == ()

    run_tests("old-town")
    assert units_to_test() == ()


def test_the_night_begins_with_the_topmost_unit(bakery):
    assert units_to_test() == (("bakery", head_seq()),)
    queue_test("bakery", seq=head_seq(), scope=INSTALLATION, at=AT)
    run_due_jobs(at=AT)
    assert units_to_test() == ()
