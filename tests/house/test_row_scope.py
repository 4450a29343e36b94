"""What lies in another unit appears nowhere: two worlds that differ only elsewhere look the same (TRUST §2 row 2).

In the Riverside shop and at the root stand values and texts that nobody else could have written. Everything that
somebody of the Old Town shop can open is opened, with addresses of both shops and every parameter that pages take.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pypdf
import pytest

from fourfold.data.entry.actions.close_period import Step, close_period
from fourfold.data.entry.models import EntryDraft, ObservationNote, Restatement
from fourfold.data.imports.models import ImportRun, Upload
from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions import Definitions, Membership, Milestone, Target, TargetPoint
from fourfold.engine.definitions import Person as StaffMember
from fourfold.engine.quantities import Status
from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.annotations.actions.override_status import Verdict, override_status
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.models import AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.signals.models import DecisionKind, LimitDecision
from fourfold.platform.accounts.models import Invitation, Person
from fourfold.platform.accounts.models import Membership as HeldRole
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.jobs.models import Job
from fourfold.platform.notifications.actions import notify
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.queries.digest import known_digest_of
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import NewObservation, append_observations
from fourfold.scorecard.measures.models import Observation
from tests.house.guarded_bakery import AT, OTHER, OWN, GuardedBakery, routes, undone
from tests.house.route_answers import takes_forms
from tests.house.route_bodies import prepare, sound_body

pytestmark = pytest.mark.django_db

ASKED = "zanzibar-riverside-0"
"""A reference that the reader typed: a refusal may say it back, whether there is such a thing or not."""
AIMED = {("sales", OTHER), (f"crust-{OTHER}", OTHER)}
AUGUST, SEPTEMBER = 24_319, 24_320  # months since year 0
CANARY = "zanzibar"
"""Stands in every text that is planted, in no other."""
OF_THE_MOMENT = {"Content-Length", "ETag", "Expires", "Last-Modified", "Set-Cookie"}
READERS = ("viewer", "strategy-office")
MADE_HERE = re.compile(
    r"""datetime="[^"]*"|\d\d?\ \w+\ \d{4},\ \d\d:\d\d"""  # when a form was sent
    r"""|/(decisions|annotations|files)/[-\w]+/|(annotation|reply|right)-\d+""",  # the number it was given
)
"""Says of nobody else more than how many rows the whole installation has."""
SENDER = "strategy-office"
"""Of the roles of one shop it may send the most forms: what their answers say is looked through, too."""
OTHERS = ("administrator", "data-steward", "auditor")
"""Looked through once: what differs by role are doors, with the same rows in sight behind; these open the most."""
PARAMETERS = (
    "search/?q=zanzi",
    "search/?q=course&unit=riverside&period=2026-09",
    "search/?q=crust&unit=bakery",
    "due/?whose=all&unit=riverside",
    "due/?whose=all",
    "journal/?object=measure/crust-riverside",
    "journal/?person=neighbour",
    "journal/?verify=1",
    "journal/journal.csv?person=neighbour",
    "scorecards/old-town/2026-09/?to=riverside",
    "scorecards/old-town/2026-09/scorecard.xlsx",
    "units/old-town/2026-09/?levels=all",
    "units/bakery/2026-09/?levels=all",
    "units/old-town/2026-09/compare/?with=riverside&with=bakery",
    "units/old-town/2026-09/ranking/?measure=sales",
    "units/bakery/2026-09/ranking/?measure=sales",
    "units/old-town/2026-09/units.xlsx",
    "initiatives/old-town/2026-09/initiatives.xlsx",
    "measures/sales/old-town/2026-09/",
    "measures/sales/old-town/2026-09/explanation/",
    "measures/sales/old-town/2026-09/chart.json",
    "measures/sales/old-town/2026-09/table.xlsx",
    "measures/sales/old-town/2026-09/signals/points.xlsx",
    "measures/sales/bakery/2026-09/signals/chart.json",
    "measures/sales/bakery/2026-09/",
    "measures/sales/bakery/2026-09/chart.json",
    "measures/sales/riverside/2026-09/",
    "objectives/grow-sales/old-town/2026-09/",
    "objectives/grow-sales/bakery/2026-09/",
    "annotations/measure/sales/old-town/2026-09/",
    "entry/old-town/2026-09/?measure=sales&periods=12",
    "edit/targets/sales/riverside/",
    "edit/apply/?measure=sales",
    "api/v1/scorecards/bakery/2026-09",
    "api/v1/signals/sales/old-town/2026-09",
    "api/v1/signals/sales/bakery/2026-09",
    "api/v1/exceptions/bakery/2026-09",
    "api/v1/variance/sales/old-town/2026-09",
    "evidence/build-skills/reduce-waste/old-town/2026-09/?move=3",
    "restatements/",
    f"import/files/{ASKED}/columns/",
    f"import/jobs/{ASKED}/",
    f"import/runs/{ASKED}/",
    "periods/old-town/?month=2025-03",
    "periods/riverside/?month=2025-03",
    "edit/targets/crust-riverside/",
    "no-such-page/x/",
)


