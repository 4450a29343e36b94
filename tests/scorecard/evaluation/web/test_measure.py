"""A measure's page, read as a person reads it, over Meridian's three years."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.slots import MEASURE_PANELS, SlotContent, slot
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries.live_cube import forget

MERIDIAN = Path(__file__).parents[4] / "examples" / "meridian"
HAMBURG = "/measures/revenue/hamburg/2026-06/"
PUNCTUAL = "/measures/otif/meridian/2026-09/"


@pytest.fixture(scope="module")
def meridian(django_db_setup, django_db_blocker):
    """Meridian Logistics, loaded once for this file and rolled back after it: a load takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget()
        at = datetime(2026, 10, 8, 9, tzinfo=UTC)
        load_strategy_folder(MERIDIAN, data=None, scope=INSTALLATION, at=at)
        yield
        transaction.set_rollback(True)
        forget()


@pytest.fixture
def ruth(meridian, db):
    """The strategy office at the root."""
    return Person.objects.get(key="r-okafor")


@pytest.fixture
def nora(meridian, db):
    """Somebody whose only role lies in the Nordic region."""
    person = Person.objects.create_user("nora", name="Nora Nord")
    Membership.objects.create(person=person, role="viewer", unit=Unit.objects.get(key="nordics"))
    return person


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def fact(page, name):
    """What stands beside a name in the card of the number."""
    return next(said(each.dd) for each in page.select(".figure-facts > div") if said(each.dt) == name)


def part(page, title):
    """The card of that heading."""
    return next(card for card in page.select("section.card") if card.h2 and said(card.h2) == title)


def rows(card):
    return [[said(cell) for cell in row.find_all(["th", "td"])] for row in card.select("tbody tr")]


def node(document, key):
    if document["key"] == key and document["kind"] == "measure":
        return document
    found = (node(child, key) for child in document.get("children", []))
    return next((each for each in found if each), None)


