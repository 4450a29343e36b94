"""Making a variance's page while the cube holds still."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.quantities import NotComputable
from fourfold.engine.variance import LeadState, Persistence, StepName, VarianceSplit, VerdictPath
from fourfold.platform.ui.components import Series
from fourfold.platform.ui.numbers import ValueFormat, display_change, display_number
from fourfold.platform.ui.stepper import short_label
from fourfold.practices.finance.pages import driver_sentences
from fourfold.practices.finance.pages import market_sentences as told
from fourfold.practices.finance.pages import variance_sentences as said
from fourfold.practices.finance.pages.estimating import digits, remark_on_sign, sized, step_of
from fourfold.practices.finance.pages.leaf_names import leaf_format, measure_names
from fourfold.practices.finance.pages.market_lines import market_line
from fourfold.practices.finance.pages.price_card import PriceCard
from fourfold.practices.finance.pages.variance_page import (
    LeadRow,
    OutsideRow,
    PartRow,
    PathStep,
    VariancePage,
)
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.market import Outside
from fourfold.practices.finance.queries.variances import NoPath, VarianceReading, variance_reading
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.objective.initiative_rows import rows_of
from fourfold.scorecard.evaluation.pages.objective.page import InitiativeRow
from fourfold.scorecard.evaluation.pages.past_day import PastDay
from fourfold.scorecard.evaluation.pages.value_format import format_of, version_used

__all__ = ["variance_page"]

SHOWN_STATUSES = 6  # of a driver's last periods; its lag where that is longer
SHOWN_SUMS = 13
FAR_BEYOND = 10  # judgement: times the border, from where on the sum tells of a standing state
LONG = 12  # judgement: periods beyond the border; a jump of this year is news, however large


def variance_page(
    looked: Looked,
    *,
    is_signal: bool | None,
    outside: Outside,
    prices: PriceCard,
    visible: Collection[str] | None,
) -> VariancePage:
    """Read the page; asks the database nothing, but reads the cube.

    Args:
        is_signal: what the control chart says of the last value.
        outside: what the market did, as far as it is known.
        prices: price, volume and mix.
        visible: the units the picker may link to; None: all.
    """
    form = format_of(version_used(looked.evaluation, looked.measure.key, page=looked.shown))
    found = variance_reading(looked, is_signal=is_signal, outside=outside)
    reading = found if isinstance(found, VarianceReading) else None
    path = reading.path if reading else None
    rest = path.evidence.split.residual if path else 0.0
    return VariancePage(
        place=page_context(looked.evaluation, unit=looked.unit, shown=looked.shown, visible=visible),
        key=looked.measure.key,
        name=looked.measure.name,
        value=_own(looked),
        target=looked.target(looked.measure.key, at=looked.at),
        format=form,
        verdict=said.verdict_sentence(path.verdict) if path else "",
        verdict_code=path.verdict.value if path else "",
        advice=said.advice(path.verdict) if path else "",
        opens_review=bool(path and path.verdict.opens_review),
        reason=_reason(found),
        steps=_steps(looked, reading, form, outside=outside) if reading else (),
        parts=_parts(looked, reading, form) if reading else (),
        outside=_outside(path, form, outside=outside) if path else (),
        market=market_line(looked.evaluation, outside.choice, measure=looked.measure.key),
        warning=_warning(path) if path else "",
        is_market_known=bool(path and path.evidence.split.external is not None),
        residual=rest,
        residual_text=sized(rest, form),
        leads=_leads(looked, reading) if reading else (),
        initiatives=_initiatives(looked, reading) if reading else (),
        sums=_sums(looked, path) if path else None,
        skipped=_skipped(looked, reading) if reading else (),
        prices=prices,
        known=PastDay.of(looked.asked.as_of),
    )


def _own(looked: Looked) -> float | None:
    value = looked.value(looked.measure.key, at=looked.at)
    return None if isinstance(value, NotComputable) else value


def _reason(found: VarianceReading | NotComputable | NoPath) -> str:
    if isinstance(found, VarianceReading):
        return ""
    return said.no_verdict(found.reason if isinstance(found, NotComputable) else found)


def _steps(
    looked: Looked, reading: VarianceReading, form: ValueFormat, *, outside: Outside
) -> tuple[PathStep, ...]:
    evidence = {
        StepName.MATERIAL: _material(reading, form),
        StepName.SIGNAL: said.signal_sentence(reading.path.evidence.is_signal),
        StepName.SPLIT: _split(looked, reading, form, outside=outside),
        StepName.PATTERN: _pattern(looked, reading),
        StepName.PERSISTENCE: _persistence(looked, reading, outside=outside),
    }
    return tuple(
        PathStep(
            name=step.name.value,
            question=said.question(step.name),
            answer=_answer(reading.path, step.name, holds=step.holds),
            evidence=evidence[step.name],
            is_reached=step.is_reached,
        )
        for step in reading.path.steps
    )


def _answer(path: VerdictPath, name: StepName, *, holds: bool | None) -> str:
    """The pattern's node asks of the drivers alone, and some may have; the others hold or do not."""
    if name is not StepName.PATTERN:
        return said.answer(holds)
    states = {lead.state for lead in path.evidence.leads} - {LeadState.UNKNOWN}
    if len(states) > 1:
        return said.partly()
    return said.answer(LeadState.MISSED not in states if states else None)


