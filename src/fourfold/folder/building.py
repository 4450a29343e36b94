"""From checked documents to frozen definitions: every default of the folder format is here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from fourfold.engine.calendar import CalendarKind, FiscalCalendar, NamedBy, YearEndRule
from fourfold.engine.definitions import (
    CausalLink,
    ContributionMode,
    Definitions,
    EvidenceState,
    IdentityLink,
    Initiative,
    InitiativeStatus,
    Membership,
    Milestone,
    Objective,
    Organisation,
    Person,
    Perspective,
    PolicyValue,
    RollupMethod,
    Strategy,
    Theme,
    Unit,
)
from fourfold.folder.belonging import Fields, build_selector, build_weights, day
from fourfold.folder.documents import FolderDocuments
from fourfold.folder.measure_building import build_measure
from fourfold.folder.schema.strategy_schema import WEEKDAYS

__all__ = ["build_definitions"]


def build_definitions(documents: FolderDocuments) -> Definitions:
    """Everything but the targets, which are rows of their own files.

    Measures stand in the order of their keys, as their files do; everything else as listed.
    """
    said = cast("Fields", documents.strategy.value)
    units = tuple(_units(cast("Fields", documents.units.value)["units"], parent=None))
    root = units[0].key
    return Definitions(
        organisation=_organisation(said["organisation"]),
        units=units,
        strategy=_strategy(said.get("strategy", {})),
        perspectives=tuple(
            Perspective(each["key"], each["name"], each.get("question", "")) for each in said["perspectives"]
        ),
        themes=tuple(
            Theme(each["key"], each["name"], each.get("result", "")) for each in said.get("themes", ())
        ),
        objectives=tuple(_objective(each, root=root) for each in said.get("objectives", ())),
        causal_links=tuple(_causal_link(each) for each in said.get("causal_links", ())),
        identity_links=tuple(
            IdentityLink(each["from"], each["to"], each["sentence"])
            for each in said.get("identity_links", ())
        ),
        measures=tuple(build_measure(cast("Fields", each.value), root=root) for each in documents.measures),
        targets=(),
        initiatives=tuple(_initiative(each) for each in said.get("initiatives", ())),
        people=tuple(_person(each, root=root) for each in said.get("people", ())),
        policies=tuple(_policies(said.get("policies", {}))),
    )


def _organisation(said: Fields) -> Organisation:
    return Organisation(
        key=said["key"],
        name=said["name"],
        time_zone=said["time_zone"],
        currency=said["currency"],
        calendar=_calendar(said.get("calendar", {"kind": "gregorian"})),
        clock=day(said.get("clock")),
    )


def _calendar(said: Fields) -> FiscalCalendar:
    ordinary = FiscalCalendar()
    return FiscalCalendar(
        kind=CalendarKind(said["kind"]),
        start_month=said.get("start_month", ordinary.start_month),
        named_by=NamedBy(said["named_by"]) if "named_by" in said else None,
        week_ends_on=WEEKDAYS.index(said["week_ends_on"])
        if "week_ends_on" in said
        else ordinary.week_ends_on,
        anchor_month=said.get("anchor_month", ordinary.anchor_month),
        rule=YearEndRule(said.get("rule", ordinary.rule)),
    )


def _strategy(said: Fields) -> Strategy:
    horizon = said.get("horizon", {})
    return Strategy(
        vision=said.get("vision", ""),
        mission=said.get("mission", ""),
        core_values=tuple(said.get("core_values", ())),
        horizon_from=day(horizon.get("from")),
        horizon_to=day(horizon.get("to")),
    )


def _units(listed: list[Fields], *, parent: str | None) -> Iterator[Unit]:
    """A parent before its children, in listed order."""
    for said in listed:
        yield Unit(
            key=said["key"],
            name=said["name"],
            parent=parent,
            level=said["level"],
            valid_from=day(said.get("valid_from")),
            valid_to=day(said.get("valid_to")),
        )
        yield from _units(said.get("units", []), parent=said["key"])


def _objective(said: Fields, *, root: str) -> Objective:
    return Objective(
        key=said["key"],
        name=said["name"],
        description=said.get("description", ""),
        perspective=said["perspective"],
        themes=tuple(said.get("themes", ())),
        owner=said.get("owner"),
        units=build_selector(said, root=root),
        weights=build_weights(said.get("weight", 1)),
        contributes_to=tuple(
            (each["objective"], ContributionMode(each.get("mode", ContributionMode.CONTRIBUTORY)))
            for each in said.get("contributes_to", ())
        ),
        rollup=RollupMethod(said.get("rollup", RollupMethod.ARITHMETIC)),
    )


def _causal_link(said: Fields) -> CausalLink:
    return CausalLink(
        source=said["from"],
        target=said["to"],
        sign=1 if said["sign"] == "+" else -1,
        lag_months=said.get("lag_months"),
        strength=said.get("strength", "moderate"),
        evidence=EvidenceState(said.get("evidence", EvidenceState.ASSERTED)),
        hypothesis=said.get("hypothesis", ""),
        feedback=said.get("feedback", False),
    )


def _initiative(said: Fields) -> Initiative:
    return Initiative(
        key=said["key"],
        name=said["name"],
        owner=said.get("owner"),
        objectives=tuple(said.get("objectives", ())),
        start=day(said.get("start")),
        end=day(said.get("end")),
        status=InitiativeStatus(said.get("status", InitiativeStatus.PLANNED)),
        milestones=tuple(
            Milestone(each["name"], date.fromisoformat(each["due"]), day(each.get("done")))
            for each in said.get("milestones", ())
        ),
        budget=_money(said.get("budget")),
        spent=_money(said.get("spent")),
        description=said.get("description", ""),
    )


def _money(said: float | None) -> Decimal | None:
    """Exact: at most 15 digits were read, and the shortest text of a double gives those back."""
    return None if said is None else Decimal(str(said))


def _person(said: Fields, *, root: str) -> Person:
    memberships = tuple(Membership(each["role"], each.get("unit", root)) for each in said.get("roles", ()))
    return Person(said["key"], said["name"], said.get("email", ""), memberships)


def _policies(said: Fields | list[Fields]) -> Iterator[PolicyValue]:
    listed = said if isinstance(said, list) else [{"key": key, "value": value} for key, value in said.items()]
    for each in listed:
        yield PolicyValue(
            key=each["key"],
            value=_policy_text(each["value"]),
            scope=each.get("scope", "org"),
            version=each.get("version", 1),
            reason=each.get("reason", ""),
        )


def _policy_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