Walk = Callable[[str, float, int], dict[str, str]]


@pytest.fixture(scope="module")
def walk(guarded: GuardedBakery) -> Walk:
    """What a reader sees where this value was planted so often; the same walk is taken once."""

    @cache
    def seen(reader: str, value: float, times: int) -> dict[str, str]:
        with undone():
            plant(value, times=times)
            return everything(reader, guarded)

    return seen


@pytest.mark.parametrize("reader", [*READERS, *OTHERS])
def test_no_word_and_no_value_of_another_unit_appears(reader: str, walk: Walk) -> None:
    seen = walk(reader, 97_531_864.0, 1)

    assert len(seen) > 150
    leaks = [address for address, text in seen.items() if shows_a_canary(text)]
    assert not leaks


@pytest.mark.parametrize("reader", READERS)
def test_counts_and_totals_leave_other_units_out(reader: str, walk: Walk) -> None:
    """Not one byte of a page depends on what another unit holds, or on how much of it."""
    one, other = walk(reader, 97_531_864.0, 1), walk(reader, 3.0, 3)

    assert [address for address in one if one[address] != other[address]] == []


def test_whoever_sees_the_whole_sees_what_was_planted(walk: Walk) -> None:
    """The test can fail: the same pages do show it all to a founder."""
    seen = walk("founder", 97_531_864.0, 1)

    assert sum(map(shows_a_canary, seen.values())) > 20


def test_the_digest_tells_of_units_in_sight_alone(guarded: GuardedBakery) -> None:
    with undone():
        plant(97_531_864.0, times=1)
        digest = known_digest_of("viewer")

    assert digest is not None
    assert [line.text for line in digest.lines] == ["Due in old-town"]


def test_a_role_taken_away_closes_every_page_and_the_digest_at_once(guarded: GuardedBakery) -> None:
    """TRUST §2 row 3: the session stays, the sight is gone with the next request."""
    page = f"/scorecards/{OWN}/2026-09/"
    with undone():
        assert guarded.browser("viewer").get(page).status_code == 200
        HeldRole.objects.filter(person__key="viewer").delete()
        assert guarded.browser("viewer").get(page).status_code == 403
        assert known_digest_of("viewer") is None
        assert "Due in" not in guarded.browser("viewer").get("/notifications/").content.decode()


def test_the_access_of_a_person_who_left_is_gone_with_the_next_request(guarded: GuardedBakery) -> None:
    with undone():
        Person.objects.filter(key="viewer").update(is_active=False)
        answer = guarded.browser("viewer").get(f"/scorecards/{OWN}/2026-09/")
        assert answer.status_code in (302, 403)
        assert known_digest_of("viewer") is None


# --- what is planted -------------------------------------------------------------------------------------------------


