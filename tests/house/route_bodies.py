"""What a browser sends to each route when somebody means it: the page's own form, and what they type into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from fourfold.data.imports.models import Upload
from fourfold.governance.annotations.actions.resolve import resolve
from fourfold.governance.changes.actions.measure_retire import retire_measure
from fourfold.platform.accounts.actions.leaving import deactivate_person
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from tests.house.guarded_bakery import AT, FOUNDER, OWN, GuardedBakery

Fields = dict[str, list[str]]
STEWARD = "data-steward"
ANALYSIS = "analyses/<slug:subject>/<slug:key>/<slug:unit>/<str:period>/"
EVIDENCE = "evidence/<slug:source>/<slug:target>/<slug:unit>/<str:period>/"
FILE = "import/files/<str:file>/"
SIGNALS = "measures/<slug:measure>/<slug:unit>/<str:period>/signals/"
VARIANCE = "variance/<slug:measure>/<slug:unit>/<str:period>/"
NEW_FILE = "shop;measure;month;value\n{unit};sales;2026-09;41000\n{unit};Bread smell;2026-09;7\n"
NEW_MEASURE = {
    "name": "Smell of bread", "kind": "flow", "source": "entered", "unit_of_measure": "points", "unit": "{unit}",
    "objectives": "oven-{unit}", "step": "save", "owner": "ana", "steward": "clara", "decimals": "0", "role": "lag",
    "operational_definition": "How the shop smells at seven.", "reason": "Guests come for it.", "tier": "management",
    "red": "0.9", "best": "1.1",
}  # fmt: skip

TYPED: dict[str, dict[str, str]] = {
    "theme/": {"theme": "dark"},
    "regions/": {"region": "en-gb"},
    "entry/<slug:unit>/<str:period>/": {"crust-{unit}.2026-09..a": "50000", "do": "save"},
    "entry/<slug:unit>/<str:period>/draft/": {"crust-{unit}.2026-09..a": "50000", "draft_edition": "0"},
    "periods/<slug:unit>/": {"month": "2026-09", "state": "flash", "reason": "Done"},
    "restatements/<int:restatement>/": {"do": "approve", "comment": "As the till says."},
    FILE + "new-things/": {"measure-0-is": "sales"},
    FILE + "new-things/": {"measure-0-is": "sales"},
    "import/runs/<str:run>/withdraw/": {"reason": "It was wrong."},
    "import/mappings/<slug:mapping>/rename/": {"to": "tills"},
    "annotations/<slug:subject>/<slug:key>/<slug:unit>/<str:period>/": {"text": "It rained.", "type": "cause"},
    "annotations/<int:annotation>/reply/": {"text": "It rained."},
    "annotations/<int:annotation>/remarks/<int:number>/": {"text": "It rained.", "edition": "0"},
    ANALYSIS: {"happened": "It rained.", "edition": "0"},
    "overrides/<slug:objective>/<slug:unit>/<str:period>/": {"status": "red", "reason": "I know.", "edition": "0"},
    SIGNALS + "choose/": {"chart": "xmr", "reason": "Money, not counts."},
    SIGNALS + "rebase/": {"period": "2026-01", "reason": "A new oven."},
    SIGNALS + "special-cause/": {"period": "2025-03", "last": "", "reason": "The street was closed."},
    SIGNALS + "specification/": {"lower": "900", "upper": "900000", "period": "2026-01", "reason": "The grant."},
    VARIANCE + "market/": {"kind": "nothing", "reason": "The town does not grow."},
    EVIDENCE + "register/": {
        "x": "lessons", "y": "waste", "sign": "-1", "lag_from": "2", "lag_to": "4", "mechanism": "They learn.",
    },
    EVIDENCE + "decide/": {"test": "{link_test}", "choice": "drop", "reason": "It holds us back."},
    "edit/strategy/": {"vision": "Bread for all."},
    "edit/calendar/": {"name": "The Bakery"},
    "edit/policies/<str:key>/": {"value": "0.6", "reason": "So decided.", "understood": "on"},
    "edit/perspectives/new/": {"name": "Neighbours"},
    "edit/perspectives/<str:key>/": {"name": "Money"},
    "edit/themes/new/": {"name": "Warm welcome", "result": "Guests are greeted."},
    "edit/themes/<str:key>/": {"name": "Fresh all day"},
    "edit/objectives/new/": {
        "name": "Greet every guest", "perspective": "customer", "unit": "{unit}", "owner": "ana",
        "description": "Whoever comes in is seen at once; who passes by is not counted.",
    },
    "edit/objectives/<str:key>/": {"name": "Heat the old oven"},
    "edit/causal-links/new/": {"source": "reduce-waste", "target": "grow-sales", "hypothesis": "Less waste."},
    "edit/causal-links/<str:key>/": {"hypothesis": "Bakers who learn bake better."},
    "edit/identity-links/new/": {"source": "reduce-waste", "target": "grow-sales", "sentence": "Both are bread."},
    "edit/identity-links/<str:key>/": {"sentence": "Both are about people."},
    "edit/initiatives/new/": {
        "name": "New counter", "objectives": "oven-{unit}", "start": "2026-10-01", "end": "2027-03-01",
        "description": "A counter in the other room.", "owner": "ana", "budget": "100",
    },
    "edit/initiatives/<str:key>/": {"name": "A shorter course"},
    "edit/units/new/": {"name": "Kiosk", "parent": "{unit}", "level": "kiosk"},
    "edit/units/<str:key>/": {"name": "The shop"},
    "edit/perspectives/<str:key>/move/": {"by": "up"},
    "edit/objectives/<str:key>/move/": {"by": "up"},
    "edit/measures/new/": NEW_MEASURE,
    "edit/measures/<slug:measure>/": {
        "name": "Crusts", "step": "save", "reason": "A shorter name.", "steward": "clara",
        "valid_from": "2026-12-01",
    },
    "edit/measures/<slug:measure>/retire/": {"on": "2026-12-01", "reason": "Nobody looks at it."},
    "edit/targets/<slug:measure>/": {"cells": "{unit}\t2027-01\t42000"},
    "edit/targets/<slug:measure>/<slug:unit>/": {
        "points": "2027-01 42000", "trajectory": "step", "step": "save", "reason": "Asked for.",
    },
    "edit/apply/": {"measures": "lessons", "units": "{unit}", "source": "", "step": "save", "reason": "Same here."},
    "start/template/<slug:starter>/": {"name": "Another"},
    "start/spreadsheet/": {"name": "Another"},
    "start/folder/": {"name": "Another"},
    "notifications/settings/": {"digest": "never"},
    "people/<slug:person>/details/": {"name": "Somebody Else"},
    "accounts/name/": {"name": "Another Name"},
    "people/<slug:person>/roles/grant/": {"role": "approver", "unit": "{unit}"},
    "people/<slug:person>/roles/revoke/": {"role": "viewer", "unit": "{unit}"},
    "invitations/new/": {"name": "Gil", "email": "gil@example.org", "unit": "{unit}", "roles": "viewer"},
    "invitations/<str:token>/": {"password": "bread-and-7-oceans", "password_again": "bread-and-7-oceans"},
}  # fmt: skip
"""What somebody types and ticks; the rest is as the page's form stands."""

