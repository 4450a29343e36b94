"""The owner's words about a period: editions, two writers at once, what is owed, and the files that carry them."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fourfold.governance.annotations.actions.saying import TextMissing
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.models import Analysis, Subject
from fourfold.governance.annotations.queries.analyses import analysis_editions, analysis_of
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.annotations.queries.missing import missing_analyses
from fourfold.governance.annotations.queries.owning import NotItsOwner, OwnerOnlyReads
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.refusals.refusal import ChangedMeanwhile, OutOfScope
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from tests.governance.annotations.conftest import (
    AT,
    ON_TIME,
    READING,
    SALES,
    SALES_OLD_TOWN,
    SOON,
    WORKING,
    XSS,
)

pytestmark = pytest.mark.django_db

WORDS = AnalysisWords("Sales fell by 4 %.", "The oven broke.", "Ana orders a new one.")


def write(anchor, scope, *, words=WORDS, edition=0, at=AT):
    return write_analysis(anchor, words, edition=edition, scope=scope, at=at)


def test_every_edition_stays_and_the_latest_counts(scope):
    ana = scope("ana")
    assert write(SALES, ana) == 1
    assert write(SALES, ana, words=AnalysisWords("Sales fell by 5 %."), edition=1, at=SOON) == 2

    assert analysis_of(SALES, scope=ana).plain == "Sales fell by 5 %."
    assert [text.edition for text in analysis_editions(SALES, scope=ana)] == [2, 1]


def test_the_same_words_again_write_nothing(scope):
    ana = scope("ana")
    write(SALES, ana)

    assert write(SALES, ana, edition=1) == 1


def test_the_second_of_two_writers_is_refused(scope):
    ana = scope("ana")
    write(SALES, ana)

    with pytest.raises(ChangedMeanwhile):
        write(SALES, ana, words=AnalysisWords("Something else."))


def test_three_empty_answers_are_no_analysis(scope):
    with pytest.raises(TextMissing):
        write(SALES, scope("ana"), words=AnalysisWords(" ", "\n", ""))


@pytest.mark.method("M6.2")
@pytest.mark.parametrize("role", WORKING)
def test_whoever_works_there_writes_about_what_is_theirs_and_nothing_else(scope, now_as, role):
    with pytest.raises(NotItsOwner) as refused:
        write(SALES, scope("somebody", role, "bakery"))
    assert "Ana Ribeiro" in refused.value.told_sentence

    assert write(SALES, now_as("ana", role)) == 1


@pytest.mark.method("M6.2")
@pytest.mark.parametrize("role", READING)
def test_whoever_only_reads_writes_nothing_whatever_they_are_named_for(scope, now_as, role):
    with pytest.raises(NotItsOwner):
        write(SALES, scope("somebody", role, "bakery"))
    with pytest.raises(OwnerOnlyReads):
        write(SALES, now_as("ana", role))
    assert not Analysis.objects.exists()


def test_the_page_says_who_may_write_it(read, ana, person, now_as):
    for address in ("/analyses/measure/punctuality/bakery/2026-09/", "/measures/punctuality/bakery/2026-09/"):
        assert "Only its owner explains and judges this: Bruno Costa." in read(ana, address).text
    now_as("bruno", "viewer")
    assert (
        "your roles at this unit only read"
        in read(person("bruno"), "/measures/punctuality/bakery/2026-09/").text
    )


def test_the_owner_writes_about_the_own_thing_alone(ana):
    """Ana owns sales, and Bruno the objective."""
    write(SALES, scope_of(ana))

    with pytest.raises(NotItsOwner):
        write(ON_TIME, scope_of(ana))


def test_an_owner_writes_only_about_units_in_sight(ana, person):
    ana.memberships.all().delete()
    person("nora", "viewer", "bakery")

    with pytest.raises(OutOfScope):
        write(SALES_OLD_TOWN, scope_of(ana))


def test_what_is_off_target_and_unexplained_is_listed_with_its_owner(scope):
    ana = scope("ana")
    owed = missing_analyses(ana, "bakery", period="2026-09", at=AT)
    reds = [line for line in owed if line.subject == "measure"]
    assert reds, "the example needs a red measure in September 2026"
    assert all(line.owner.key and line.owner.name for line in owed)

    first = owed[0]
    write(Anchor(first.subject, first.key, "bakery", "2026-09"), scope(first.owner.key))
    left = missing_analyses(ana, "bakery", period="2026-09", at=AT)
    assert [line.key for line in left] == [line.key for line in owed[1:]]
    of_the_last = owed[-1].owner.key
    mine = missing_analyses(ana, "bakery", period="2026-09", at=AT, owner=of_the_last)
    assert {line.owner.key for line in mine} == {of_the_last}


def test_the_page_keeps_what_the_second_writer_typed_beside_what_the_first_kept(client, person, scope):
    write(SALES, scope("ana"), words=AnalysisWords("Theirs stands."))
    client.force_login(person("ana"))
    address = "/analyses/measure/sales/bakery/2026-09/"
    typed = {"happened": "Mine was late.", "why": "", "next": "", "edition": "0"}
    answer = client.post(address, typed)

    told = answer.content.decode()
    assert answer.status_code == 412
    assert "Mine was late." in told
    assert "Theirs stands." in told
    assert client.post(address, {**typed, "edition": "1"}).status_code == 302
    assert analysis_of(SALES, scope=scope("ana")).happened == "Mine was late."


def test_pages_and_files_carry_it(client, read, ana, scope):
    write(SALES, scope_of(ana))
    write(ON_TIME, scope("bruno"), words=AnalysisWords("Guests waited."))

    assert "The oven broke." in read(ana, "/measures/sales/bakery/2026-09/").text
    assert "Guests waited." in read(ana, "/objectives/serve-on-time/bakery/2026-09/").text
    assert "Sales fell by 4 %." in read(ana, "/scorecards/bakery/2026-09/").select_one(".row-note").text
    rows = csv.DictReader(
        io.StringIO(client.get("/scorecards/bakery/2026-09/scorecard.csv").content.decode())
    )
    told = {row["Measure key"]: row["Analysis"] for row in rows}
    assert told["sales"] == "Sales fell by 4 %.\nWhy: The oven broke.\nNext: Ana orders a new one."
    assert told["waste"] == ""


def test_the_printed_scorecard_carries_it(client, ana, scope):
    from pypdf import PdfReader

    write(SALES, scope_of(ana))
    write(ON_TIME, scope("bruno"), words=AnalysisWords("Guests waited."))
    client.force_login(ana)
    paper = PdfReader(io.BytesIO(client.get("/scorecards/bakery/2026-09/scorecard.pdf").content))
    told = " ".join(" ".join(page.extract_text() for page in paper.pages).split())

    assert "Sales fell by 4 %." in told
    assert "Guests waited." in told


SCHOOL = Anchor(Subject.INITIATIVE, "baking-school", "bakery", "2026-09")
AUGUST = Anchor(Subject.MEASURE, "sales", "bakery", "2026-08")


@pytest.fixture
def explained(ana, scope):
    """An objective, one of its measures in two periods, and an initiative, each by its owner."""
    definitions = known_definitions()
    (school,) = (each for each in definitions.initiatives if each.key == SCHOOL.key)
    (growing,) = (each for each in definitions.objectives if each.key == "grow-sales")
    write(SCHOOL, scope(school.owner), words=AnalysisWords("The teacher left."))
    grow = Anchor(Subject.OBJECTIVE, "grow-sales", "bakery", "2026-09")
    write(grow, scope(growing.owner), words=AnalysisWords("Fewer walked in."))
    write(SALES, scope_of(ana))
    write(AUGUST, scope_of(ana), words=AnalysisWords("August was hot."))
    return ana


def told_in(client, address, *, key, column="Analysis"):
    rows = csv.DictReader(io.StringIO(client.get(address).content.decode()))
    return {row[key]: row[column] for row in rows}


def told_in_workbook(client, address, *, key, column="Analysis"):
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address).content))
    heading, *rows = book.get_sheet_by_index(0).to_python()
    return {row[heading.index(key)]: row[heading.index(column)] for row in rows}


@pytest.mark.parametrize(
    ("file", "key", "column", "named", "said"),
    [
        ("/scorecards/bakery/2026-09/scorecard", "Measure key", "Analysis", "sales", WORDS.happened),
        (
            "/scorecards/bakery/2026-09/scorecard",
            "Measure key",
            "Analysis of the objective",
            "sales",
            "Fewer walked in.",
        ),
        ("/objectives/grow-sales/bakery/2026-09/measures", "Measure key", "Analysis", "sales", WORDS.why),
        (
            "/objectives/grow-sales/bakery/2026-09/measures",
            "Objective key",
            "Analysis of the objective",
            "grow-sales",
            "Fewer walked in.",
        ),
        ("/maps/bakery/2026-09/objectives", "Objective key", "Analysis", "grow-sales", "Fewer walked in."),
        (
            "/initiatives/bakery/2026-09/initiatives",
            "Initiative key",
            "Analysis",
            SCHOOL.key,
            "The teacher left.",
        ),
        ("/measures/sales/bakery/2026-09/table", "period", "analysis", "2026-08", "August was hot."),
        ("/measures/sales/bakery/2026-09/table", "period", "analysis", "2026-09", WORDS.next),
        ("/analyses/bakery/2026-09/analyses", "Key", "What happened", SCHOOL.key, "The teacher left."),
    ],
)
def test_every_file_of_a_table_carries_what_the_owners_said(
    client, explained, file, key, column, named, said
):
    client.force_login(explained)

    assert said in told_in(client, f"{file}.csv", key=key, column=column)[named]
    assert said in told_in_workbook(client, f"{file}.xlsx", key=key, column=column)[named]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/scorecards/bakery/2026-09/scorecard.pdf", ("The teacher left.", "Fewer walked in.", "Sales fell")),
        ("/maps/bakery/2026-09/map.pdf", ("Fewer walked in.",)),
    ],
)
def test_every_paper_carries_what_the_owners_said(client, explained, address, said):
    from pypdf import PdfReader

    client.force_login(explained)
    paper = PdfReader(io.BytesIO(client.get(address).content))
    told = " ".join(" ".join(page.extract_text() for page in paper.pages).split())

    assert [words for words in said if words not in told] == []


def test_the_list_of_a_period_s_analyses_names_the_initiatives_that_are_explained(read, explained):
    listed = read(explained, "/analyses/bakery/2026-09/").select_one(".analyses-written")

    row = next(row for row in listed.select("tbody tr") if SCHOOL.key in str(row))
    assert "initiative" in row.text
    assert "Active" in row.text


def test_the_files_ask_as_much_for_many_analyses_as_for_none(client, ana, scope):
    client.force_login(ana)
    files = (
        "/scorecards/bakery/2026-09/scorecard.csv",
        "/maps/bakery/2026-09/objectives.csv",
        "/measures/sales/bakery/2026-09/table.csv",
        "/initiatives/bakery/2026-09/initiatives.csv",
    )
    before = [asked(client, file) for file in files]
    write(SALES, scope_of(ana))
    write(AUGUST, scope_of(ana))
    write(ON_TIME, scope("bruno"))

    assert [asked(client, file) for file in files] == before


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_no_text_is_ever_markup(read, ana, scope):
    for attack in XSS:
        words = AnalysisWords(attack, attack, attack)
        edition = getattr(analysis_of(SALES, scope=scope_of(ana)), "edition", 0)
        write(SALES, scope_of(ana), words=words, edition=edition)
        for address in (
            "/measures/sales/bakery/2026-09/",
            "/scorecards/bakery/2026-09/",
            "/analyses/measure/sales/bakery/2026-09/",
            "/annotations/measure/sales/bakery/2026-09/",
        ):
            page = read(ana, address)
            assert attack in page.select_one("main").text or attack in page.text
            assert not page.select("[onerror], [onload], main script:not([src])")
            assert not [link for link in page.select("main a[href]") if "alert" in link["href"]]


def test_the_list_of_a_period_s_analyses_asks_as_much_for_many_as_for_few(client, ana, scope):
    client.force_login(ana)
    address = "/analyses/bakery/2026-09/"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(address)
    for line in missing_analyses(scope_of(ana), "bakery", period="2026-09", at=AT):
        write(Anchor(line.subject, line.key, "bakery", "2026-09"), scope(line.owner.key))
    with CaptureQueriesContext(connection) as after:
        page = client.get(address)

    assert page.status_code == 200
    assert len(after) == len(before)
