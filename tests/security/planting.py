"""Every text that people or files can write, written: first what is defined, then what is said about the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from fourfold.data.entry.models import (
    EntryDraft,
    ObservationNote,
    RestatedValue,
    Restatement,
    RestatementVerdict,
)
from fourfold.data.imports.actions import commit_import, keep_upload
from fourfold.data.imports.models import ImportRun, StoredMapping, Upload
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.engine.definitions import Definitions, Measure, Milestone, Objective, Segment
from fourfold.engine.definitions.organisation import PolicyValue
from fourfold.engine.definitions.strategy import CausalLink, Initiative
from fourfold.engine.quantities import Status
from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate, reply
from fourfold.governance.annotations.actions.override_status import Verdict, override_status
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.models import Annotation, AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.evidence.actions.decide_about_link import decide_about_link
from fourfold.governance.evidence.actions.register_hypothesis import Expected, LinkEnds, register_hypothesis
from fourfold.governance.evidence.models import LinkTest
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
from fourfold.governance.signals.actions.set_specification import Asked, set_specification
from fourfold.governance.signals.actions.withdraw_decision import withdraw_decision
from fourfold.platform.accounts.models import Invitation, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.models import Job, JobState
from fourfold.platform.notifications.actions import notify
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.units.models import Unit
from fourfold.practices.finance.actions.choose_market import MarketWanted, choose_market
from fourfold.practices.finance.models import MarketKind
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import NewObservation, append_observations
from fourfold.scorecard.measures.models import Measure as MeasureRow
from fourfold.scorecard.measures.models import Observation
from fourfold.scorecard.measures.queries.ledger import head_seq
from tests.house.guarded_bakery import AT, FOUNDER, NEIGHBOUR, OWN
from tests.security.saying import Saying

AUGUST, SEPTEMBER = 24_319, 24_320  # months since year 0
LONG = 4_000
SHOPS = """shop,month,sales,on_time,orders,rating,ratings,unsold_kg,baked_kg
old-town,2026-07,31000,90,100,4.5,20,5,200
"""


def plant(saying: Saying, *, remarks: int) -> None:
    """Into the guarded house, so that a founder who looks at the Old Town shop sees it all."""
    told = read_definitions()
    write_definitions(_defined(told, saying), scope=INSTALLATION, at=AT)
    _people(saying)
    _numbers(saying)
    _talk(saying, remarks=remarks)
    _analyses(saying)
    _decisions(saying)
    _evidence(saying)
    _entries(saying)
    _files(saying)
    _work(saying)


# --- definitions --------------------


def _defined(told: Definitions, saying: Saying) -> Definitions:
    why = saying("policies.PolicyVersion.reason", LONG)
    return replace(
        _wanted(told, saying),
        organisation=replace(
            told.organisation,
            name=saying("periods.OrganisationVersion.name", 200),
            currency=saying("periods.OrganisationVersion.currency", 8),
        ),
        units=tuple(
            replace(
                each, name=saying("units.UnitVersion.name", 200), level=saying("units.UnitVersion.level", 64)
            )
            for each in told.units
        ),
        measures=_measures(told, saying),
        targets=tuple(replace(each, origin=saying("measures.Target.origin", 200)) for each in told.targets),
        policies=(*told.policies, PolicyValue("score.coverage_min", "0.4", version=1, reason=why)),
    )


def _wanted(told: Definitions, saying: Saying) -> Definitions:
    return replace(
        told,
        strategy=replace(
            told.strategy,
            vision=saying("strategy.StrategyVersion.vision", LONG),
            mission=saying("strategy.StrategyVersion.mission", LONG),
            core_values=tuple(saying("strategy.StrategyVersion.core_values", 200) for _ in range(4)),
        ),
        perspectives=tuple(
            replace(
                each,
                name=saying("strategy.PerspectiveVersion.name", 200),
                question=saying("strategy.PerspectiveVersion.question", LONG),
            )
            for each in told.perspectives
        ),
        themes=tuple(
            replace(
                each,
                name=saying("strategy.ThemeVersion.name", 200),
                result=saying("strategy.ThemeVersion.result", LONG),
            )
            for each in told.themes
        ),
        objectives=tuple(_objective(each, saying) for each in told.objectives),
        causal_links=tuple(_link(each, saying) for each in told.causal_links),
        identity_links=tuple(
            replace(each, sentence=saying("strategy.IdentityLink.sentence", LONG))
            for each in told.identity_links
        ),
        initiatives=tuple(_initiative(each, saying) for each in told.initiatives),
    )


def _link(link: CausalLink, saying: Saying) -> CausalLink:
    return replace(
        link,
        hypothesis=saying("strategy.CausalLink.hypothesis", LONG),
        strength=saying("strategy.CausalLink.strength", 16),
    )


def _objective(objective: Objective, saying: Saying) -> Objective:
    return replace(
        objective,
        name=saying("strategy.ObjectiveVersion.name", 200),
        description=saying("strategy.ObjectiveVersion.description", LONG),
    )


def _measures(told: Definitions, saying: Saying) -> tuple[Measure, ...]:
    (crust,) = (each for each in told.measures if each.key == f"crust-{OWN}")
    measures = [*(_measure(each, saying) for each in told.measures), _by_counter(crust, saying)]
    return tuple(sorted(measures, key=lambda each: each.key))


def _measure(measure: Measure, saying: Saying) -> Measure:
    """A version in use is never changed, so another one follows it."""
    last = measure.versions[-1]
    following = replace(
        last,
        number=last.number + 1,
        valid_from=date(2026, 2, 1),
        operational_definition=saying("measures.MeasureVersion.operational_definition", LONG),
        reason=saying("measures.MeasureVersion.reason", LONG),
    )
    return replace(
        measure, name=saying("measures.MeasureListing.name", 200), versions=(*measure.versions, following)
    )


def _by_counter(sales: Measure, saying: Saying) -> Measure:
    """A measure that was segmented from its first version on."""
    first = replace(
        sales.versions[0],
        segment_dimension=saying("measures.MeasureVersion.segment_dimension", 64),
        segments=tuple(
            Segment(key, saying("measures.MeasureSegment.name", 200)) for key in ("left", "right")
        ),
    )
    return replace(
        sales, key="sales-by-counter", name=saying("measures.MeasureListing.name", 200), versions=(first,)
    )


def _initiative(initiative: Initiative, saying: Saying) -> Initiative:
    step = Milestone(saying("initiatives.InitiativeMilestone.name", 200), due=AT.date())
    return replace(
        initiative,
        name=saying("initiatives.InitiativeVersion.name", 200),
        description=saying("initiatives.InitiativeVersion.description", LONG),
        milestones=(step,),
    )


# --- people, numbers and what is said about them --------------------


def _people(saying: Saying) -> None:
    for number, person in enumerate(Person.objects.exclude(key=FOUNDER)):
        person.name = saying("accounts.Person.name", 200)
        person.email = f'"{saying("accounts.Person.email", 60)}{number}"@example.org'
        person.save()
    for number in range(3):
        Invitation.objects.create(
            digest=f"planted-{number}", name=saying("accounts.Invitation.name", 200),
            email=f'"{saying("accounts.Invitation.email", 60)}{number}"@example.org', unit=Unit.objects.get(key=OWN),
            invited_by=Person.objects.get(key="viewer"), invited_at=AT, expires_at=AT.replace(year=2099),
        )  # fmt: skip


def _numbers(saying: Saying) -> None:
    rows = [
        NewObservation(measure, OWN, period, value=value, segment=segment)
        for period in (AUGUST, SEPTEMBER)
        for measure, value, segment in (("sales", 30_000.0, None), ("waste", 9.0, None))
    ]
    rows = [row for row in rows if row.measure == "sales"]
    append_observations(rows, scope=INSTALLATION, at=AT, run=saying("measures.LedgerEntry.source_run", 60))


def _talk(saying: Saying, *, remarks: int) -> None:
    ana = scope_of_key("ana")
    place = Anchor(Subject.MEASURE, "sales", OWN, "2026-09")
    for number in range(remarks):
        kind = list(AnnotationType)[number % len(AnnotationType)]
        text = " ".join(saying("annotations.Remark.text", LONG) for _each in range(8))
        annotate(place, NewAnnotation(kind, text[:LONG], is_point=not number % 3), scope=ana, at=AT)
    first = Annotation.objects.filter(key="sales").earliest("pk")
    reply(first.pk, saying("annotations.Remark.text", LONG), scope=ana, at=AT)
    notify(
        ["viewer", FOUNDER], NoticeKind.ANALYSIS, subject_text=saying("notifications.Notice.subject_text", 300),
        address="/due/?" + saying("notifications.Notice.address", 400), key="planted", at=AT, unit=OWN,
    )  # fmt: skip


def _analyses(saying: Saying) -> None:
    ana = scope_of_key("ana")
    places = (
        Anchor(Subject.OBJECTIVE, "grow-sales", OWN, "2026-09"),
        Anchor(Subject.OBJECTIVE, f"oven-{OWN}", OWN, "2026-09"),
        Anchor(Subject.MEASURE, "sales", OWN, "2026-09"),
        Anchor(Subject.MEASURE, f"crust-{OWN}", OWN, "2026-09"),
        Anchor(Subject.INITIATIVE, f"course-{OWN}", OWN, "2026-09"),
    )
    for place in places:
        words = AnalysisWords(
            *(saying(f"annotations.Analysis.{part}", LONG) for part in ("happened", "why", "next"))
        )
        write_analysis(place, words, edition=0, scope=ana, at=AT)
    for place in places[:2]:
        verdict = Verdict(Status.AMBER, saying("annotations.StatusOverride.reason", LONG))
        override_status(place, verdict, scope=ana, at=AT)


def _decisions(saying: Saying) -> None:
    """One of each kind, and one that was withdrawn."""
    ana = scope_of_key("ana")
    first, last, third, fourth = (saying("signals.LimitDecision.reason", LONG) for _ in range(4))
    rebase_limits("sales", OWN, rebase=Rebase("2026-01", first), scope=ana, at=AT)
    mark_special_cause("sales", OWN, cause=SpecialCause("2025-03", "2025-04", last), scope=ana, at=AT)
    set_specification("sales", OWN, asked=Asked("2025-06", 900.0, 900000.0, None, third), scope=ana, at=AT)
    gone = mark_special_cause("sales", OWN, cause=SpecialCause("2025-08", "", fourth), scope=ana, at=AT)
    withdraw_decision("sales", OWN, decision=gone, scope=ana, at=AT)
    wanted = MarketWanted(MarketKind.NOTHING, "2025-06", saying("finance.MarketChoice.reason", LONG))
    choose_market("sales", wanted=wanted, scope=ana, at=AT)


def _evidence(saying: Saying) -> None:
    """Two editions of an expectation, and a decision about the link that the shop's numbers contradict."""
    ana, ends = scope_of_key("ana"), LinkEnds("build-skills", "reduce-waste", OWN)
    for edition in range(2):
        expected = Expected(
            "lessons", "waste", -1, 2, 4 + edition, mechanism=saying("evidence.Registration.mechanism", LONG)
        )
        register_hypothesis(ends, expected, edition=edition, scope=ana, at=AT)
    test = LinkTest.objects.get(unit__key=OWN)
    decide_about_link(
        test.pk, choice="drop", reason=saying("evidence.LinkDecision.reason", LONG), scope=ana, at=AT
    )


