"""The words of the house (METHOD §6) as pages explain them; a test keeps them equal to GLOSSARY.md."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["TERMS", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """One word. `said` are the ways it stands on pages, in the singular and without its note in brackets."""

    key: str
    name: str | Promise
    definition: str | Promise
    said: tuple[str, ...]


TERMS: tuple[Term, ...] = (
    Term("vision", _("Vision"), _("aspired future state with a horizon"), ("vision",)),
    Term("mission", _("Mission"), _("why the organisation exists"), ("mission",)),
    Term("core-value", _("Value (core)"), _("principle guiding behaviour"), ("core value",)),
    Term("strategy", _("Strategy"), _("versioned set of choices with horizon"), ("strategy",)),
    Term(
        "perspective",
        _("Perspective"),
        _("viewpoint grouping objectives (F, C, IP, L&G by default)"),
        ("perspective",),
    ),
    Term(
        "theme",
        _("Strategic theme"),
        _("vertical cause-effect cluster across perspectives"),
        ("strategic theme", "theme"),
    ),
    Term("theme-result", _("Strategic result"), _("intended end state of a theme"), ("strategic result",)),
    Term("objective", _("Objective"), _("continuous-improvement statement, no number"), ("objective",)),
    Term("strategy-map", _("Strategy map"), _("objectives with causal links on one page"), ("strategy map",)),
    Term(
        "causal-link",
        _("Causal link"),
        _("hypothesised effect with sign, lag, evidence state"),
        ("causal link",),
    ),
    Term(
        "identity-link",
        _("Identity link"),
        _("accounting/logical relation, not a hypothesis"),
        ("identity link",),
    ),
    Term("measure", _("Measure (KPI)"), _("quantity showing progress on an objective"), ("measure",)),
    Term(
        "measure-version",
        _("Measure version"),
        _("immutable definition valid for an interval"),
        ("measure version",),
    ),
    Term(
        "operational-definition",
        _("Operational definition"),
        _("counting rule complete enough to reproduce"),
        ("operational definition",),
    ),
    Term("lead", _("Lead measure"), _("expected to move before its outcome"), ("lead measure",)),
    Term("lag", _("Lag measure"), _("outcome of past action"), ("lag measure",)),
    Term("polarity", _("Polarity"), _("maximise, minimise, band, exact"), ("polarity",)),
    Term("target", _("Target"), _("wanted value for unit and period"), ("target",)),
    Term(
        "trajectory",
        _("Target trajectory"),
        _("interim targets over time"),
        ("target trajectory", "trajectory"),
    ),
    Term("baseline", _("Baseline"), _("reference start value"), ("baseline",)),
    Term("benchmark", _("Benchmark"), _("external or historical comparison distribution"), ("benchmark",)),
    Term("threshold", _("Threshold"), _("border between statuses"), ("threshold",)),
    Term(
        "observation",
        _("Observation"),
        _("value of a measure for unit, segment, period, as known at a time"),
        ("observation",),
    ),
    Term(
        "obs-status",
        _("Observation status"),
        _("quality/missing reason (SDMX-compatible)"),
        ("observation status",),
    ),
    Term(
        "release-status", _("Release status"), _("flash, provisional, final, restated"), ("release status",)
    ),
    Term("score", _("Score"), _("0–100 unit-free transformation of a value"), ("score",)),
    Term("status", _("Status"), _("red, amber, green, grey"), ("status",)),
    Term("signal", _("Signal"), _("SPC evidence of special cause"), ("signal",)),
    Term("coverage", _("Coverage"), _("weight share of eligible children with a score"), ("coverage",)),
    Term("rollup", _("Roll-up"), _("aggregation of child scores"), ("roll-up",)),
    Term(
        "aggregation-time",
        _("Aggregation semantics"),
        _("legal operator over time/units"),
        ("aggregation semantics", "aggregation"),
    ),
    Term("weight", _("Weight"), _("nominal share in a roll-up"), ("weight",)),
    Term("initiative", _("Initiative"), _("time-boxed project closing a gap"), ("initiative",)),
    Term("stratex", _("STRATEX"), _("ring-fenced strategic expenditure"), ("STRATEX",)),
    Term("scorecard", _("Scorecard"), _("measures, targets, initiatives of one unit"), ("scorecard",)),
    Term("cascade", _("Cascade"), _("deriving lower objectives from higher"), ("cascade",)),
    Term(
        "contribution-mode",
        _("Contribution mode"),
        _("identical, contributory, shared, new"),
        ("contribution mode",),
    ),
    Term(
        "finding",
        _("Alignment finding"),
        _("rule violation with evidence and state"),
        ("alignment finding", "finding"),
    ),
    Term("orphan", _("Orphan"), _("lower objective without path to the top"), ("orphan",)),
    Term("accountable", _("Accountable / RACI"), _("one A per objective"), ("accountable", "RACI")),
    Term(
        "controllability",
        _("Controllability"),
        _("share of variation a unit can influence"),
        ("controllability",),
    ),
    Term(
        "tier", _("Significance tier"), _("executive, management, operational"), ("significance tier", "tier")
    ),
    Term("materiality", _("Materiality"), _("size from which a deviation matters"), ("materiality",)),
    Term("metric-budget", _("Metric budget"), _("cap on active measures"), ("metric budget",)),
    Term("change-request", _("Change request"), _("governed add/modify/retire"), ("change request",)),
    Term("steward", _("Data steward"), _("responsible for data integrity"), ("data steward", "steward")),
    Term("owner", _("Measure owner"), _("answers for performance and explanation"), ("measure owner",)),
    Term("facilitator", _("Review facilitator"), _("runs the review routine"), ("review facilitator",)),
    Term(
        "osm",
        _("Office of strategy management"),
        _("function running the strategy process"),
        ("office of strategy management",),
    ),
    Term(
        "operational-review",
        _("Operational review"),
        _("short-cycle problem solving"),
        ("operational review",),
    ),
    Term(
        "strategy-review",
        _("Strategy review"),
        _("objectives, initiatives, hypotheses"),
        ("strategy review",),
    ),
    Term(
        "adapt-review",
        _("Test-and-adapt review"),
        _("questions the strategy itself"),
        ("test-and-adapt review",),
    ),
    Term("exception-item", _("Exception"), _("deviation worth attention now"), ("exception",)),
    Term("escalation-level", _("Escalation level"), _("who must act next"), ("escalation level",)),
    Term(
        "common-cause",
        _("Common / special cause"),
        _("noise of the system / assignable change"),
        ("common cause", "special cause"),
    ),
    Term("lpl", _("Natural process limits"), _("x̄ ± 2.66·MR̄ on XmR"), ("natural process limits",)),
    Term("assurance", _("Assurance"), _("will the process meet the target"), ("assurance",)),
    Term("cp", _("Capability"), _("spec width relative to process spread"), ("capability",)),
    Term("mix-effect", _("Mix effect"), _("change of total due to weights"), ("mix effect",)),
    Term(
        "perception-gap",
        _("Perception gap"),
        _("internal conformance minus customer rating"),
        ("perception gap",),
    ),
    Term("driver-tree", _("Driver tree"), _("formula decomposition of an outcome"), ("driver tree",)),
    Term(
        "residual",
        _("Residual variance"),
        _("variance not explained by drivers or externals"),
        ("residual variance",),
    ),
    Term(
        "constant-currency", _("Constant currency"), _("at comparison-period rates"), ("constant currency",)
    ),
    Term(
        "normalized-value", _("Normalised value"), _("after approved one-time items"), ("normalised value",)
    ),
    Term("restatement", _("Restatement"), _("governed change of a final value"), ("restatement",)),
    Term("as-of", _("As-of time"), _("knowledge time of a query"), ("as-of time", "as known on")),
    Term("break-marker", _("Definition break"), _("incomparable change in a series"), ("definition break",)),
    Term(
        "freshness-age",
        _("Freshness age"),
        _("now minus latest input time (oldest required input)"),
        ("freshness age",),
    ),
    Term(
        "data-contract",
        _("Data contract"),
        _("producer–consumer agreement on schema, quality, SLA"),
        ("data contract",),
    ),
    Term("lineage", _("Lineage"), _("path from source field to score"), ("lineage",)),
    Term(
        "suppression",
        _("Suppression (primary/complementary)"),
        _("hiding small cells / others that would reveal them"),
        ("suppression",),
    ),
    Term("readiness", _("Readiness"), _("degree intangible assets support the strategy"), ("readiness",)),
    Term(
        "line-of-sight",
        _("Line of sight"),
        _("path from a person's objective to the vision"),
        ("line of sight",),
    ),
    Term(
        "decision",
        _("Decision record"),
        _("choice with frozen evidence and expected effect"),
        ("decision record",),
    ),
    Term("annotation", _("Annotation"), _("comment anchored to object, version, period"), ("annotation",)),
    Term("audit-event", _("Audit event"), _("hash-chained record of an action"), ("audit event",)),
    Term("blueprint", _("Blueprint"), _("weights of domains in an exam"), ("blueprint",)),
    Term("item", _("Item / form"), _("question / assembled exam"), ()),
    Term("cut-score", _("Cut score"), _("passing standard from judges"), ("cut score",)),
    Term("credential", _("Credential"), _("signed, revocable proof of achievement"), ("credential",)),
    Term("ledger", _("Ledger"), _("the append-only table of observations, ordered by `seq`"), ("ledger",)),
    Term("cube", _("Cube"), _("the dense arrays made from the ledger; never the truth"), ()),
    Term("book", _("Book"), _("definitions compiled for evaluation as of a time"), ()),
    Term(
        "evaluation",
        _("Evaluation"),
        _("every value, score and status computed from a book and a cube"),
        ("evaluation",),
    ),
    Term("grain", _("Grain"), _("what a page shows: month, quarter, half, year, or to date"), ("grain",)),
    Term("scale", _("Scale"), _("how values become scores, with its own status borders"), ("scale",)),
    Term("unit", _("Unit"), _("an organisational unit"), ("unit",)),
    Term(
        "unit-of-measure",
        _("Unit of measure"),
        _("what a number counts: %, EUR, shipments"),
        ("unit of measure",),
    ),
    Term("segment", _("Segment"), _("one member of the dimension a measure is split by"), ("segment",)),
    Term("why", _("Why"), _("the reason why there is no number"), ()),
    Term(
        "uncertain",
        _("Uncertain"),
        _(
            "of a status: the value is a share of counted cases, and its 95 % interval reaches across a threshold; "
            "of a forecast: the target is neither likely nor unlikely"
        ),
        ("uncertain",),
    ),
    Term(
        "refusal",
        _("Refusal"),
        _('an expected "no", with a stable code, a sentence and a remedy'),
        ("refusal",),
    ),
)