BY: dict[str, str] = {
    "restatements/<int:restatement>/": "approver",
    "annotations/<int:annotation>/remarks/<int:number>/": "viewer",
    "notifications/<int:notice_id>/open/": "viewer",
    "notifications/<int:notice_id>/read/": "viewer",
    "notifications/read/": "viewer",
    "overrides/<slug:objective>/<slug:unit>/<str:period>/": "ana",
    "overrides/<slug:objective>/<slug:unit>/<str:period>/withdraw/": "ana",
    ANALYSIS: "ana",
    FILE + "columns/": STEWARD,
    FILE + "new-things/": STEWARD,
    FILE + "preview/": STEWARD,
    FILE + "commit/": STEWARD,
    FILE + "discard/": STEWARD,
    "invitations/<str:token>/": "stranger",
}
"""Who may do it in the Old Town shop, where that is not the founder."""


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of a form, and the file of one that takes a file."""

    fields: Fields
    file: tuple[str, bytes] | None = None

    @property
    def sent(self) -> dict[str, object]:
        """As the test client takes it."""
        if self.file is None:
            return dict(self.fields)
        name, content = self.file
        return {**self.fields, "file": SimpleUploadedFile(name, content)}


def sender(route: str) -> str:
    """Who may send this form."""
    return BY.get(route, FOUNDER)


def sound_body(house: GuardedBakery, route: str, place: str = OWN) -> Body:
    """The form of this route as a browser would send it for things of one shop."""
    named = house.named[place]
    typed = TYPED.get(route) or TYPED.get(route.removesuffix("findings/"), {})
    fields = shown_form(house, page_of(route), place=place, who=sender(route))
    fields |= {name.format(**named): [text.format(**named)] for name, text in typed.items()}
    file = ("tills.csv", NEW_FILE.format(**named).encode()) if route == "import/new/" else None
    return Body(fields, file)


def page_of(route: str) -> str:
    """Where the form stands that is sent to this route."""
    for ending in ("findings/", "draft/"):
        route = route.removesuffix(ending)
    return {
        "edit/measures/preview/": "edit/measures/new/",
        "edit/targets/<slug:measure>/<slug:unit>/preview/": "edit/targets/<slug:measure>/<slug:unit>/",
    }.get(route, route)


def shown_form(house: GuardedBakery, route: str, *, place: str, who: str) -> Fields:
    """The form of a page, nothing touched; empty where no page shows one."""
    address = house.address(route, place)
    answer = house.browser(who).get(address)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return {}
    forms = BeautifulSoup(answer.content, "lxml").select("form[method=post]")
    ours = [form for form in forms if form.get("action") in (None, "", address)]
    return untouched(ours[-1]) if ours else {}


def untouched(form: Tag) -> Fields:
    """As a browser sends a form in which nothing was typed."""
    said: Fields = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        for value in _values(field):
            said.setdefault(str(field["name"]), []).append(value)
    return said


def _values(field: Tag) -> list[str]:
    kind = str(field.get("type", "")).lower()
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        options = field.select("option[selected]") or field.select("option")[:1]
        return [str(option.get("value", option.get_text())) for option in options]
    if kind in {"file", "submit", "button"} or (
        kind in {"checkbox", "radio"} and not field.has_attr("checked")
    ):
        return []
    return [str(field.get("value", "on" if kind == "checkbox" else ""))]


# --- what must have happened before --------------------------------------------------------------------------------


def prepare(house: GuardedBakery, route: str, *, place: str, who: str) -> None:
    """Bring about what this form presupposes; inside `undone`."""
    if act := PREPARATIONS.get(route):
        act(house.named[place], house.sessions[who])


def _kept(named: Mapping[str, str], session: str) -> None:
    """What the disk forgets no rollback brings back."""
    upload = Upload.objects.get(reference=named["file"])
    upload.folder.mkdir(parents=True, exist_ok=True)
    upload.path.write_text(NEW_FILE.format(**named), encoding="utf-8")


def _left(named: Mapping[str, str], session: str) -> None:
    deactivate_person(named["person"], scope=INSTALLATION, at=AT)


def _never_came(named: Mapping[str, str], session: str) -> None:
    """Sessions of this house were given; whoever has come in is invited no more."""
    Person.objects.filter(key=named["person"]).update(last_login=None)


def _resolved(named: Mapping[str, str], session: str) -> None:
    resolve(int(named["annotation"]), scope=scope_of_key("ana"), at=AT)


def _retired(named: Mapping[str, str], session: str) -> None:
    day = AT.date().replace(month=12, day=1)
    retire_measure(named["measure"], on=day, reason="Nobody looks.", scope=INSTALLATION, at=AT)


def _overridden(named: Mapping[str, str], session: str) -> None:
    from fourfold.engine.quantities import Status
    from fourfold.governance.annotations.actions.override_status import Verdict, override_status
    from fourfold.governance.annotations.models import Subject
    from fourfold.governance.annotations.queries.anchors import Anchor

    place = Anchor(Subject.OBJECTIVE, named["objective"], named["unit"], named["period"])
    override_status(place, Verdict(Status.RED, "I know."), scope=scope_of_key("ana"), at=AT)


def _decided(named: Mapping[str, str], session: str) -> None:
    """Whoever asks has gone through the columns of this very file, whether they were let in there or not."""
    _kept(named, session)
    from fourfold.data.imports.web.wizard import Decided, remember
    from fourfold.folder.mapping.look import MappingDraft, ProposedMeasure

    columns = {"unit": "shop", "measure": "measure", "period": "month", "value": "value"}
    draft = MappingDraft("long", columns=columns, delimiter=";", date="%Y-%m")
    smell = ProposedMeasure(text="Bread smell", key="bread-smell", name="Bread smell")
    said = Decided(named["file"], "tills.csv", mapping="tills", draft=draft, offered_measures=(smell,))
    if session:
        store = import_module(settings.SESSION_ENGINE).SessionStore(session)
        remember(store, said)
        store.save()


PREPARATIONS: dict[str, Callable[[Mapping[str, str], str], None]] = {
    "annotations/<int:annotation>/reopen/": _resolved,
    "people/<slug:person>/reactivate/": _left,
    "people/<slug:person>/invite/": _never_came,
    FILE + "columns/": _kept,
    FILE + "discard/": _kept,
    "edit/measures/<slug:measure>/restore/": _retired,
    "overrides/<slug:objective>/<slug:unit>/<str:period>/withdraw/": _overridden,
    FILE + "new-things/": _decided,
    FILE + "preview/": _decided,
    FILE + "commit/": _decided,
}
