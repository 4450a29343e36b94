"""What a proposed version changes, in words, and how grave that is (METHOD M6.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fourfold.engine.definitions import Measure, MeasureVersion, ObjectiveShare, Unit
from fourfold.governance.changes.drafts.taken_since import said_of_selected
from fourfold.governance.changes.pages.measure_draft import MeasureDraft
from fourfold.governance.changes.pages.measure_words import BASES, FREQUENCIES, GOALS, KINDS, ORG_VALUES
from fourfold.platform.refusals import Refusal

__all__ = [
    "ChangeClass",
    "Difference",
    "ProposedChange",
    "between_versions",
    "class_of",
    "proposed_change",
]

NOTHING = "–"


class ChangeClass(StrEnum):
    """How grave a change is; the gravest difference decides."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def label(self) -> str:
        """The word on a page."""
        return str(_LABELS[self])

    @property
    def meaning(self) -> str:
        """What the class means for the numbers."""
        return str(_MEANINGS[self])


_LABELS: Mapping[ChangeClass, Promise] = {
    ChangeClass.PATCH: gettext_lazy("Patch"),
    ChangeClass.MINOR: gettext_lazy("Minor"),
    ChangeClass.MAJOR: gettext_lazy("Major"),
}
_MEANINGS: Mapping[ChangeClass, Promise] = {
    ChangeClass.PATCH: gettext_lazy("Only words change; every number stays as it is."),
    ChangeClass.MINOR: gettext_lazy(
        "Values stay comparable; they are judged differently from the new day on."
    ),
    ChangeClass.MAJOR: gettext_lazy(
        "Values before and after cannot be compared: a new series begins with a break."
    ),
}
_ORDER = list(ChangeClass)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as a redline shows it."""

    label: str
    before: str
    after: str
    change_class: ChangeClass


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """The measure as it would be, what differs, and the class.

    `new_version` is False where only the listing changes; `restates`: the units change, and with them past periods.
    `awaits`: why saving it as it stands would be refused.
    """

    measure: Measure
    differences: tuple[Difference, ...]
    change_class: ChangeClass
    new_version: bool
    restates: bool = False
    awaits: Refusal | None = None

    @property
    def starts_series(self) -> bool:
        """Whether the next version begins a new series."""
        versions = self.measure.versions
        return self.new_version and len(versions) > 1 and versions[-1].series != versions[-2].series

    @property
    def is_nothing(self) -> bool:
        """Whether saving would write nothing."""
        return not self.differences


Shown = Callable[[MeasureVersion], str]
Row = tuple[Promise, Shown, ChangeClass]


def _words(name: str, words: Mapping[str, object]) -> Shown:
    return lambda version: str(words.get(getattr(version, name).value, getattr(version, name).value))


def _plain(name: str) -> Shown:
    return lambda version: _text(getattr(version, name))


def _yes_or_no(name: str) -> Shown:
    return lambda version: _("yes") if getattr(version, name) else _("no")


def _threshold(name: str) -> Shown:
    return lambda version: _text(getattr(version.thresholds, name))


def _text(value: object) -> str:
    if value is None or value == () or value == "":
        return NOTHING
    if isinstance(value, tuple):
        return "; ".join(_text(each) for each in value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


_KIND_NAMES = {words.key: words.name for words in KINDS}
_MAJOR: tuple[Row, ...] = (
    (gettext_lazy("Kind"), _words("kind", _KIND_NAMES), ChangeClass.MAJOR),
    (gettext_lazy("Formula"), _plain("formula"), ChangeClass.MAJOR),
    (gettext_lazy("Missing operand"), _words("missing_operand", {}), ChangeClass.MAJOR),
    (gettext_lazy("Unit of measure"), _plain("unit_of_measure"), ChangeClass.MAJOR),
    (gettext_lazy("Multiplier"), _plain("multiplier"), ChangeClass.MAJOR),
    (gettext_lazy("Values of parent units"), _words("org_values", dict(ORG_VALUES)), ChangeClass.MAJOR),
    (gettext_lazy("Frequency"), _words("frequency", dict(FREQUENCIES)), ChangeClass.MAJOR),
    (gettext_lazy("Polarity"), lambda version: _text(version.goal.polarity), ChangeClass.MAJOR),
)
_MINOR: tuple[Row, ...] = (
    (gettext_lazy("Goal type"), _words("goal", dict(GOALS)), ChangeClass.MINOR),
    (
        gettext_lazy("Thresholds are"),
        lambda version: str(dict(BASES)[version.thresholds.basis]),
        ChangeClass.MINOR,
    ),
    (gettext_lazy("Red"), _threshold("red"), ChangeClass.MINOR),
    (gettext_lazy("Best"), _threshold("best"), ChangeClass.MINOR),
    (gettext_lazy("Worst"), _threshold("worst"), ChangeClass.MINOR),
    (gettext_lazy("Tolerance"), _threshold("tolerance"), ChangeClass.MINOR),
    (gettext_lazy("Band"), _plain("band"), ChangeClass.MINOR),
    (gettext_lazy("Rubric"), _plain("rubric"), ChangeClass.MINOR),
    (gettext_lazy("Baseline"), _plain("baseline"), ChangeClass.MINOR),
    (gettext_lazy("Smallest possible"), _plain("natural_min"), ChangeClass.MINOR),
    (gettext_lazy("Largest possible"), _plain("natural_max"), ChangeClass.MINOR),
    (gettext_lazy("Counts cases"), _yes_or_no("counts_cases"), ChangeClass.MINOR),
    (gettext_lazy("Owner"), _plain("owner"), ChangeClass.MINOR),
    (gettext_lazy("Steward"), _plain("steward"), ChangeClass.MINOR),
    (gettext_lazy("Tier"), _words("tier", {}), ChangeClass.MINOR),
    (gettext_lazy("Role"), _words("role", {}), ChangeClass.MINOR),
    (gettext_lazy("Due, in days"), _plain("due_days"), ChangeClass.MINOR),
    (gettext_lazy("Grace, in periods"), _plain("grace_periods"), ChangeClass.MINOR),
)
_PATCH: tuple[Row, ...] = (
    (gettext_lazy("Operational definition"), _plain("operational_definition"), ChangeClass.PATCH),
    (gettext_lazy("Decimals"), _plain("decimals"), ChangeClass.PATCH),
)


def between_versions(before: MeasureVersion, after: MeasureVersion) -> tuple[Difference, ...]:
    """The redline of two versions, the gravest first."""
    rows = (
        Difference(str(label), shown(before), shown(after), change_class)
        for label, shown, change_class in (*_MAJOR, *_MINOR, *_PATCH)
    )
    return tuple(row for row in rows if row.before != row.after)


def class_of(differences: tuple[Difference, ...]) -> ChangeClass:
    """The gravest of them; patch where nothing differs."""
    return max((row.change_class for row in differences), key=_ORDER.index, default=ChangeClass.PATCH)


def proposed_change(before: Measure, draft: MeasureDraft, *, units: Sequence[Unit]) -> ProposedChange:
    """Lay the draft over the measure: its name, objectives and units, and a next version where one is due."""
    # Since when a unit takes the measure is said where it is applied; this form neither asks for it nor loses it.
    selector = replace(draft.units, since=before.units.since)
    if selector != before.units:
        selector = said_of_selected(selector, units)
    draft = replace(draft, units=selector)
    last = before.versions[-1]
    after = _following(last, draft)
    of_version, of_listing = between_versions(last, after), _listing(before, draft)
    grave = ChangeClass.MAJOR if draft.breaks else class_of((*of_version, *of_listing))
    needs_version = bool(of_version) or draft.breaks
    if draft.breaks or class_of(of_version) is ChangeClass.MAJOR:
        after = replace(after, series=max(version.series for version in before.versions) + 1)
    shares = _shares(before, draft)
    versions = (*before.versions, after) if needs_version else before.versions
    measure = replace(before, name=draft.name, objectives=shares, units=draft.units, versions=versions)
    differences = (*of_version, *of_listing, *_declared_break(draft, grave))
    return ProposedChange(measure, differences, grave, needs_version, before.units != draft.units)


def _following(last: MeasureVersion, draft: MeasureDraft) -> MeasureVersion:
    """The draft as the next version; what the form does not ask for stays as it was."""
    offered = draft.version
    counts_alike = (offered.kind, offered.unit_of_measure) == (last.kind, last.unit_of_measure)
    return replace(
        offered,
        number=last.number + 1,
        valid_from=draft.valid_from,
        reason=draft.reason,
        series=last.series,
        formula_order=last.formula_order,
        multiplier=last.multiplier if counts_alike else offered.multiplier,
        segment_dimension=last.segment_dimension,
        segments=last.segments,
    )


def _shares(before: Measure, draft: MeasureDraft) -> tuple[ObjectiveShare, ...]:
    """Objectives already served keep their weights over time; new ones start with the draft's."""
    fresh = {share.objective: share for share in draft.as_measure().objectives}
    kept = {share.objective: share for share in before.objectives if share.objective in fresh}
    return (*kept.values(), *(share for key, share in fresh.items() if key not in kept))