def _material(reading: VarianceReading, form: ValueFormat) -> str:
    shown = form.beside(reading.value, reading.target)
    border = reading.path.evidence.materiality.border(reading.target)
    change = display_change(
        reading.value - reading.target, decimals=shown.decimals, unit_of_measure=shown.unit_of_measure
    )
    unit = "pp" if form.unit_of_measure == "%" else form.unit_of_measure
    return said.material(
        variance=str(change),
        value=str(shown.shown(reading.value)),
        target=str(shown.shown(reading.target)),
        border=str(display_number(border, decimals=form.decimals + 1, unit_of_measure=unit)),
        is_by_red=reading.path.evidence.materiality.is_by_red(reading.target),
    )


def _split(looked: Looked, reading: VarianceReading, form: ValueFormat, *, outside: Outside) -> str:
    split = reading.path.evidence.split
    bare = (
        said.unestimated(reading.elasticities.reason)
        if isinstance(reading.elasticities, NotComputable)
        else ""
    )
    execution, residual = str(sized(split.execution, form)), str(sized(split.residual, form))
    if split.external is None:
        first = bare or said.split_sentence(execution=execution, residual=residual)
        first = f"{first} {_certainty(split)}".strip()
        names = measure_names(looked.evaluation)
        return f"{first} {told.market_unknown([names.get(key, key) for key in outside.missing])}"
    share = split.residual_share
    known = told.outside_sentence(
        is_measured=bool(outside.told_by),
        outside=str(sized(split.external, form)),
        execution=execution,
        residual=residual,
        share=str(display_number(None if share is None else 100 * share, decimals=0, unit_of_measure="%")),
    )
    return " ".join(part for part in (bare, known, _certainty(split)) if part)


def _certainty(split: VarianceSplit) -> str:
    """Which of the drivers' effects may be none, in the driver tree's words; empty where all can be told from none."""
    told = sum(part.low * part.high > 0.0 for part in split.parts)
    return driver_sentences.certainty(told, len(split.parts)) if told < len(split.parts) else ""


def _outside(path: VerdictPath, form: ValueFormat, *, outside: Outside) -> tuple[OutsideRow, ...]:
    """What came from outside and what the market share made, where measures tell it."""
    split = path.evidence.split
    if split.external is None or not outside.told_by:
        return ()
    parts = zip(told.outside_names(), (split.external, split.share_of_market), strict=True)
    rows = [OutsideRow(name, part, sized(part, form)) for name, part in parts]
    return tuple(rows if outside.has_share else rows[:1])


def _pattern(looked: Looked, reading: VarianceReading) -> str:
    names = measure_names(looked.evaluation)
    missed = [names[lead.key] for lead in reading.path.evidence.leads if lead.state is LeadState.MISSED]
    done = sum(lead.state is LeadState.ON_TARGET for lead in reading.path.evidence.leads)
    return said.pattern_sentence(reading.path.pattern, missed=missed, done=done)


def _persistence(looked: Looked, reading: VarianceReading, *, outside: Outside) -> str:
    path = reading.path
    standing = said.standing_sentence(path.evidence.standing.months)
    earlier = told.left_out(_without_market(reading, outside))
    found = path.evidence.persistence
    if isinstance(found, NotComputable):
        first = said.no_sum(found.reason)
    else:
        last = float(found.sums[-1]) if found.sums.size else 0.0
        first = said.persistence_sentence(
            display_number(last, decimals=1).text,
            border=display_number(found.decision, decimals=1).text,
            is_signal=found.is_signal,
        )
        first = f"{first} {_no_news(looked, reading, found)}".strip()
    return " ".join(part for part in (first, standing, earlier) if part)


