"""The commonest sheet, a column for each month, goes through the forms without script."""

from fourfold.data.imports.models import StoredMapping
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.scorecard.evaluation.queries import read_definitions
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.web.conftest import AT

SHEET = """Monthly figures

Measure;Branch;Oct 2026;Nov 2026;Total
Shop sales;Old Town shop;41000;42000;83000
Shop sales;Riverside shop;29000;;29000
Shop sales;Total;70000;42000;112000
"""
OCTOBER = 2026 * 12 + 9


def committed(client, preview):
    waiting = client.post(preview.replace("/preview/", "/commit/")).url
    run_due_jobs(at=AT)
    return client.get(waiting).url


def written(unit):
    rows = Observation.objects.filter(measure__key="sales", unit__key=unit, period__gte=OCTOBER)
    return list(rows.order_by("period").values_list("period", "value"))


def counts(page):
    return {each.dt.get_text(): each.dd.get_text() for each in page.select(".counts div")}


def test_the_layout_is_proposed_and_each_column_says_its_period(client, ana, hand_in, page):
    shown = page(client.get(hand_in(ana, text=SHEET)))

    assert shown.select_one(".segmented [aria-current]").get_text() == "a column for each period"
    assert "2 columns name periods" in shown.select_one(".layout-choice").get_text()
    chosen = [each.select_one("option[selected]")["value"] for each in shown.select("select[data-role]")]
    assert chosen == ["measure", "unit", "value", "value", ""]
    assert [each["value"] for each in shown.select(".mapper-period")] == ["2026-10", "2026-11", ""]


def test_taken_as_guessed_it_arrives_without_empty_cells_and_totals(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)

    preview = client.post(columns, filled(columns)).url
    seen = page(client.get(preview))
    committed(client, preview)

    assert (counts(seen)["New values"], counts(seen)["Without a value"], counts(seen)["Left out"]) == (
        "3",
        "1",
        "1",
    )
    assert "1 row left out: Branch is “Total”" in seen.get_text()
    assert written("old-town") == [(OCTOBER, 41000.0), (OCTOBER + 1, 42000.0)]
    assert written("riverside") == [(OCTOBER, 29000.0)]


def test_totals_may_be_kept_and_are_then_asked_about(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)
    form = filled(columns)
    assert (form["out-0-column"], form["out-0-value"], form["out-0-do"]) == ("Branch", "Total", "leave")

    step = client.post(columns, form | {"out-0-do": "keep"}).url

    assert step.endswith("/new-things/")
    assert page(client.get(step)).select_one("legend").get_text() == "Total"
    assert filled(columns)["out-0-do"] == "keep"


def test_rows_are_left_out_where_any_column_says_a_word(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)

    said = {"out-1-column": "Branch", "out-1-value": "Riverside shop"}
    seen = page(client.get(client.post(columns, filled(columns) | said).url))

    assert counts(seen)["New values"] == "2"
    assert "1 row left out: Branch is “Riverside shop”" in seen.get_text()


def test_a_kept_mapping_reads_next_month_s_column_too(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)
    committed(
        client, client.post(columns, filled(columns) | {"keeps_mapping": "on", "mapping": "monthly"}).url
    )
    assert 'layout: "periods"' in StoredMapping.objects.get(key="monthly").text
    later = (
        SHEET.replace("Nov 2026;Total", "Nov 2026;Dec 2026;Total")
        .replace("42000;83000", "42000;43000;126000")
        .replace("29000;;29000", "29000;;;29000")
        .replace("42000;112000", "42000;43000;1")
    )

    columns = hand_in(ana, text=later, name="december.csv")
    assert "fits this file" in page(client.get(columns)).get_text()
    committed(client, client.post(columns, {"use-stored": "1"}).url)

    assert written("old-town")[-1] == (OCTOBER + 2, 43000.0)


def test_a_file_of_one_value_a_row_is_not_offered_such_a_mapping(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)
    committed(
        client, client.post(columns, filled(columns) | {"keeps_mapping": "on", "mapping": "monthly"}).url
    )
    long = "Measure;Branch;Month;Value\nShop sales;Old Town shop;2026-10;1\n"

    shown = page(client.get(hand_in(ana, text=long, name="long.csv")))

    assert "monthly" not in [each.get_text() for each in shown.select(".notice b")]
    assert shown.select_one(".segmented [aria-current]").get_text() == "a row for each value"