def plant(value: float, *, times: int) -> None:
    """In the other shop and at the root: every kind of thing that belongs to a unit, so often."""
    _values(value)
    for number in range(times):
        for unit in (OTHER, "bakery"):
            _texts(
                unit, number=number, seq=Observation.objects.order_by("-seq").values_list("seq", flat=True)[0]
            )
    told = _defined_elsewhere(read_definitions(), times=times)
    courses = (
        replace(
            each,
            description=f"{CANARY} {times}",
            milestones=(Milestone(f"{CANARY} {times}", date(2026, 3, 1)),),
        )
        if each.key == f"course-{OTHER}"
        else replace(each, budget=Decimal(int(value)), spent=Decimal(int(value)))
        if f"course-{OWN}" != each.key
        else each
        for each in told.initiatives
    )
    aims = (
        Target(measure, OTHER, (TargetPoint(Period(Frequency.MONTH, SEPTEMBER), value),), origin=CANARY)
        for measure in ("sales", f"crust-{OTHER}")
    )
    kept = tuple(each for each in told.targets if (each.measure, each.unit) not in AIMED)
    write_definitions(
        replace(told, initiatives=tuple(courses), targets=(*kept, *aims)), scope=INSTALLATION, at=AT
    )
    # Not at the root: what is closed there is closed for every shop, with the reason for it.
    close_period(Step(OTHER, "2025-03", "flash", f"{CANARY} {times}"), scope=scope_of_key("ana"), at=AT)


def _defined_elsewhere(told: Definitions, *, times: int) -> Definitions:
    """So many units, objectives, measures, links and people more in the other shop, in the listing beside one's own."""
    (oven,) = (each for each in told.objectives if each.key == f"oven-{OTHER}")
    (crust,) = (each for each in told.measures if each.key == f"crust-{OTHER}")
    (course,) = (each for each in told.initiatives if each.key == f"course-{OTHER}")
    (shop,) = (each for each in told.units if each.key == OTHER)
    names = [f"{CANARY}-{number}" for number in range(times)]
    share = crust.objectives[0]
    crusts = [
        replace(crust, key=name, name=name, objectives=(replace(share, objective=name),)) for name in names
    ]
    staff = Membership(role="viewer", unit=OTHER)
    return replace(
        told,
        units=(*told.units, *(replace(shop, key=name, name=name, parent=OTHER) for name in names)),
        people=(*told.people, *(StaffMember(name, name, "", (staff,)) for name in names)),
        objectives=(*told.objectives, *(replace(oven, key=name, name=name) for name in names)),
        causal_links=(
            *told.causal_links,
            *(replace(told.causal_links[0], target=name, hypothesis=name) for name in names),
        ),
        measures=tuple(sorted((*told.measures, *crusts), key=lambda each: each.key)),
        initiatives=(
            *told.initiatives,
            *(replace(course, key=name, name=name, objectives=(name,)) for name in names),
        ),
    )


def _values(value: float) -> None:
    rows = [
        NewObservation(measure, OTHER, period, value=value + place)
        for place, period in enumerate((AUGUST, SEPTEMBER))
        for measure in ("sales", f"crust-{OTHER}", "lessons")
    ]
    append_observations(rows, scope=INSTALLATION, at=AT)


