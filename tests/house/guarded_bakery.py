"""Harbour Bakery as a house to be guarded: two shops that must not see each other, and somebody of every role in one.

Everything a route can name exists twice: once in the Old Town shop (one's own), once in the Riverside shop (another's).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

from fourfold.data.entry.models import Restatement
from fourfold.data.imports.actions import load_strategy_folder
from fourfold.data.imports.models import ImportRun, Upload
from fourfold.engine.definitions import Definitions, IdentityLink, InitiativeStatus, UnitSelector
from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.annotations.models import Annotation, AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.evidence.models import EvidenceRun, LinkTest
from fourfold.governance.signals.models import DecisionKind, LimitDecision
from fourfold.platform.accounts.actions.invite import Guest, invite
from fourfold.platform.accounts.models import Invitation, Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.models import Job
from fourfold.platform.notifications.actions import notify
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import Notice
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries import live_cube
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

FOLDER = Path(__file__).parents[2] / "examples" / "four-objectives"
AT = datetime(2026, 10, 8, 6, tzinfo=UTC)
OWN, OTHER = "old-town", "riverside"
STRANGER, NOBODY, FOUNDER = "stranger", "nobody", "founder"
ROLES = tuple(role.value.replace("_", "-") for role in Role)
PRINCIPALS = (STRANGER, NOBODY, FOUNDER, *ROLES)
PASSWORD = "a-long-enough-word"
"""The founder's; nobody else has one."""
NEIGHBOUR = "neighbour"
"""Holds a role in the other shop only."""