def _listing(before: Measure, draft: MeasureDraft) -> tuple[Difference, ...]:
    served = tuple(share.objective for share in before.objectives)
    rows = (
        Difference(_("Name"), before.name, draft.name, ChangeClass.PATCH),
        Difference(
            _("Objectives"),
            _text(served),
            _text(tuple(sorted(draft.objectives, key=_place(served)))),
            ChangeClass.MINOR,
        ),
        Difference(_("Units"), _units(before), _units(draft), ChangeClass.MAJOR),
    )
    return tuple(row for row in rows if row.before != row.after)


def _place(served: tuple[str, ...]) -> Callable[[str], int]:
    return lambda key: served.index(key) if key in served else len(served)


def _units(thing: Measure | MeasureDraft) -> str:
    selector = thing.units
    parts = [_("{unit} and below").format(unit=selector.unit)]
    if selector.levels:
        parts.append(_("levels {levels}").format(levels=", ".join(selector.levels)))
    if selector.keys:
        parts.append(_("only {keys}").format(keys=", ".join(selector.keys)))
    return "; ".join(parts)


def _declared_break(draft: MeasureDraft, grave: ChangeClass) -> tuple[Difference, ...]:
    if not draft.breaks:
        return ()
    return (Difference(_("Comparability"), _("kept"), _("broken, says the author"), grave),)