def _texts(unit: str, *, number: int, seq: int) -> None:
    said, ana, row = f"{CANARY} {unit} {number}", scope_of_key("ana"), Unit.objects.get(key=unit)
    measure = Anchor(Subject.MEASURE, "sales", unit, "2026-09")
    objective = Anchor(Subject.OBJECTIVE, "grow-sales", unit, "2026-09")
    neighbour = Person.objects.get(key="neighbour")
    annotate(measure, NewAnnotation(AnnotationType.CAUSE, said, is_point=True), scope=ana, at=AT)
    write_analysis(objective, AnalysisWords(said, said, said), edition=number, scope=ana, at=AT)
    if not number:
        override_status(objective, Verdict(Status.AMBER, said), scope=ana, at=AT)
    LimitDecision.objects.create(
        kind=DecisionKind.SPECIAL_CAUSE, measure="sales", unit=row, first_period="2025-03", last_period="2025-03",
        reason=said, author=neighbour, recorded_at=AT,
    )  # fmt: skip
    ObservationNote.objects.create(observation_id=seq, text=said, person_key="neighbour", at=AT)
    EntryDraft.objects.create(person=neighbour, unit=row, place=said[:100], texts={"a": said}, at=AT)
    Restatement.objects.create(
        unit=row, restatement_class="error", reason=said, proposer=neighbour, proposed_at=AT
    )
    run = ImportRun.objects.create(
        reference=f"{CANARY}-{unit}-{number}", mapping_key="shops", file_name=said, file_sha256="0", at=AT,
        actor="neighbour", rows_read=1, values_written=1, values_unchanged=0, warnings=[said], remarks=1,
    )  # fmt: skip
    run.units.add(row)
    Upload.objects.create(
        reference=f"{CANARY}-{unit}-{number}", name=said, kind="csv", size=7, sha256="0", keeper="neighbour",
        kept_at=AT,
    )  # fmt: skip
    Job.objects.create(
        key=f"{CANARY}-{unit}-{number}", name="imports.commit", payload={"file": said}, actor="neighbour",
        queued_at=AT, problem=CANARY, sentence=said, remedy=said,
    )  # fmt: skip
    Invitation.objects.create(
        digest=said, name=said, email=f"{CANARY}-{unit}-{number}@example.org", unit=row, invited_by=neighbour,
        invited_at=AT, expires_at=AT.replace(year=2099),
    )  # fmt: skip
    notify(READERS, NoticeKind.ANALYSIS, subject_text=said, address="/due/", key=said, at=AT, unit=unit)


# --- what is looked at -----------------------------------------------------------------------------------------------


def everything(reader: str, house: GuardedBakery) -> dict[str, str]:
    """The text of every address that may be read, and what every form answers, as this person gets it."""
    read = {address: seen(reader, address, house=house) for address in dict.fromkeys(addresses(house))}
    return read | (dict(answered(house)) if reader == SENDER else {})


def answered(house: GuardedBakery) -> Iterator[tuple[str, str]]:
    """What each form of the Old Town shop answers, to the page that follows."""
    for route in takes_forms():
        if not route.startswith("accounts/"):
            with undone():
                prepare(house, route, place=OWN, who=SENDER)
                body = sound_body(house, route)
                answer = house.browser(SENDER).post(house.address(route), body.sent, follow=True)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            kind = str(answer.get("Content-Type", ""))
            yield f"POST {route}", f"{answer.status_code} {plain(content, kind)}"


def addresses(house: GuardedBakery) -> Iterator[str]:
    for route in routes():
        if not route.startswith("accounts/"):
            yield from (house.address(route, place) for place in (OWN, OTHER))
            yield house.address(route).replace("/old-town/", "/bakery/")
    for said in PARAMETERS:
        yield "/" + said


def seen(reader: str, address: str, *, house: GuardedBakery) -> str:
    answer = house.browser(reader).get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = {name: said for name, said in answer.headers.items() if name not in OF_THE_MOMENT}
    return f"{answer.status_code} {told} {plain(content, str(answer.get('Content-Type', '')))}"


def plain(content: bytes, kind: str) -> str:
    """Workbooks unpacked, documents read, tokens and moments of this very request left out."""
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(
                book.read(name).decode() for name in sorted(book.namelist()) if "docProps" not in name
            )
    if kind == "application/pdf":
        written = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        return re.sub(r"\d\d:\d\d\s+UTC", "", written)  # when it was made stands at every page's foot
    text = content.decode("utf-8", errors="replace").replace(ASKED, "what was asked for")
    text = re.sub(MADE_HERE, "", text)
    return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken"|hx-headers|data-csrf-token)[^>]*', "", text)


def shows_a_canary(text: str) -> bool:
    """A planted word, or digits of a planted value however they are grouped."""
    digits = re.sub(r"(?<=\d)[ ,.\u2009\u202f\u00a0](?=\d)", "", text)
    return CANARY in text.lower() or "975318" in digits