# --- values, files and work on the way --------------------


def _entries(saying: Saying) -> None:
    unit, neighbour = Unit.objects.get(key=OWN), Person.objects.get(key=NEIGHBOUR)
    sales = Observation.objects.filter(measure__key="sales", unit=unit, period=SEPTEMBER).latest("seq")
    ObservationNote.objects.create(
        observation=sales, text=saying("entry.ObservationNote.text"), person_key="viewer", at=AT
    )
    typed = {f"sales.2026-09..{part}": saying("entry.EntryDraft.texts", 2_000) for part in ("a", "note")}
    EntryDraft.objects.create(
        person=Person.objects.get(key=FOUNDER), unit=unit, place="2026-09", texts=typed, at=AT
    )
    restatement = Restatement.objects.create(
        unit=unit, restatement_class="error", reason=saying("entry.Restatement.reason"), proposer=neighbour,
        proposed_at=AT,
    )  # fmt: skip
    RestatedValue.objects.create(
        restatement=restatement, measure=MeasureRow.objects.get(key="sales"), series=1, period=SEPTEMBER,
        period_label="Sep 2026", before=saying("entry.RestatedValue.before", 64),
        after=saying("entry.RestatedValue.after", 64), value=1.0,
    )  # fmt: skip
    RestatementVerdict.objects.create(
        restatement=restatement, person=neighbour, is_approval=True, comment=saying("entry.RestatementVerdict.comment"),
        at=AT,
    )  # fmt: skip
    month = Move(OWN, AUGUST - 12, "2025-08", PeriodState.FLASH, saying("periods.PeriodStep.reason", 2_000))
    move_period(month, seq=head_seq(), scope=INSTALLATION, at=AT)


