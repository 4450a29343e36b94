"""A mapping is kept under a name that is taken only knowingly, and by whoever may change the one that is there."""

import pytest

from fourfold.data.imports.models import ImportRun, StoredMapping
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
from fourfold.platform.units.models import Unit
from tests.data.imports.web.conftest import AT

PLAIN = "shop;measure;month;value\nOld Town shop;Shop sales;2026-10;41000\n"
OTHER = PLAIN.replace("month", "period")


@pytest.fixture
def rita(bakery):
    """A data steward of the Riverside shop alone."""
    person = Person.objects.create_user("rita", name="Rita Steward")
    Membership.objects.create(person=person, role="data_steward", unit=Unit.objects.get(key="riverside"))
    return person


@pytest.fixture
def keep(client, hand_in, filled):
    """Hand a file in as somebody and press “Continue” with “keep this mapping” ticked."""

    def keeping(person, text=PLAIN, *, name="tills", **said):
        columns = hand_in(person, text=text)
        return client.post(columns, filled(columns) | {"keeps_mapping": "on", "mapping": name} | said)

    return keeping


@pytest.fixture
def kept(client, keep):
    """Keep it and import the file."""

    def keeping(person, text=PLAIN, **said):
        preview = keep(person, text, **said)
        assert preview.status_code == 302, preview.content
        waiting = client.post(preview.url.replace("/preview/", "/commit/")).url
        run_due_jobs(at=AT)
        return client.get(waiting)

    return keeping


def stored(name="tills"):
    return StoredMapping.objects.get(key=name)


def test_a_taken_name_asks_and_says_whose_it_is(stan, rita, kept, keep, page):
    kept(stan)
    before = stored().text
    answer = keep(rita, OTHER)
    asked = page(answer).select_one("#taken")

    assert answer.status_code == 409
    assert "Stan Steward kept it on" in asked.get_text()
    assert "tills-2" in asked.get_text()
    assert page(answer).select_one("#keeps").has_attr("checked")
    assert page(answer).select_one("#mapping")["value"] == "tills"
    assert stored().text == before


def test_a_steward_of_another_unit_is_offered_no_replacement_and_cannot_force_one(
    stan, rita, kept, keep, page
):
    kept(stan)
    before = stored().text
    asked = page(keep(rita, OTHER)).select_one("#taken")
    assert not asked.select("[name=replaces]")
    assert "belongs to another unit" in asked.get_text()

    from fourfold.scorecard.evaluation.actions.change_definitions import edition

    assert keep(rita, OTHER, replaces=edition(before)).status_code == 409
    assert stored().text == before


def test_another_name_is_kept_beside_it(stan, rita, kept, page):
    kept(stan)
    text = OTHER.replace("Old Town", "Riverside")
    kept(rita, text, name="tills-2")

    assert (stored("tills").keeper, stored("tills-2").keeper) == ("stan", "rita")
    assert set(stored("tills-2").columns) == {"shop", "measure", "period", "value"}


def test_ones_own_is_replaced_knowingly(stan, kept, keep, page):
    kept(stan)
    asked = page(keep(stan, OTHER)).select_one("#taken")
    assert "You kept it on" in asked.get_text()

    kept(stan, OTHER, replaces=asked.select_one("[name=replaces]")["value"])

    assert '"period": "period"' in stored().text
    assert "period" in stored().columns


def test_whoever_may_at_a_unit_above_replaces_it_and_it_is_theirs(ana, stan, kept, keep, page):
    kept(stan)
    asked = page(keep(ana, OTHER)).select_one("#taken")

    kept(ana, OTHER, replaces=asked.select_one("[name=replaces]")["value"])

    assert stored().keeper == "ana"
    assert [unit.key for unit in stored().units.all()] == ["bakery"]


def test_a_replacement_agreed_to_does_not_reach_what_stands_there_by_then(
    ana, stan, client, kept, keep, page
):
    kept(stan)
    seen = page(keep(ana, OTHER)).select_one("#taken [name=replaces]")["value"]
    preview = keep(ana, OTHER, replaces=seen).url
    StoredMapping.objects.filter(key="tills").update(text=stored().text + "# by hand\n")

    waiting = client.post(preview.replace("/preview/", "/commit/")).url
    runs = ImportRun.objects.count()
    run_due_jobs(at=AT)

    assert "MAPPING_KEY_TAKEN" in page(client.get(waiting)).get_text()
    assert stored().text.endswith("# by hand\n")
    assert ImportRun.objects.count() == runs


def test_the_same_mapping_again_asks_nothing(stan, kept, keep):
    kept(stan)

    assert keep(stan).status_code == 302


def test_a_mapping_of_the_folder_belongs_to_the_whole(stan, clara, keep, page):
    theirs = page(keep(stan, name="shops")).select_one("#taken")
    assert "came with the organisation" in theirs.get_text()
    assert not theirs.select("[name=replaces]")

    assert page(keep(clara, name="shops")).select("#taken [name=replaces]")


def test_another_units_mapping_is_neither_renamed_nor_retired(client, stan, rita, kept, page):
    kept(stan)
    client.force_login(rita)

    listed = page(client.get("/import/mappings/"))
    assert not listed.select("form[action$='/tills/retire/']")
    assert client.post("/import/mappings/tills/retire/").status_code == 403
    assert client.post("/import/mappings/tills/rename/", {"to": "mine"}).status_code == 403
    assert stored().retired_at is None

    client.force_login(stan)
    assert client.post("/import/mappings/tills/retire/").status_code == 302


def test_a_retired_name_comes_back_only_knowingly(client, ana, stan, kept, keep, page):
    kept(stan)
    client.post("/import/mappings/tills/retire/")

    asked = page(keep(stan)).select_one("#taken")

    assert "retired" in asked.get_text()
    kept(stan, replaces=asked.select_one("[name=replaces]")["value"])
    assert stored().retired_at is None