def table_of(name):
    with (MERIDIAN / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hamburg_in_june():
    """The revenue first reported and the one that replaced it, as the file says them."""
    said_in_file = [
        float(row["revenue_keur"])
        for row in table_of("ledger.csv")
        if (row["month"], row["site"]) == ("2026-06", "hamburg") and row["revenue_keur"]
    ]
    assert len(said_in_file) == 2
    return said_in_file


def test_the_number_its_target_and_its_score_are_those_of_the_interface(client, ruth, read):
    page = read(ruth, PUNCTUAL)
    told = node(json.loads(client.get("/api/v1/scorecards/meridian/2026-09").content)["scorecard"], "otif")

    assert said(page.select_one(".figure-value")) == f"{told['value']:.1f} %"
    assert fact(page, "Target").startswith(f"{told['target']:.1f} %")
    assert said(page.select_one(".figure-score")) == f"{told['score']:.0f} points"
    assert fact(page, "Observations") == f"{told['present']} of {told['due']}"


def test_attainment_is_shown_under_its_own_name_and_only_where_more_is_better(ruth, read):
    page = read(ruth, PUNCTUAL)
    value, target = (
        float(found.split()[0]) for found in (said(page.select_one(".figure-value")), fact(page, "Target"))
    )

    assert float(fact(page, "Attainment").split()[0]) == pytest.approx(100 * value / target, abs=0.11)
    with pytest.raises(StopIteration):
        fact(read(ruth, "/measures/absence-rate/meridian/2026-09/"), "Attainment")


def test_the_children_by_unit_lead_down(ruth, read):
    card = part(read(ruth, PUNCTUAL), "By unit")

    assert [row[0] for row in rows(card)] == [
        "Benelux region",
        "Germany, Austria and Switzerland region",
        "Nordics region",
        "Iberia region",
    ]
    assert card.select_one("tbody a")["href"] == "/measures/otif/benelux/2026-09/"


def test_a_leaf_has_no_children(ruth, read):
    with pytest.raises(StopIteration):
        part(read(ruth, HAMBURG), "By unit")


@pytest.mark.method("M7.1")
def test_segments_are_ratios_of_sums_that_make_the_total(ruth, read):
    card = part(read(ruth, "/measures/shipments/meridian/2026-09/"), "By service")
    by_segment = {row[0]: int(row[1].split()[0].replace(",", "")) for row in rows(card)}
    page = read(ruth, "/measures/shipments/meridian/2026-09/")

    assert list(by_segment) == ["Parcel", "Pallet", "Full load"]
    assert said(page.select_one(".figure-value")).startswith(f"{sum(by_segment.values()):,}")


def test_a_restated_number_is_shown_as_it_was_known_beside_what_is_known_now(ruth, read):
    now, then = read(ruth, HAMBURG), read(ruth, HAMBURG, as_of="2026-08-16")
    first, restated = hamburg_in_june()

    assert said(now.select_one(".figure-value")) == f"{restated:,.0f} €k"
    assert "Restated on 17 Aug 2026" in said(now.select_one(".figure-restated"))
    assert said(then.select_one(".figure-value")) == f"{first:,.0f} €k"
    banner = said(then.select_one(".known-banner"))
    assert "As known on 16 Aug 2026" in banner
    assert f"Then {first:,.0f} €k , today {restated:,.0f} €k : then 12.7 % higher" in banner
    assert now.select_one(".known-banner") is None


def test_the_day_of_the_restatement_itself_knows_the_new_number(ruth, read):
    banner = said(read(ruth, HAMBURG, as_of="2026-08-17").select_one(".known-banner"))

    assert "has not changed since" in banner


def test_a_day_that_is_none_is_refused(client, ruth):
    client.force_login(ruth)
    answer = client.get(HAMBURG, {"as_of": "yesterday"})

    assert answer.status_code == 422
    assert "is not a day" in answer.content.decode()


def test_a_day_before_anything_was_known_is_refused(client, ruth):
    client.force_login(ruth)
    answer = client.get(HAMBURG, {"as_of": "1999-12-31"})

    assert answer.status_code == 404
    assert "Nothing was known on 1999-12-31 yet" in answer.content.decode()


@pytest.mark.parametrize("day", ["2199-01-01", "9999-12-31"])
def test_a_day_to_come_knows_what_is_known_now(ruth, read, day):
    page = read(ruth, HAMBURG, as_of=day)

    assert "has not changed since" in said(page.select_one(".known-banner"))


def test_the_observations_name_file_and_line_and_what_superseded_them(ruth, read):
    shown = rows(part(read(ruth, HAMBURG), "Observations behind the number"))

    first, restated = hamburg_in_june()
    assert [row[2] for row in shown] == [f"{restated:,.0f} €k", f"{first:,.0f} €k"]
    newer, older = shown
    assert newer[5] == "still counts"
    assert older[5] == "17 Aug 2026, 09:30"
    assert all(re.fullmatch(r"data/ledger\.csv, line \d+", row[6]) for row in shown)
    lines = (MERIDIAN / "data" / "ledger.csv").read_text(encoding="utf-8").splitlines()
    older_line = lines[int(older[6].split()[-1]) - 1]
    assert older_line.startswith(f"2026-06,hamburg,{first}")


def test_the_observations_come_in_pages_with_and_without_script(client, ruth, read):
    whole = read(ruth, PUNCTUAL)
    onward = part(whole, "Observations behind the number").select_one("a[rel=next]")
    fragment = read(ruth, onward["hx-get"])
    plain = read(ruth, onward["href"].split("#")[0])

    assert "1–15 of 42" in said(part(whole, "Observations behind the number"))
    assert "16–30 of 42" in said(fragment)
    assert rows(fragment) == rows(part(plain, "Observations behind the number"))
    assert fragment.select_one("h1") is None


def test_a_place_beyond_the_last_row_shows_the_first_ones(ruth, read):
    """Another unit is picked with the address of the third leaf."""
    assert "1–2 of 2" in said(read(ruth, f"{HAMBURG}observations/?from=45"))


def test_a_year_gathers_the_rows_of_its_months(ruth, read):
    fragment = read(ruth, "/measures/revenue/hamburg/2025/observations/")

    assert "of 12" in said(fragment)


def test_a_computed_measure_leads_to_what_it_is_computed_from(ruth, read):
    card = part(read(ruth, "/measures/cost-per-shipment/meridian/2026-09/"), "Observations behind the number")

    assert [each["href"] for each in card.select(".operands a")] == [
        "/measures/operating-cost/meridian/2026-09/#observations",
        "/measures/shipments/meridian/2026-09/#observations",
    ]


def test_the_reasons_go_down_to_counts_target_and_thresholds(ruth, read):
    why = said(part(read(ruth, PUNCTUAL), "Why this score?"))

    assert "42 of 42" in why
    served = [row for row in table_of("transport.csv") if row["month"] == "2026-09"]
    in_full, due = (sum(int(row[name]) for row in served) for name in ("on_time_in_full", "due"))
    assert f"{in_full:,} ÷ {due:,} × 100" in why
    assert "Germany, Austria and Switzerland" in why


def test_a_missing_number_says_why_everywhere(ruth, read):
    page = read(ruth, "/measures/evidence-share/meridian/2026-09/")

    assert said(page.select_one(".figure-value")) == "–"
    assert "A required input is missing" in said(page.select_one(".figure-status"))
    assert "June 2026 to September 2026: a required input is missing" in said(page.select_one(".chart-notes"))
    assert fact(page, "Observations") == "0 of 14"


def test_a_value_carried_from_an_older_period_names_it(ruth, read):
    page = read(ruth, "/measures/net-promoter-score/meridian/2026-09/")

    assert said(page.select_one(".figure-title")) == "Meridian Logistics, Q3 2026"


def test_the_definition_says_how_values_add_up_and_where_the_score_lies(ruth, read):
    card = part(read(ruth, PUNCTUAL), "Definition")

    assert "Sum of numerators ÷ sum of denominators" in said(card)
    assert [row[0] for row in rows(card)] == ["Worst", "At risk begins", "Target", "Best"]
    assert "Re-promised dates do not count" in said(card)


def test_a_yes_or_no_has_words_and_no_attainment(ruth, read):
    page = read(ruth, "/measures/safety-certificate/hamburg/2026-06/")

    assert said(page.select_one(".figure-value")) in ("Yes", "No")
    with pytest.raises(StopIteration):
        fact(page, "Attainment")


@pytest.mark.parametrize("period", ["2026-09", "2026-Q3", "2026-09-ytd", "2026"])
def test_every_length_of_period_has_its_page_and_picture(client, ruth, period):
    client.force_login(ruth)

    assert client.get(f"/measures/revenue/meridian/{period}/").status_code == 200
    assert client.get(f"/measures/revenue/meridian/{period}/chart.svg").content.startswith(b"<svg")


def test_the_chart_is_the_same_bytes_every_time_and_carries_the_formatted_numbers(client, ruth):
    client.force_login(ruth)
    first, again = (client.get(f"{HAMBURG}chart.json").content for _ in range(2))

    assert first == again
    assert json.loads(first)["$schema"].endswith("/vega/v6.json")
    assert f"{hamburg_in_june()[1]:,.0f} €k" in json.dumps(json.loads(first), ensure_ascii=False)


def test_the_picture_can_be_taken_away(client, ruth):
    client.force_login(ruth)
    answer = client.get(f"{HAMBURG}chart.svg?download")

    assert answer["Content-Disposition"] == 'attachment; filename="revenue-hamburg-2026-06.svg"'
    assert answer["Content-Type"].startswith("image/svg+xml")


def test_the_table_can_be_taken_away_with_unrounded_numbers(client, ruth):
    client.force_login(ruth)
    answer = client.get(f"{HAMBURG}table.csv", {"periods": "13"})
    table = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert len(table) == 13
    assert table[-1]["period"] == "2026-06"
    assert float(table[-1]["value"]) == hamburg_in_june()[1]
    assert table[-1]["unit_of_measure"] == "kEUR"


@pytest.mark.parametrize("way", ["", "observations/", "explanation/", "chart.json", "chart.svg", "table.csv"])
def test_nobody_sees_a_unit_outside_their_sight(client, nora, way):
    client.force_login(nora)

    assert client.get(f"/measures/revenue/oslo/2026-06/{way}").status_code == 200
    assert client.get(f"/measures/revenue/hamburg/2026-06/{way}").status_code == 403
    assert client.get(f"/measures/revenue/meridian/2026-06/{way}").status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/measures/nothing/hamburg/2026-06/", 404),
        ("/measures/revenue/nowhere/2026-06/", 404),
        ("/measures/revenue/hamburg/2026-13/", 404),
        ("/measures/revenue/hamburg/1901-01/", 404),
    ],
)
def test_what_is_not_there_is_refused(client, ruth, address, status):
    client.force_login(ruth)

    assert client.get(address).status_code == status


def test_the_questions_to_the_database_do_not_grow_with_the_rows(client, ruth):
    client.force_login(ruth)

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    assert asked("/measures/otif/hamburg/2026-09/") == asked("/measures/otif/meridian/2026/")


def test_a_higher_app_adds_its_panel(client, ruth, read, settings, tmp_path):
    (tmp_path / "panel.html").write_text('<section id="planted">{{ unit }}</section>', encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    slot(MEASURE_PANELS).register(
        "planted", lambda keys, place: {key: SlotContent("panel.html", {"unit": place.unit}) for key in keys}
    )
    try:
        assert said(read(ruth, HAMBURG).select_one("#planted")) == "hamburg"
    finally:
        slot(MEASURE_PANELS).withdraw("planted")