def _files(saying: Saying) -> None:
    """The kept file of the Old Town shop says it in its name, its headings and its cells."""
    StoredMapping.objects.create(
        key="planted", text="", columns=[saying("imports.StoredMapping.columns", 200) for _ in range(3)]
    )
    upload = Upload.objects.get(reference=f"upload-{OWN}")
    upload.name, upload.keeper = saying("imports.Upload.name", 200), FOUNDER
    upload.save()
    cells = [saying("the cells of a file", 200) for _ in range(40)]
    rows = [["shop", "measure", "month", "value", cells[0]]]
    rows += [[cells[n], cells[n + 1], "2026-09", cells[n + 2], cells[n + 3]] for n in range(1, 36, 4)]
    quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    upload.path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    name = saying("measures.SourceFile.name", 150)
    kept = keep_upload([SHOPS.encode()], name=name, scope=INSTALLATION, at=AT)
    commit_import(ImportRequest(file=kept.reference, mapping="shops"), scope=INSTALLATION, at=AT)
    runs = {
        "mapping_key": saying("imports.ImportRun.mapping_key", 64),
        "file_name": saying("imports.ImportRun.file_name", 255),
        "warnings": [saying("imports.ImportRun.warnings", 500) for _ in range(5)],
        "withdrawal_reason": saying("imports.ImportRun.withdrawal_reason"),
        "withdrawn_by": "ana",
        "withdrawn_at": AT,
    }
    ImportRun.objects.filter(reference=f"run-{OWN}").update(**runs)


def _work(saying: Saying) -> None:
    Job.objects.filter(key=f"import-{OWN}").update(
        state=JobState.REFUSED, problem=saying("jobs.Job.problem", 64), sentence=saying("jobs.Job.sentence"),
        remedy=saying("jobs.Job.remedy"), ended_at=timezone.now(),
    )  # fmt: skip
