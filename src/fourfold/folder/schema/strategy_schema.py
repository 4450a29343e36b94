"""`strategy.yaml`: the organisation, its strategy, its map, its initiatives and people."""

from __future__ import annotations

from fourfold.engine.calendar import CalendarKind, NamedBy, YearEndRule
from fourfold.engine.definitions import ContributionMode, EvidenceState, InitiativeStatus, RollupMethod
from fourfold.folder.schema.parts import (
    DATE,
    KEY,
    KEYS,
    LONG_TEXT,
    SELECTOR,
    TEXT,
    WEIGHT,
    Schema,
    fields,
    listed,
    one_of,
    top,
)

__all__ = ["FORMAT", "ROLES", "STRATEGY", "WEEKDAYS"]

FORMAT = "fourfold.folder/1"
"""The one version of this format there is."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ROLES = (
    "strategy_office",
    "objective_owner",
    "measure_owner",
    "data_steward",
    "review_facilitator",
    "approver",
    "auditor",
    "viewer",
    "administrator",
)
"""METHOD M6.2's eight and the administrator (DESIGN §5, Roles)."""

_MONTH: Schema = {"type": "integer", "minimum": 1, "maximum": 12}
_MONEY: Schema = {"type": "number", "description": "In the organisation's currency, exact."}

_CALENDAR = fields(
    ("kind",),
    kind=one_of(CalendarKind),
    start_month=_MONTH,
    named_by=one_of(NamedBy),
    week_ends_on=one_of(WEEKDAYS),
    anchor_month=_MONTH,
    rule=one_of(YearEndRule),
)

_ORGANISATION = fields(
    ("key", "name", "time_zone", "currency"),
    key=KEY,
    name=TEXT,
    time_zone={"type": "string", "description": "IANA name: Europe/Lisbon."},
    currency={"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217: EUR."},
    calendar=_CALENDAR,
    clock={**DATE, "description": "Pins today's date; leave it out to read the real one."},
)

_STRATEGY = fields(
    (),
    vision=LONG_TEXT,
    mission=LONG_TEXT,
    core_values=listed(TEXT),
    horizon=fields((), from_=DATE, to=DATE),
)

_POLICY_VALUE: Schema = {"type": ["string", "number", "boolean"]}
_POLICY_KEY = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"
_POLICIES: Schema = {
    "type": ["object", "array"],
    "propertyNames": {"pattern": _POLICY_KEY},
    "additionalProperties": _POLICY_VALUE,
    "items": fields(
        ("key", "value"),
        key={"type": "string", "pattern": _POLICY_KEY},
        value=_POLICY_VALUE,
        scope={**KEY, "description": "`org` or a unit's key."},
        version={"type": "integer", "minimum": 1},
        reason=LONG_TEXT,
    ),
    "description": "Parameters of METHOD §0.5 the organisation has decided: `key: value`, or a list with reasons.",
}

_OBJECTIVE = fields(
    ("key", "name", "perspective"),
    key=KEY,
    name=TEXT,
    description=LONG_TEXT,
    perspective=KEY,
    themes=KEYS,
    owner=KEY,
    unit={**KEY, "description": "The declaring unit; the root when left out."},
    units=SELECTOR,
    weight=WEIGHT,
    contributes_to=listed(fields(("objective",), objective=KEY, mode=one_of(ContributionMode))),
    rollup=one_of(RollupMethod),
)

_CAUSAL_LINK = fields(
    ("from", "to", "sign"),
    from_=KEY,
    to=KEY,
    sign=one_of(("+", "-")),
    lag_months={"type": "integer", "minimum": 0, "maximum": 120},
    strength=one_of(("weak", "moderate", "strong")),
    evidence=one_of(EvidenceState),
    hypothesis=LONG_TEXT,
    feedback={"type": "boolean"},
)
_IDENTITY_LINK = fields(("from", "to", "sentence"), from_=KEY, to=KEY, sentence=LONG_TEXT)

_INITIATIVE = fields(
    ("key", "name"),
    key=KEY,
    name=TEXT,
    owner=KEY,
    objectives=KEYS,
    start=DATE,
    end=DATE,
    status=one_of(InitiativeStatus),
    budget=_MONEY,
    spent=_MONEY,
    milestones=listed(fields(("name", "due"), name=TEXT, due=DATE, done=DATE)),
    description=LONG_TEXT,
)

_PERSON = fields(
    ("key", "name"),
    key=KEY,
    name=TEXT,
    email={"type": "string", "maxLength": 254},
    roles=listed(fields(("role",), role=one_of(ROLES), unit=KEY)),
)

STRATEGY: Schema = top(
    "strategy",
    "strategy.yaml of a strategy folder",
    body=fields(
        ("format", "organisation", "perspectives"),
        format={"const": FORMAT},
        organisation=_ORGANISATION,
        strategy=_STRATEGY,
        policies=_POLICIES,
        perspectives=listed(
            fields(("key", "name"), key=KEY, name=TEXT, question=LONG_TEXT), minItems=2, maxItems=7
        ),
        themes=listed(fields(("key", "name"), key=KEY, name=TEXT, result=LONG_TEXT)),
        objectives=listed(_OBJECTIVE),
        causal_links=listed(_CAUSAL_LINK),
        identity_links=listed(_IDENTITY_LINK),
        initiatives=listed(_INITIATIVE),
        people=listed(_PERSON),
    ),
)