def test_a_column_may_be_given_another_period_or_another_part(client, ana, hand_in, filled):
    columns = hand_in(ana, text=SHEET.replace("Nov 2026", "Start"))
    form = filled(columns)

    committed(client, client.post(columns, form | {"role-3": "target", "period-3": "Nov 2026"}).url)

    assert written("old-town") == [(OCTOBER, 41000.0)]
    points = {
        (target.unit, point.period.ordinal, point.value)
        for target in read_definitions().targets
        if target.measure == "sales"
        for point in target.points
    }
    assert ("old-town", OCTOBER + 1, 42000.0) in points


def test_all_columns_become_targets_by_one_choice(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET.replace("Oct 2026", "Dec 2026"))

    seen = page(client.get(client.post(columns, filled(columns) | {"heading-role": "target"}).url))

    assert (counts(seen)["New values"], counts(seen)["Targets"]) == ("0", "3")


def test_months_without_a_year_are_asked_for_it(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET.replace(" 2026", ""))
    form = filled(columns)

    refused = client.post(columns, form)
    preview = client.post(columns, form | {"heading-year": "2026"}).url

    assert refused.status_code == 422
    assert "“Oct” does not say of which year it is." in page(refused).get_text()
    assert counts(page(client.get(preview)))["New values"] == "3"


def test_dates_that_may_mean_two_days_are_read_in_the_order_that_is_said(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET.replace("Oct 2026", "10/11/2026").replace("Nov 2026", "11/12/2026"))
    form = filled(columns)

    refused = client.post(columns, form | {"order": ""})
    preview = client.post(columns, form | {"order": "month-first"}).url
    committed(client, preview)

    assert (refused.status_code, "may mean two dates" in page(refused).get_text()) == (422, True)
    assert written("old-town") == [(OCTOBER, 41000.0), (OCTOBER + 1, 42000.0)]


def test_what_is_no_period_and_what_is_said_twice_is_refused_by_name(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)
    form = filled(columns)

    wrong = client.post(columns, form | {"period-2": "soon"})
    twice = client.post(columns, form | {"period-2": "2026-11"})
    empty = client.post(columns, form | {"role-4": "value"})

    assert [each.status_code for each in (wrong, twice, empty)] == [422, 422, 422]
    assert "“Oct 2026”: “soon” is no period." in page(wrong).get_text()
    assert "“Oct 2026” and “Nov 2026” both hold" in page(twice).get_text()
    assert "“Total” holds values, but names no period." in page(empty).get_text()
    assert page(wrong).select(".mapper-period")[0]["value"] == "soon"


def test_a_finding_names_row_and_column(client, ana, hand_in, filled, page):
    columns = hand_in(
        ana, text=SHEET.replace("29000;;29000", "many;;29000").replace("42000;83000", "7;83000")
    )

    seen = page(client.get(client.post(columns, filled(columns)).url))

    said = " ".join(seen.select_one("#findings").get_text(" ").split())
    assert 'Row 5 "many" in column "Oct 2026" is not a number.' in said


def test_a_file_of_units_alone_becomes_one_new_measure(client, ana, hand_in, filled, page):
    text = "Shop;Oct 2026;Nov 2026\nOld Town shop;41;42\nRiverside shop;29;30\n"
    columns = hand_in(ana, text=text, name="Visitors.csv")

    things = client.post(columns, filled(columns)).url
    committed(client, client.post(things, filled(things)).url)

    assert Observation.objects.filter(measure__key="visitors").count() == 4


def test_numbers_that_could_be_read_both_ways_are_told_and_turned_round(client, ana, hand_in, filled, page):
    text = 'shop,measure,month,value\nOld Town shop,Shop sales,2026-10,"1,234"\n'
    columns = hand_in(ana, text=text)
    assert "could also be 1.234" in page(client.get(columns)).select_one("#evidence-thousands").get_text()

    preview = client.post(columns, filled(columns)).url
    told = page(client.get(preview)).select_one("#findings").get_text()
    turned = client.post(preview, {"other-numbers": "1"}).url
    committed(client, turned)

    assert "is read as 1234; it could also be 1.234." in told
    assert written("old-town") == [(OCTOBER, 1.234)]


