"""The journal as people read it: whose eyes an event is for, in which words, and the proof that nobody rewrote it."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.journal.pages.journal import read_journal
from fourfold.governance.journal.pages.sentences import SENTENCES
from fourfold.governance.journal.queries.reading import Wanted
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION, NOBODY
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals.refusal import NotPermitted
from tests.governance.annotations.conftest import (
    AT,
    CAUSE,
    SALES,
    SALES_OLD_TOWN,
    SALES_RIVERSIDE,
    SOON,
    XSS,
)

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).parents[3] / "src" / "fourfold"


@dataclass(frozen=True, slots=True)
class LampLit(Event):
    """A kind of event that has no sentence."""

    unit: str = ""
    units: tuple[str, ...] = ()
    note: str = ""


def record(event, *, scope=INSTALLATION, at=AT):
    with transaction.atomic():
        return audit.record(event, scope=scope, at=at).seq


def seen_by(scope, **wanted):
    return [line.seq for line in read_journal(scope, Wanted(**wanted), at=SOON).lines]


def test_an_event_about_one_unit_never_reaches_whoever_sees_only_another(ana, person, client):
    """The canary: planted at Riverside by every way an event can name a unit."""
    rita = scope_of(person("rita", "administrator", "riverside"))
    planted = [
        record(LampLit("lamp/canary", unit="riverside")),
        record(LampLit("lamp/canary", units=("old-town", "riverside"))),
        record(LampLit("unit/riverside", note="canary")),
        record(LampLit("measure/sales", unit="riverside"), scope=rita),
        record(LampLit("person/otto", unit="riverside")),
    ]
    for role in ("strategy_office", "data_steward", "auditor", "viewer", "measure_owner"):
        otto = person(f"otto-{role.replace('_', '-')}", role, "old-town")
        assert not set(planted) & set(seen_by(scope_of(otto)))
        client.force_login(otto)
        assert "riverside" not in client.get("/journal/").content.decode().lower()
        assert "riverside" not in client.get("/journal/journal.csv").content.decode().lower()
    assert set(planted) <= set(seen_by(scope_of(ana)))


def test_even_one_s_own_act_stays_away_once_the_unit_is_out_of_sight(person):
    olga = person("olga", "data_steward", "old-town")
    mine = record(LampLit("unit/riverside"), scope=scope_of(olga))

    assert mine not in seen_by(scope_of(olga))


def test_without_a_unit_only_a_role_at_the_whole_sees_an_event(ana, scope):
    seq = record(LampLit("lamp/1"))

    assert seq in seen_by(scope_of(ana))
    assert seq not in seen_by(scope("olga", "data_steward", "old-town"))


def test_an_auditor_of_a_unit_reads_its_events_and_a_viewer_only_own_ones(ana, scope):
    annotate(SALES_OLD_TOWN, NewAnnotation(CAUSE, "Rain."), scope=scope_of(ana), at=AT)
    last = AuditEvent.objects.order_by("-seq").first().seq
    viewer = scope("vera", "viewer", "old-town")
    own = record(LampLit("lamp/2"), scope=viewer)

    assert last in seen_by(scope("aud", "auditor", "old-town"))
    assert seen_by(viewer) == [own]


def test_owners_read_what_happens_to_their_things_in_units_they_see(ana, scope):
    office = scope_of(ana)
    annotate(SALES, NewAnnotation(CAUSE, "Rain."), scope=office, at=AT)
    last = AuditEvent.objects.order_by("-seq").first().seq

    assert last not in seen_by(scope("bruno"))  # the measure is Ana's
    from fourfold.platform.accounts.models import Membership

    Membership.objects.filter(person=ana).update(role="viewer")
    assert last in seen_by(scope_of(type(ana).objects.get(pk=ana.pk)))


def test_a_definition_belongs_to_the_unit_that_declares_it(ana, scope):
    seq = record(LampLit("objective/serve-on-time"))

    assert seq in seen_by(scope("aud", "auditor", "bakery"))
    assert seq not in seen_by(scope("otto", "auditor", "old-town"))


def test_nobody_sees_nothing(bakery):
    assert read_journal(NOBODY, Wanted(), at=SOON).lines == ()


def test_it_is_narrowed_by_person_kind_object_and_day(ana):
    office = scope_of(ana)
    mine = record(LampLit("lamp/9"), scope=office)
    later = record(LampLit("lamp/10"), at=AT + timedelta(days=2))

    assert seen_by(office, actor="ana") == [mine]
    assert seen_by(office, action="lamp_lit") == [later, mine]
    assert seen_by(office, object="lamp/9") == [mine]
    assert seen_by(office, action="lamp_lit", until=AT.date()) == [mine]
    assert seen_by(office, action="lamp_lit", since=(AT + timedelta(days=1)).date()) == [later]


def test_leaves_follow_one_another_without_gap_or_repetition(ana):
    office = scope_of(ana)
    for number in range(7):
        record(LampLit(f"lamp/{number}"), scope=office)
    found, before = [], None
    while True:
        page = read_journal(office, Wanted(action="lamp_lit", before=before), at=SOON, at_most=3)
        found += [line.object for line in page.lines]
        before = page.older
        if before is None:
            break

    assert found == [f"lamp/{number}" for number in reversed(range(7))]


def test_every_kind_of_event_has_its_sentence():
    kinds = set()
    for file in SOURCE.rglob("*.py"):
        for name in re.findall(r"^class (\w+)\(Event\)", file.read_text(encoding="utf-8"), re.MULTILINE):
            kinds.add(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower())

    assert kinds - set(SENTENCES) == set()


def test_events_read_as_sentences_with_names_and_an_unknown_kind_still_reads(ana, person):
    office = scope_of(ana)
    annotate(SALES, NewAnnotation(CAUSE, "Rain."), scope=office, at=AT)
    record(LampLit("lamp/7"), scope=office)
    told = [line.sentence for line in read_journal(office, Wanted(), at=SOON).lines]

    assert told[0] == "Ana Ribeiro: lamp lit, lamp/7."
    assert told[1] == "Ana Ribeiro annotated the measure “Shop sales” in Harbour Bakery, September 2026."


@dataclass(frozen=True, slots=True)
class ValuesEntered(Event):
    """As the grid records it."""

    unit: str = ""
    period: str = ""
    values: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class PeriodMoved(Event):
    """As closing records it."""

    unit: str = ""
    month: str = ""
    before: str = ""
    state: str = ""
    reason: str = ""


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            ValuesEntered("unit/old-town", unit="old-town", period="2026-09", values=1, notes=1),
            "Ana Ribeiro entered 1 value for Old Town shop, September 2026, with 1 note.",
        ),
        (
            ValuesEntered("unit/old-town", unit="old-town", period="2026-Q3", values=2, notes=0),
            "Ana Ribeiro entered 2 values for Old Town shop, Q3 2026, with no note.",
        ),
        (
            PeriodMoved(
                "period/2026-09/bakery", unit="bakery", month="2026-09", before="open", state="final"
            ),
            "Ana Ribeiro moved September 2026 of Harbour Bakery from open to final.",
        ),
    ],
)
def test_a_sentence_counts_and_names_as_people_do(ana, event, told):
    record(event, scope=scope_of(ana))

    (line, *_older) = read_journal(scope_of(ana), Wanted(), at=SOON).lines
    assert line.sentence == told


def test_the_page_leads_to_what_was_said(ana, read):
    annotate(SALES_RIVERSIDE, NewAnnotation(CAUSE, "Rain."), scope=scope_of(ana), at=AT)
    page = read(ana, "/journal/")

    assert page.select_one('a[href="/annotations/measure/sales/riverside/2026-09/"]')
    assert page.select_one('nav a[href="/journal/"]')


def test_whoever_may_not_watch_finds_no_way_to_it_but_the_own_acts(person, read):
    page = read(person("vera", "viewer", "bakery"), "/journal/")

    assert not page.select_one('nav a[href="/journal/"]')
    assert "What you did" in page.text


def test_the_chain_is_proven_for_those_who_may_ask(ana, person, scope, client):
    auditor = person("aud", "auditor", "bakery")
    client.force_login(auditor)
    assert "The chain holds" in client.get("/journal/?verify=1").content.decode()
    with pytest.raises(NotPermitted):
        read_journal(scope("vera", "viewer", "bakery"), Wanted(), at=SOON, is_verifying=True)
    client.force_login(ana)
    assert client.get("/journal/?verify=1").status_code == 403


def test_the_file_has_the_lines_of_the_page_and_no_formula(ana, client):
    record(LampLit("=HYPERLINK(1)"), scope=scope_of(ana))
    client.force_login(ana)
    rows = list(csv.DictReader(io.StringIO(client.get("/journal/journal.csv?person=ana").content.decode())))

    assert [row["Object"] for row in rows] == ["'=HYPERLINK(1)"]
    assert client.get("/journal/journal.xlsx").status_code == 200


def test_no_event_is_ever_markup(ana, read):
    for attack in XSS:
        record(LampLit(attack, note=attack), scope=scope_of(ana))
    page = read(ana, "/journal/")

    assert all(attack in page.text for attack in XSS)
    assert not page.select("[onerror], [onload], main script:not([src])")
    assert not [link for link in page.select("main a[href]") if link["href"].startswith("javascript:")]


def test_odd_filters_are_no_error(ana, client):
    client.force_login(ana)
    for query in ("since=never", "until=9999-12-31", "before=x", "before=-1", "kind=%00", "person=%27"):
        assert client.get(f"/journal/?{query}").status_code == 200


def test_the_page_asks_as_much_for_many_events_as_for_few(ana, client):
    client.force_login(ana)
    client.get("/journal/")
    with CaptureQueriesContext(connection) as few:
        client.get("/journal/")
    for number in range(60):
        record(LampLit(f"lamp/{number}", unit="old-town"), scope=scope_of(ana))
    with CaptureQueriesContext(connection) as many:
        client.get("/journal/")

    assert len(many) == len(few)
