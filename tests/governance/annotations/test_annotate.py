"""Opening threads, answering, putting right, settling: who may, what is kept, who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from fourfold.engine.calendar import FiscalCalendar
from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate, reply
from fourfold.governance.annotations.actions.correct_remark import (
    Correction,
    CorrectionTooLate,
    SomebodyElsesWords,
    correct_remark,
)
from fourfold.governance.annotations.actions.resolve import reopen, resolve
from fourfold.governance.annotations.actions.saying import LONGEST, TextMissing, TextTooLong
from fourfold.governance.annotations.models import Annotation, AnnotationUnknown, Remark, Subject
from fourfold.governance.annotations.models.annotation import AlreadyResolved, NotResolved
from fourfold.governance.annotations.queries.anchors import Anchor, SubjectUnknown
from fourfold.governance.annotations.queries.threads import threads_elsewhere, threads_of
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.notifications.models import Notice
from fourfold.platform.refusals.refusal import ChangedMeanwhile, NotPermitted, OutOfScope
from fourfold.scorecard.evaluation.queries import PeriodUnknownHere
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.governance.annotations.conftest import (
    AT,
    CAUSE,
    CONTEXT,
    ON_TIME,
    SALES,
    SALES_OLD_TOWN,
    SALES_RIVERSIDE,
    SOON,
)

pytestmark = pytest.mark.django_db


def said_about(anchor, *, scope, at=SOON):
    return threads_of(
        anchor.subject, [anchor.key], unit=anchor.unit, period=anchor.period, scope=scope, at=at
    ).get(anchor.key, ())


def write(anchor, text, *, scope, kind=CAUSE, at=AT, is_point=False):
    return annotate(anchor, NewAnnotation(kind, text, is_point), scope=scope, at=at)


def test_an_annotation_stands_at_its_measure_unit_and_period_with_the_version_of_then(ana):
    me = scope_of(ana)
    write(SALES, "The oven broke on the 3rd.", scope=me, is_point=True)

    (thread,) = said_about(SALES, scope=me)
    assert (thread.type, thread.opening.text) == (CAUSE, "The oven broke on the 3rd.")
    assert thread.version == 1
    assert thread.is_point
    assert Annotation.objects.get().definitions_seq > 0
    assert said_about(replace(SALES, period="2026-08"), scope=me) == ()
    assert said_about(SALES_OLD_TOWN, scope=me) == ()


def test_only_a_measure_has_points_to_mark(ana):
    write(ON_TIME, "Since the new till.", scope=scope_of(ana), is_point=True)

    assert not Annotation.objects.get().is_point


def test_an_initiative_is_annotated_where_it_serves_an_objective(ana):
    definition = Anchor(Subject.INITIATIVE, "no-such", "bakery", "2026-09")

    with pytest.raises(SubjectUnknown):
        write(definition, "Late.", scope=scope_of(ana))


@pytest.mark.method("M7.1")
def test_what_was_said_outlives_a_restatement_of_the_value(ana):
    me = scope_of(ana)
    write(SALES_OLD_TOWN, "Counted twice?", scope=me)
    september = FiscalCalendar().parse("2026-09").ordinal
    rows = [NewObservation(measure="sales", unit="old-town", period=september, value=1.0)]
    append_observations(rows, scope=INSTALLATION, at=SOON, run="restated")

    assert [thread.opening.text for thread in said_about(SALES_OLD_TOWN, scope=me)] == ["Counted twice?"]


def test_nothing_is_not_an_annotation(ana):
    with pytest.raises(TextMissing):
        write(SALES, " \n\x00 ", scope=scope_of(ana))
    with pytest.raises(TextTooLong):
        write(SALES, "x" * (LONGEST + 1), scope=scope_of(ana))

    assert not Annotation.objects.exists()
    assert not AuditEvent.objects.filter(action="annotation_written").exists()


def test_a_period_that_has_not_begun_and_a_unit_out_of_sight_take_no_annotation(ana, scope):
    with pytest.raises(PeriodUnknownHere):
        write(replace(SALES, period="2027-02"), "Soon.", scope=scope_of(ana))
    with pytest.raises(OutOfScope):
        write(SALES_RIVERSIDE, "Peeking.", scope=scope("olga", "viewer", "old-town"))


@pytest.mark.parametrize(
    ("role", "may_write", "may_settle"),
    [
        ("administrator", True, True),
        ("strategy_office", True, True),
        ("objective_owner", True, True),
        ("measure_owner", True, True),
        ("data_steward", True, False),
        ("review_facilitator", True, True),
        ("approver", True, False),
        ("auditor", False, False),
        ("viewer", True, False),
    ],
)
def test_each_role_may_write_and_settle_as_the_matrix_says(ana, scope, role, may_write, may_settle):
    them, pk = scope("somebody", role, "bakery"), write(SALES, "Why?", scope=scope_of(ana)).annotation

    if may_write:
        reply(pk, "Because.", scope=them, at=SOON)
    else:
        with pytest.raises(NotPermitted):
            reply(pk, "Because.", scope=them, at=SOON)
        with pytest.raises(NotPermitted):
            write(SALES, "Because.", scope=them)
    if may_settle:
        resolve(pk, scope=them, at=SOON)
    else:
        with pytest.raises(NotPermitted):
            resolve(pk, scope=them, at=SOON)


def test_its_author_settles_a_thread_and_opens_it_again_whatever_the_role(scope):
    viewer = scope("vera", "viewer", "bakery")
    pk = write(SALES, "Is this right?", scope=viewer).annotation
    resolve(pk, scope=viewer, at=SOON)

    with pytest.raises(AlreadyResolved):
        resolve(pk, scope=viewer, at=SOON)
    with pytest.raises(AlreadyResolved):
        reply(pk, "One more thing.", scope=viewer, at=SOON)
    (thread,) = said_about(SALES, scope=viewer)
    assert (thread.is_open, thread.resolved_by) == (False, "Vera")
    reopen(pk, scope=viewer, at=SOON)
    with pytest.raises(NotResolved):
        reopen(pk, scope=viewer, at=SOON)


def test_own_words_are_put_right_within_the_hour_and_the_former_ones_stay_readable(scope):
    viewer = scope("vera", "viewer", "bakery")
    pk = write(SALES, "Teh oven.", scope=viewer).annotation
    correct_remark(Correction(pk, 0, 1, "The oven."), scope=viewer, at=SOON)

    (thread,) = said_about(SALES, scope=viewer)
    assert (thread.opening.text, thread.opening.former) == ("The oven.", ("Teh oven.",))
    with pytest.raises(ChangedMeanwhile):
        correct_remark(Correction(pk, 0, 1, "An oven."), scope=viewer, at=SOON)
    with pytest.raises(CorrectionTooLate):
        correct_remark(Correction(pk, 0, 2, "An oven."), scope=viewer, at=AT + timedelta(minutes=61))


def test_nobody_puts_somebody_elses_words_right(ana, scope):
    pk = write(SALES, "Mine.", scope=scope("vera", "viewer", "bakery")).annotation

    with pytest.raises(SomebodyElsesWords):
        correct_remark(Correction(pk, 0, 1, "Yours."), scope=scope_of(ana), at=SOON)


def test_a_remark_once_written_is_never_changed_or_deleted(ana):
    write(SALES, "Written.", scope=scope_of(ana))

    for tamper in (lambda: Remark.objects.update(text="Never."), lambda: Remark.objects.all().delete()):
        with pytest.raises(DatabaseError, match="KEPT_AS_WRITTEN"), transaction.atomic():
            tamper()


def test_who_is_mentioned_and_sees_the_unit_is_told_and_nobody_else(ana, person):
    vera = person("vera", "viewer", "old-town")
    person("rita", "viewer", "riverside")
    said = write(SALES_OLD_TOWN, "@vera, @rita and @nobody, look (not me@vera).", scope=scope_of(ana))

    assert (said.told, said.untold) == (("vera",), ("rita", "nobody"))
    notice = Notice.objects.get(person=vera)
    assert notice.kind == "mention"
    assert notice.address == "/annotations/measure/sales/old-town/2026-09/"
    assert not Notice.objects.filter(person__key="rita").exists()


def test_whoever_spoke_and_whoever_owns_the_thing_hears_of_the_reply_but_not_its_author(ana, person):
    vera, will = person("vera", "viewer", "bakery"), person("will", "viewer", "bakery")
    pk = write(SALES, "Why so low?", scope=scope_of(vera)).annotation
    Notice.objects.all().delete()
    reply(pk, "The oven.", scope=scope_of(will), at=SOON)

    told = dict(Notice.objects.values_list("person__key", "kind"))
    assert told["vera"] == told["ana"] == "reply"
    assert "will" not in told


def test_an_annotation_of_another_unit_is_as_if_it_were_not_there(ana, scope):
    pk = write(SALES_RIVERSIDE, "Riverside only.", scope=scope_of(ana)).annotation
    olga = scope("olga", "measure_owner", "old-town")

    for act in (resolve, reopen):
        with pytest.raises(AnnotationUnknown):
            act(pk, scope=olga, at=SOON)
    with pytest.raises(AnnotationUnknown):
        reply(pk, "Me too.", scope=olga, at=SOON)
    assert said_about(SALES_RIVERSIDE, scope=olga) == ()


def test_other_periods_are_listed_by_their_first_line_as_it_reads_now(ana):
    me = scope_of(ana)
    pk = write(replace(SALES, period="2026-08"), "Teh summer.", scope=me, kind=CONTEXT).annotation
    correct_remark(Correction(pk, 0, 1, "The summer.\nIt was hot."), scope=me, at=SOON)

    found = threads_elsewhere(Subject.MEASURE, ["sales"], unit="bakery", period="2026-09", scope=me)
    assert [(line.period, line.first_line) for line in found["sales"]] == [("2026-08", "The summer.")]


def test_every_act_leaves_its_event_with_unit_and_period(ana):
    me = scope_of(ana)
    pk = write(SALES, "One.", scope=me).annotation
    reply(pk, "Two.", scope=me, at=SOON)
    correct_remark(Correction(pk, 1, 1, "Two!"), scope=me, at=SOON)
    resolve(pk, scope=me, at=SOON)
    reopen(pk, scope=me, at=SOON)

    events = AuditEvent.objects.filter(object="measure/sales").order_by("seq")
    assert list(events.values_list("action", flat=True)) == [
        "annotation_written",
        "remark_added",
        "remark_corrected",
        "annotation_resolved",
        "annotation_reopened",
    ]
    assert all('"unit":"bakery"' in event.document for event in events)
    assert all("Two" not in event.document for event in events)
