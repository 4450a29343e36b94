"""Actual, plan and forecast below each other: the form says which rows are which, and the preview what was left out."""

from fourfold.data.imports.models import StoredMapping
from tests.data.imports.web.test_a_column_for_each_period import committed, counts, written

SHEET = """Branch;Measure;Month;Scenario;Amount
Old Town shop;Shop sales;2026-10;Actual;41000
Old Town shop;Shop sales;2026-12;Plan;44000
Old Town shop;Shop sales;2026-11;Outlook B;43000
"""


def words(page):
    return {
        each.select_one("input[type=hidden]")["value"]: each.select_one("option[selected]")["value"]
        for each in page.select("section[aria-labelledby=parts-title] .field")
    }


def test_each_word_is_shown_with_what_its_rows_hold(client, ana, hand_in, page):
    shown = page(client.get(hand_in(ana, text=SHEET)))

    assert words(shown) == {"Actual": "value", "Plan": "target", "Outlook B": ""}
    assert "What the rows of “Scenario” hold" in shown.get_text()


def test_a_word_that_says_nothing_keeps_the_file_out_until_it_is_said(client, ana, hand_in, filled, page):
    columns = hand_in(ana, text=SHEET)
    form = filled(columns)

    refused = page(client.get(client.post(columns, form).url))
    said = form | {"part-2-is": "leave_out", "keeps_mapping": "on", "mapping": "scenarios"}
    preview = client.post(columns, said).url
    seen = page(client.get(preview))
    committed(client, preview)

    assert "Rows that say neither value nor target" in refused.get_text()
    assert (counts(seen)["New values"], counts(seen)["Targets"], counts(seen)["Left out"]) == ("1", "1", "1")
    assert "1 row left out: Scenario is “Outlook B”" in seen.get_text()
    assert [value for _period, value in written("old-town")] == [41000.0]
    assert '"part": {"Outlook B": "leave_out"}' in StoredMapping.objects.get(key="scenarios").text
    assert words(page(client.get(hand_in(ana, text=SHEET, name="next.csv"))))["Outlook B"] == "leave_out"