def test_the_preview_counts_targets_one_by_one_and_shows_what_they_were(client, ana, hand_in, filled, page):
    first = "shop;measure;month;target\nOld Town shop;Shop sales;2026-11;5000\nOld Town shop;Shop sales;2026-12;6000\n"
    columns = hand_in(ana, text=first)
    committed(client, client.post(columns, filled(columns)).url)

    columns = hand_in(ana, text=first.replace("6000", "7000") + "Old Town shop;Shop sales;2027-01;8000\n")
    seen = page(client.get(client.post(columns, filled(columns)).url))

    assert counts(seen)["Targets"] == "2"
    rows = [
        [cell.get_text() for cell in row.select("th, td")]
        for row in seen.select("[aria-labelledby=targets-title] tbody tr")
    ]
    assert [row[:3] for row in rows] == [
        ["Shop sales", "Old Town shop", "2026-12"],
        ["Shop sales", "Old Town shop", "2027-01"],
    ]
    assert ["6,000" in rows[0][3], "7,000" in rows[0][4], "6,000" in rows[1][3]] == [True, True, True]


def test_of_many_changes_the_first_are_shown_with_their_number(client, ana, hand_in, filled, page):
    rows = [
        f"Old Town shop;Shop sales;20{25 + month // 12}-{month % 12 + 1:02d};{month}\n" for month in range(21)
    ]
    columns = hand_in(ana, text="shop;measure;month;value\n" + "".join(rows))

    seen = page(client.get(client.post(columns, filled(columns)).url))

    section = seen.select_one("[aria-labelledby=values-title]")
    assert "The first 20 of 21" in section.get_text()
    assert len(section.select("tbody tr")) == 20


def test_a_day_that_is_none_is_refused_and_stays_typed(client, ana, hand_in, filled, page):
    columns = hand_in(ana)
    things = client.post(columns, filled(columns)).url
    form = filled(things)
    assert form["unit-0-since"] == form["measure-0-since"] == ""

    refused = client.post(things, form | {"unit-0-since": "soon"})
    preview = client.post(things, form | {"unit-0-since": "2026-10-05", "measure-0-since": "2026-09-01"}).url

    assert (refused.status_code, "“soon” is no day" in page(refused).get_text()) == (422, True)
    told = page(client.get(preview)).select_one("main").get_text()
    assert "Harbour kiosk, from 5 Oct 2026 on" in told
    assert "Loaves given away, from 1 Sep 2026 on" in told


def test_names_on_two_rows_are_shown_and_may_be_said_otherwise(client, ana, hand_in, page):
    text = ";;2026;\nMeasure;Branch;Oct;Nov\nShop sales;Old Town shop;41000;42000\n"
    columns = hand_in(ana, text=text)

    guessed, said = page(client.get(columns)), page(client.get(f"{columns}?header=2&header_lines=1"))

    names = [each.get_text() for each in guessed.select(".mapper-name")]
    assert names == ["Measure", "Branch", "2026 Oct", "2026 Nov"]
    assert guessed.select_one("#header-lines option[selected]")["value"] == "2"
    assert [each.get_text() for each in said.select(".mapper-name")][2:] == ["Oct", "Nov"]


def test_a_mapping_of_names_on_two_rows_reads_next_month_s_file(client, ana, hand_in, filled, page):
    text = ";;2026;\nMeasure;Branch;Oct;Nov\nShop sales;Old Town shop;41000;42000\n"
    columns = hand_in(ana, text=text)
    kept = filled(columns) | {"keeps_mapping": "on", "mapping": "two-rows"}
    committed(client, client.post(columns, kept).url)
    later = text.replace("2026;", "2026;;").replace("Nov", "Nov;Dec").replace("42000", "42000;43000")

    columns = hand_in(ana, text=later, name="december.csv")
    committed(client, client.post(columns, {"use-stored": "1"}).url)

    assert "header_lines" in StoredMapping.objects.get(key="two-rows").text
    assert written("old-town")[-1] == (OCTOBER + 2, 43000.0)
