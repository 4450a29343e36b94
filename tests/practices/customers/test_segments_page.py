"""Segments on their page: rate and mix, the Simpson sentence, small segments, and reasons where there is no split."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fourfold.practices.customers.pages.segments_reading import read_segments
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst
from fourfold.scorecard.evaluation.pages.place import Place
from tests.practices.conftest import AT, ORDERS, measure

pytestmark = pytest.mark.django_db
KEPT = "/segments/kept/bakery/2026-09/"

SHIFTED = {"counter": (184, 200), "phone": (880, 1000), "web": (8, 11)}
"""Every channel keeps more of its orders, and most of them now come by phone, where fewer are kept."""

FEW = {"counter": (95, 100), "phone": (90, 100), "web": (2, 3)}
"""So few by the web that nobody may be shown."""


def split(scope, *, unit="bakery", against=Against.BEFORE, measure="kept", period="2026-09"):
    return read_segments(AskedAgainst(measure, Place(unit, period), against), scope=scope, at=AT)


def by_hand(before, after):
    """Bennet in plain Python, in percentage points: by channel (rate, mix)."""
    taken = [sum(counts[1] for counts in each.values()) for each in (before, after)]
    total = [
        sum(counts[0] for counts in each.values()) / whole
        for each, whole in zip((before, after), taken, strict=True)
    ]
    found = {}
    for channel in before:
        rates = [each[channel][0] / each[channel][1] for each in (before, after)]
        shares = [each[channel][1] / whole for each, whole in zip((before, after), taken, strict=True)]
        found[channel] = (
            100 * (sum(shares) / 2) * (rates[1] - rates[0]),
            100 * (sum(rates) / 2 - sum(total) / 2) * (shares[1] - shares[0]),
        )
    return found


@pytest.mark.method("M2.3")
def test_rate_and_mix_are_those_worked_out_by_hand(found, scope):
    found(orders=SHIFTED)
    page = split(scope())
    expected = by_hand(ORDERS, SHIFTED)

    assert [part.name for part in page.parts] == ["Counter", "Phone", "Web shop"]
    for part, (rate, mix) in zip(page.parts, expected.values(), strict=True):
        assert part.rate == pytest.approx(rate, abs=1e-9)
        assert part.mix == pytest.approx(mix, abs=1e-9)
    change = page.after - page.before
    assert sum(part.rate + part.mix for part in page.parts) == pytest.approx(change, abs=1e-9)


def test_the_simpson_sentence_stands_where_every_segment_contradicts_the_total(found, ana, read):
    found(orders=SHIFTED)
    page = read(ana(), KEPT)

    assert (
        page.select_one(".simpson").get_text()
        == "The total falls only because the mix shifted: every segment rose."
    )
    said = [each.get_text() for each in page.select(".drivers-sentence")]
    assert said[0] == "Orders kept fell by 0.8 pp, from 89.4 % (August 2026) to 88.5 % (September 2026)."
    assert said[2] == "Phone shifted it most: its share went from 9.0 % to 82.6 %, which made −1.80 pp."
    assert said[3].startswith("With one mix for both periods it would have risen from")
    units = page.select_one("section[aria-labelledby=units-title] tbody")
    assert [row.select("td")[-1].get_text() for row in units.select("tr")] == ["falls by mix alone"] * 2


def test_mix_is_not_blamed_where_a_small_segments_own_leap_carries_the_total(found, ana, read):
    found(orders={"counter": (899, 1000), "phone": (99, 100), "web": (7, 10)})
    page = read(ana(), KEPT)

    assert (
        page.select_one(".simpson").get_text()
        == "The total rises although Counter (90.1 % of the base) fell."
    )
    units = page.select_one("section[aria-labelledby=units-title] tbody")
    alarms = [row.select("td")[-1].get_text() for row in units.select("tr")]
    assert alarms == ["rises although most of it fell"] * 2


def test_mix_is_named_where_the_shift_outweighs_what_most_segments_did(found, scope):
    found(orders={"counter": (1799, 2000), "phone": (84, 100), "web": (8, 10)})
    page = split(scope())

    assert page.alarm == "The total rises mainly because the mix shifted: Counter, Phone fell."


def test_segments_that_agree_with_their_total_raise_no_alarm(found, scope):
    found(orders={"counter": (950, 1000), "phone": (90, 100), "web": (8, 10)})
    page = split(scope())

    assert page.alarm == ""
    assert (
        page.sentences[0]
        == "The segments' own values made +5.05 pp of it, the shift between segments 0.00 pp."
    )


def test_a_segment_with_its_own_target_is_not_hidden_by_a_green_total(found, scope):
    found(
        orders={"counter": (990, 1000), "phone": (60, 100), "web": (9, 10)},
        targets="kept,bakery,,2024-01,90,step,,,\nkept,bakery,phone,2024-01,85,step,,,\n",
    )
    page = split(scope())

    assert "The total is on target and hides that Phone misses its own." in page.warnings
    assert [each.status.value for each in page.multiples if each.target is not None] == ["red"]


def test_a_segment_that_differs_beyond_chance_is_worth_a_target(found, scope):
    found(orders={"counter": (990, 1000), "phone": (60, 100), "web": (9, 10)})
    page = split(scope())

    assert any(sentence.startswith("Counter, Phone") for sentence in page.warnings)
    assert [part.is_worth_own_target for part in page.parts] == [True, True, False]


def test_small_segments_stand_together_so_that_none_can_be_worked_out(found, ana, read):
    found(orders={"counter": (990, 1000), "phone": (60, 100), "web": (1, 2)})
    page = read(ana(), "/segments/kept/old-town/2026-09/")

    rows = [row.get_text() for row in page.select("table.rows")[0].select("th[scope=row]")]
    assert rows == ["Counter", "Small segments together (Phone, Web shop)"]
    assert [each.get_text() for each in page.select(".small-multiple h3")] == ["Counter"]
    assert "fewer than 5 cases" in page.get_text()


def test_a_lines_earlier_periods_with_few_cases_are_left_out(found, scope):
    found(orders=ORDERS, months={"2026-05": FEW})
    page = split(scope(), unit="old-town")
    lines = {each.name: each.series.values for each in page.multiples}

    may = -5
    assert lines["Web shop"][may] is None
    assert lines["Counter"][may] is None or lines["Phone"][may] is None
    assert lines["Web shop"][may + 1] is not None
    assert "fewer than 5 cases" in page.hidden


def test_small_segments_are_hidden_where_there_is_no_split(found, ana, read, client):
    found(orders=ORDERS, months={"2024-01": FEW})
    address = "/segments/kept/old-town/2024-01/"
    page = read(ana(), address)

    assert not page.select_one("section[aria-labelledby=split-title] table")
    assert [each.get_text() for each in page.select(".small-multiple h3")] != ["Counter", "Phone", "Web shop"]
    assert len(page.select(".small-multiple h3")) == 1
    assert "fewer than 5 cases" in page.select_one("section[aria-labelledby=multiples-title]").get_text()
    assert "Web shop" not in client.get(f"{address}segments.csv").content.decode()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{address}segments.xlsx").content))
    cells = [cell for row in workbook.get_sheet_by_index(0).to_python() for cell in row]
    assert cells
    assert "Web shop" not in cells


def test_files_hold_small_segments_together(found, ana, client):
    found(orders=FEW)
    client.force_login(ana())
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/segments/kept/old-town/2026-09/segments.csv").content.decode())
        )
    )

    assert [row["segment"] for row in rows][-1].startswith("Small segments together")
    assert "Web shop" not in [row["segment"] for row in rows]


def test_the_first_period_there_is_has_no_earlier_one(found, scope):
    found(orders=ORDERS, months={"2024-01": {}, "2024-02": {}})

    for period in ("2024-01", "2024-03"):
        assert split(scope(), period=period).reason == "There is no earlier period to compare with."
    assert split(scope(), period="2024-04").has_split


def test_last_year_is_compared_on_request_and_the_first_period_with_nothing(found, scope):
    found(orders=SHIFTED)

    assert split(scope(), against=Against.LAST_YEAR).before_label == "September 2025"
    first = split(scope(), period="2024-01")
    assert not first.has_split
    assert first.reason


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("punctuality", "Orders on time has no segments."),
        ("tickets", "Tickets is no ratio or mean: its segments add up, and there is no mix."),
    ],
)
def test_what_cannot_be_split_says_why(found, client, ana, scope, key, reason):
    segmented = "segments:\n  dimension: channel\n  members:\n    - {key: counter, name: Counter}\n"
    found(measures={"tickets": measure("tickets", "Tickets", more=segmented)})
    page = split(scope(), measure=key)

    assert (page.reason, page.parts) == (reason, ())
    client.force_login(ana())
    assert client.get(f"/segments/{key}/bakery/2026-09/waterfall.svg").status_code == 409


def test_the_measure_s_page_says_what_its_total_hides(found, ana, read):
    found(orders=SHIFTED)
    page = read(ana(), "/measures/kept/bakery/2026-09/")

    assert "every segment rose" in page.select_one("section[aria-labelledby=mix-title]").get_text()
    assert page.select(f'.actions-panel a[href="{KEPT}"]')
    assert not read(ana(), "/measures/sales/bakery/2026-09/").select("#mix-title")


def test_somebody_of_one_shop_sees_that_shop_alone(found, viewer, client):
    found(orders=SHIFTED)
    client.force_login(viewer("old-town"))

    assert client.get(KEPT).status_code == 403
    assert client.get("/segments/kept/riverside/2026-09/").status_code == 403
    assert client.get("/segments/kept/old-town/2026-09/").status_code == 200


def test_more_units_and_segments_cost_no_more_queries(found, ana, client):
    found(orders=SHIFTED)
    client.force_login(ana())
    client.get(KEPT)
    counts = []
    for address in (KEPT, "/segments/kept/old-town/2026-09/", "/segments/punctuality/bakery/2026-09/"):
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))

    assert len(set(counts)) == 1


def test_the_table_and_the_pictures_leave(found, ana, client):
    found(orders=SHIFTED)
    client.force_login(ana())
    rows = list(csv.DictReader(io.StringIO(client.get(f"{KEPT}segments.csv").content.decode())))

    assert [row["segment"] for row in rows] == ["Counter", "Phone", "Web shop"]
    assert float(rows[0]["rate_effect"]) == pytest.approx(by_hand(ORDERS, SHIFTED)["counter"][0])
    assert client.get(f"{KEPT}segments.png").content.startswith(b"\x89PNG")
    assert b"Mix: Phone" in client.get(f"{KEPT}waterfall.svg?size=narrow&theme=dark").content
