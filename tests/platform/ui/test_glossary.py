"""The words that pages explain are those of GLOSSARY.md, no more and no fewer."""

import re
from pathlib import Path

import pytest

from fourfold.platform.accounts.models import Person
from fourfold.platform.ui.glossary import TERMS

GLOSSARY = Path(__file__).parents[3] / "GLOSSARY.md"
LINE = re.compile(r"\| ([^|]+) \| `[^|]+` \| ([^|]+) \|")


def test_pages_explain_the_words_of_the_glossary_and_no_others():
    written = {
        (found[1].strip(), found[2].strip())
        for found in map(LINE.fullmatch, GLOSSARY.read_text().splitlines())
        if found
    }

    assert {(str(term.name), str(term.definition)) for term in TERMS} == written


def test_no_two_terms_are_said_the_same_way():
    said = [word.lower() for term in TERMS for word in term.said]

    assert len(said) == len(set(said))


@pytest.mark.django_db
def test_a_stranger_gets_no_glossary(client):
    assert client.get("/glossary.json").status_code in (302, 401, 403)


@pytest.mark.django_db
def test_every_term_has_its_place_on_the_page(client):
    client.force_login(Person.objects.create_user("ana", name="Ana"))

    page = client.get("/glossary/").content.decode()

    assert all(f'id="{term.key}"' in page for term in TERMS)


@pytest.mark.django_db
def test_the_script_gets_every_term_that_pages_say(client):
    client.force_login(Person.objects.create_user("ana", name="Ana"))

    told = client.get("/glossary.json")

    assert {term["key"] for term in told.json()["terms"]} == {term.key for term in TERMS if term.said}
    assert "private" in told["Cache-Control"]