def _no_news(looked: Looked, reading: VarianceReading, found: Persistence) -> str:
    """Empty unless the sum is far beyond its border and has been beyond it for long."""
    since = found.beyond_since
    if since is None or isinstance(reading.history, NotComputable):
        return ""
    known = np.isfinite(found.scores)
    count = int(known[since:].sum())
    if found.sums[-1] <= FAR_BEYOND * found.decision or count < LONG:
        return ""
    grain: Grain = looked.shown.grain
    first = GrainPeriod(grain, int(reading.history.outcome.ordinals[since]))
    return said.no_news_sentence(
        since=looked.evaluation.book.timeline.calendar.label(first),
        count=count,
        of=int(known.sum()),
        is_always=found.has_always_stood,
    )


def _without_market(reading: VarianceReading, outside: Outside) -> int:
    """Of how many periods of the history the market is not known, where it is known of others."""
    if isinstance(reading.history, NotComputable):
        return 0
    return int(np.isnan(outside.left_in(reading.history.outcome.ordinals)).sum())


def _warning(path: VerdictPath) -> str:
    is_used = bool(path.evidence.split.parts)
    is_old = is_used and path.has_old_elasticities
    return said.old_elasticities(path.evidence.oldest_elasticity) if is_old else ""


def _parts(looked: Looked, reading: VarianceReading, form: ValueFormat) -> tuple[PartRow, ...]:
    names = measure_names(looked.evaluation)
    rows = []
    for part in sorted(reading.path.evidence.split.parts, key=lambda each: -abs(each.contribution)):
        own = leaf_format(looked.evaluation, part.driver)
        low, high = part.interval
        rows.append(
            PartRow(
                name=names[part.driver],
                measure=part.driver,
                gap=sized(part.gap, own),
                elasticity=driver_sentences.elasticity_text(
                    digits(part.elasticity), outcome=step_of(form), driver=step_of(own)
                ),
                interval=driver_sentences.interval_text(digits(part.low), digits(part.high)),
                part=part.contribution,
                text=sized(part.contribution, form),
                low=low,
                high=high,
                remark=remark_on_sign(
                    looked,
                    part.driver,
                    outcome=looked.measure.key,
                    interval=(part.low, part.elasticity, part.high),
                ),
            )
        )
    return tuple(rows)


def _leads(looked: Looked, reading: VarianceReading) -> tuple[LeadRow, ...]:
    names = measure_names(looked.evaluation)
    states = {lead.key: lead.state for lead in reading.path.evidence.leads}
    return tuple(
        LeadRow(
            name=names[lead.measure],
            measure=lead.measure,
            lag=lead.lag,
            statuses=lead.statuses[-max(lead.lag, SHOWN_STATUSES) :],
            state=said.state_word(states[lead.measure]),
        )
        for lead in reading.leads
    )


def _initiatives(looked: Looked, reading: VarianceReading) -> tuple[InitiativeRow, ...]:
    """What is being done about the drivers' objectives, in listed order (METHOD M4.5: initiative status)."""
    definitions, drivers = looked.evaluation.book.definitions, {lead.measure for lead in reading.leads}
    served = {
        share.objective
        for measure in definitions.measures
        if measure.key in drivers
        for share in measure.objectives
    }
    found = [each for each in definitions.initiatives if served.intersection(each.objectives)]
    today = looked.evaluation.book.today
    return rows_of(found, definitions=definitions, today=today, visible=())  # no money is shown here


def _sums(looked: Looked, path: VerdictPath) -> Series | None:
    """The last sums of shortfalls against their border, as a line."""
    found = path.evidence.persistence
    if isinstance(found, NotComputable):
        return None
    sums = found.sums[-SHOWN_SUMS:].tolist()
    calendar, last = looked.evaluation.book.timeline.calendar, looked.shown.ordinal
    grain: Grain = looked.shown.grain
    labels = tuple(
        short_label(calendar, GrainPeriod(grain, last - len(sums) + 1 + at)) for at in range(len(sums))
    )
    return Series(labels, tuple(sums), tuple(found.decision for _ in sums), ValueFormat(1))


def _skipped(looked: Looked, reading: VarianceReading) -> tuple[str, ...]:
    if isinstance(reading.history, NotComputable):
        return ()
    names = measure_names(looked.evaluation)
    return tuple(
        driver_sentences.skipped_sentence(names[each.measure], each.reason)
        for each in reading.history.skipped
    )