@dataclass(frozen=True, slots=True)
class GuardedBakery:
    """`sessions` holds one session a principal, `named` what each word of an address stands for in each shop."""

    sessions: Mapping[str, str]
    named: Mapping[str, Mapping[str, str]]

    def browser(self, who: str, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser that this principal signed in with before: no request of another test has touched its cookies."""
        client = Client(raise_request_exception=False)
        client.handler = _handler(enforce_csrf_checks)
        if self.sessions[who]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def address(self, route: str, place: str = OWN) -> str:
        """The address of this route that names things of one shop."""
        return filled(route, self.named[place])


@cache
def _handler(enforce_csrf_checks: bool) -> ClientHandler:
    """One chain of middleware for all browsers: building one takes longer than most pages."""
    return ClientHandler(enforce_csrf_checks)


@contextmanager
def built(home: Path) -> Iterator[GuardedBakery]:
    """The whole house, gone again at the end: one transaction, never committed."""
    with transaction.atomic():
        yield raised(home)
        transaction.set_rollback(True)
    live_cube.forget()


def raised(home: Path) -> GuardedBakery:
    """The whole house, to stay."""
    load_strategy_folder(FOLDER, data=None, scope=INSTALLATION, at=AT)
    write_definitions(with_a_shop_each(read_definitions()), scope=INSTALLATION, at=AT)
    people = _people()
    named = {unit: _named(unit, home=home) for unit in (OWN, OTHER)}
    return GuardedBakery({STRANGER: "", **{key: _session(key) for key in people}}, named)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside did not happen: a savepoint, rolled back. The cube that knew of it is forgotten.

    What was read of the definitions before holds again afterwards, and to read it anew takes longer than most pages.
    """
    before, definitions = _ledger_head(), list(live_cube._read)
    with transaction.atomic():
        yield
        has_written = _ledger_head() != before
        transaction.set_rollback(True)
    if has_written:
        live_cube.forget()
        live_cube._read[:] = definitions


def _ledger_head() -> int:
    """As `head_seq` says it, without what building the query takes: asked before and after every request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM measures_ledgerhead WHERE id = 1")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def with_a_shop_each(said: Definitions) -> Definitions:
    """Each shop gets an objective, a measure, an initiative and a target of its own, declared there; they are Ana's,
    so that of the principals nobody explains or judges them (decision 12)."""
    known = {each.key: each for each in said.objectives}
    measures = {each.key: each for each in said.measures}
    (school,) = said.initiatives
    ovens = [
        replace(known["reduce-waste"], key=f"oven-{unit}", name=f"Heat the oven of {unit}", themes=(),
                units=UnitSelector(unit), owner="ana")
        for unit in (OWN, OTHER)
    ]  # fmt: skip
    crusts = [
        replace(
            measures["sales"],
            key=f"crust-{unit}",
            name=f"Crust of {unit}",
            objectives=(replace(measures["sales"].objectives[0], objective=f"oven-{unit}"),),
            units=UnitSelector(unit),
            versions=tuple(replace(each, owner="ana", steward=None) for each in measures["sales"].versions),
        )
        for unit in (OWN, OTHER)
    ]
    courses = [
        replace(school, key=f"course-{unit}", name=f"Course of {unit}", owner="ana", milestones=(),
                objectives=(f"oven-{unit}",), status=InitiativeStatus.ACTIVE, end=date(2027, 1, 1))
        for unit in (OWN, OTHER)
    ]  # fmt: skip
    return replace(
        said,
        objectives=(*said.objectives, *ovens),
        identity_links=(IdentityLink("grow-sales", "serve-on-time", "Both are about guests."),),
        measures=tuple(sorted((*said.measures, *crusts), key=lambda each: each.key)),
        initiatives=(*said.initiatives, *courses),
    )


def _people() -> list[str]:
    for role, key in zip(Role, ROLES, strict=True):
        person(key, role=role.value, unit=OWN)
    person(NEIGHBOUR, role="administrator", unit=OTHER)
    Membership.objects.filter(person__key=NEIGHBOUR).update(role="strategy_office")
    person(NOBODY)
    founder = Person.objects.create_user(FOUNDER, name="Founder")
    founder.is_founder = True
    founder.set_password(PASSWORD)  # the set-up is over: somebody can sign in
    founder.save()
    return [NOBODY, FOUNDER, NEIGHBOUR, "ana", *ROLES]


def person(key: str, *, role: str = "", unit: str = "") -> Person:
    """Somebody new, with an address, and with this role there."""
    found = Person.objects.create_user(key, name=key.title(), email=f"{key}@example.org")
    if role:
        Membership.objects.create(person=found, role=role, unit=Unit.objects.get(key=unit))
    return found


def _session(key: str) -> str:
    client = Client()
    client.force_login(Person.objects.get(key=key))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _named(unit: str, *, home: Path) -> dict[str, str]:
    """What the words of an address stand for in this shop."""
    mine = unit == OWN
    steward = "data-steward" if mine else NEIGHBOUR
    reader = "viewer" if mine else NEIGHBOUR
    plain = {
        "unit": unit, "period": "2026-09", "measure": f"crust-{unit}", "objective": f"oven-{unit}",
        "subject": "measure", "person": reader, "mapping": "shops", "starter": "hospital", "ending": "csv",
        "number": "0", "pk": "1", "provider_id": "x", "uidb36": "x", "key": f"crust-{unit}",
        "source": "build-skills", "target": "reduce-waste",
    }  # fmt: skip
    rows = {
        "annotation": _annotation(unit, author=reader),
        "restatement": _restatement(unit, proposer=steward),
        "file": _upload(unit, keeper=steward, home=home),
        "job": Job.objects.create(
            key=f"import-{unit}", name="imports.commit", payload={}, actor=steward, queued_at=AT
        ).key,
        "run": _run(unit, actor=steward),
        "notice_id": _notice(unit, reader=reader),
        "decision": _specification(unit, author=steward),
        "link_test": _link_test(unit),
        **_invitation(unit),
    }
    return plain | {name: str(value) for name, value in rows.items()}


def _annotation(unit: str, *, author: str) -> int:
    anchor = Anchor(Subject.MEASURE, f"crust-{unit}", unit, "2026-09")
    said = NewAnnotation(AnnotationType.CAUSE, f"Said in {unit}")
    annotate(anchor, said, scope=scope_of_key(author), at=AT)
    return int(Annotation.objects.get(unit__key=unit).pk)


def _specification(unit: str, *, author: str) -> int:
    """On sales, which have a control chart: the measure of every address about signals."""
    return LimitDecision.objects.create(
        kind=DecisionKind.SPECIFICATION,
        measure="sales",
        unit=Unit.objects.get(key=unit),
        first_period="2025-01",
        lower=1000.0,
        reason=f"Asked for in {unit}",
        author=Person.objects.get(key=author),
        recorded_at=AT,
    ).pk


def _link_test(unit: str) -> int:
    """A link of the shop's map that its numbers contradict."""
    place = Unit.objects.get(key=unit)
    run = EvidenceRun.objects.create(
        unit=place, seq=2, definitions_seq=1, tested_at=AT, alpha=0.05, permutations=999, links=1
    )
    facts = {
        "correlations": [0.1, 0.0, -0.7], "peak_lag": 1, "peak": -0.7, "reverse_lag": 1, "reverse": 0.1,
        "window": [1, 1], "is_in_window": True, "log_x": False, "log_y": False, "cycle": 0, "is_differenced": False,
        "order": 0, "granger_f": 9.0, "granger_p": 0.01, "granger_lags": 1, "is_augmented": False,
        "detectable": 0.6, "periods_left": 24, "needs_caution": True, "doubts": ["sign"],
        "panel": {
            "why": "", "slope": -0.3, "error": 0.1, "low": -0.6, "high": -0.1, "p": 0.01, "adjusted_p": 0.01,
            "units": 4, "periods": 26, "unit_periods": 104,
            "of_units": [{"unit": unit, "slope": -0.3, "low": -0.5, "high": -0.1, "share": 0.25}],
        },
    }  # fmt: skip
    return LinkTest.objects.create(
        run=run, unit=place, source="build-skills", target="reduce-waste", x="lessons", y="waste", x_version=1,
        y_version=1, sign=1, lag_from=1, lag_to=1, frequency="month", verdict="contradicted", n=26, p=0.001,
        first_period="2024-08", last_period="2026-09", adjusted_p=0.001, facts=facts,
    ).pk  # fmt: skip


def _restatement(unit: str, *, proposer: str) -> int:
    return Restatement.objects.create(
        unit=Unit.objects.get(key=unit),
        restatement_class="error",
        reason=f"Counted twice in {unit}",
        proposer=Person.objects.get(key=proposer),
        proposed_at=AT,
    ).pk


def _upload(unit: str, *, keeper: str, home: Path) -> str:
    upload = Upload(
        reference=f"upload-{unit}",
        name=f"{unit}.csv",
        kind="csv",
        size=40,
        sha256="0",
        keeper=keeper,
        kept_at=AT,
    )
    upload.folder.mkdir(parents=True, exist_ok=True)
    upload.path.write_text(f"shop;measure;month;value\n{unit};sales;2026-09;41000\n")
    upload.save()
    return upload.reference


def _run(unit: str, *, actor: str) -> str:
    run = ImportRun.objects.create(
        reference=f"run-{unit}", mapping_key="shops", file_name=f"{unit}.csv", file_sha256="0", at=AT, actor=actor,
        rows_read=1, values_written=1, values_unchanged=0,
    )  # fmt: skip
    run.units.add(Unit.objects.get(key=unit))
    return run.reference


def _notice(unit: str, *, reader: str) -> int:
    notify(
        [reader], NoticeKind.DUE, subject_text=f"Due in {unit}", address="/due/", key=unit, at=AT, unit=unit
    )
    return int(Notice.objects.get(key=unit).pk)


def _invitation(unit: str) -> dict[str, str]:
    soon = datetime.now(UTC) + timedelta(hours=1)  # the door asks the clock whether a link is too old
    guest = Guest(f"Guest of {unit}", f"guest-{unit}@example.org")
    token = invite(guest, [Role.VIEWER], unit=unit, scope=INSTALLATION, at=soon)
    return {"invitation": str(Invitation.objects.get(unit__key=unit).pk), "token": token}


# --- routes ----------------------------------------------------------------------------------------------------------


@cache
def routes() -> tuple[str, ...]:
    """Every pattern of the root URLconf, as written there."""
    return tuple(dict.fromkeys(_routes(get_resolver().url_patterns)))


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


KEYS = {
    "edit/policies/": "score.coverage_min",
    "edit/perspectives/": "financial",
    "edit/themes/": "fresh-daily",
    "edit/objectives/": "oven-{unit}",
    "edit/causal-links/": "build-skills.reduce-waste",
    "edit/identity-links/": "grow-sales.serve-on-time",
    "edit/initiatives/": "course-{unit}",
    "edit/units/": "{unit}",
    "accounts/": "x",
}


def filled(route: str, named: Mapping[str, str]) -> str:
    """The address: every word of the route replaced by what it stands for."""
    key = next((key for start, key in KEYS.items() if route.startswith(start)), named["key"])
    words = {**named, "key": key.format(unit=named["unit"])}
    if "/signals/" in route or "/forecast/" in route:
        words["measure"] = "sales"
    if "pictures:" in route:
        words["ending"] = "svg"
    plain = route.replace("(?P<key>[-:\\w]+)", "<key>").replace("(?P<key>.+)", "<key>")
    plain = plain.replace("(?P<uidb36>[0-9A-Za-z]+)", "<uidb36>").replace(
        "(?P<provider_id>[^/]+)", "<provider_id>"
    )
    plain = plain.replace("^", "").replace("$", "")
    for piece in plain.split("<")[1:]:
        said = piece.partition(">")[0]
        plain = plain.replace(f"<{said}>", words[said.rpartition(":")[2]], 1)
    return f"/{plain}"


def names_a_place(route: str) -> bool:
    """Whether the address differs between the two shops."""
    words = {"unit", "measure", "objective", "annotation", "restatement", "file", "job", "run", "notice_id"}
    words |= {"invitation", "token", "person"}
    said = {piece.partition(">")[0].rpartition(":")[2] for piece in route.split("<")[1:]}
    keyed = "key" in said and route.startswith(("edit/objectives", "edit/initiatives", "edit/units"))
    return keyed or bool(said & words)
