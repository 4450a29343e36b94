"""Nothing that somebody writes comes to life anywhere (TRUST §2 row 12): planted once, every answer parsed once.

`payloads.txt` is the corpus; `planting.py` writes it into every text that people and files can write. What a browser
makes of the same pages is in `tests/browser/test_words_stay_words.py`.
"""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.apps import apps
from django.core.mail import EmailMultiAlternatives
from django.db import models

from fourfold.platform.notifications.actions.send_digest import send_digest
from tests.security.conftest import HostileBakery
from tests.security.foreign import (
    foreign_in_data,
    foreign_in_document,
    foreign_in_drawing,
    foreign_in_page,
    words_of,
)
from tests.security.looking import Answer, addresses, forms_of, hostile_addresses, look
from tests.security.saying import ROGUE, mark, payloads
from tests.security.silent import SILENT

pytestmark = pytest.mark.django_db

SPOKEN = ("""rogue'"><rogue7731 onfocus=rogue7731() autofocus>{{7731*7731}}""", "javascript:rogue7731()//")
PLAIN = ("<rogue", "<script>", "<svg", "<img src=x")
SURE = [text for text in payloads() if text.isprintable() and text.startswith(PLAIN)]
"""What every parser brings to life where nothing is escaped."""
OF_TEXT = (models.CharField, models.TextField, models.JSONField)


@pytest.fixture(scope="module")
def seen(hostile: HostileBakery) -> list[Answer]:
    """Everything a founder can look at, asked once."""
    return [look(hostile.house, address) for address in addresses(hostile.house)]


def test_no_page_makes_anything_of_what_it_shows(seen: list[Answer]) -> None:
    pages = [answer for answer in seen if answer.kind == "text/html"]
    assert len(pages) > 100
    assert sum(ROGUE in page.text for page in pages) > 60
    assert {page.address: told for page in pages if (told := foreign_in_page(page.text))} == {}


def test_drawings_documents_and_data_make_nothing_of_it_either(seen: list[Answer]) -> None:
    readers = {
        "image/svg+xml": lambda answer: foreign_in_drawing(answer.content),
        "application/pdf": lambda answer: foreign_in_document(answer.content),
        "application/json": lambda answer: foreign_in_data(answer.text),
    }
    files = [answer for answer in seen if answer.kind in readers and answer.status == 200]
    assert {answer.kind for answer in files} == set(readers)
    assert {answer.address: told for answer in files if (told := readers[answer.kind](answer))} == {}


def test_a_document_says_the_payload_as_words(seen: list[Answer]) -> None:
    said = "".join(words_of(answer.content) for answer in seen if answer.kind == "application/pdf")
    assert said.count("rogue7731") > 10
    assert "<" in said


def test_every_payload_stands_on_some_page(seen: list[Answer]) -> None:
    """A corpus that nobody shows would prove nothing."""
    flat = flattened(unescape("".join(answer.text for answer in seen if answer.kind == "text/html")))
    assert len(payloads()) >= 150
    assert [text for text in payloads() if flattened(text) not in flat] == []


def flattened(text: str) -> str:
    """Without blanks and control characters, which the house may refuse or smooth."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())


@pytest.mark.parametrize("said", SPOKEN)
def test_no_parameter_and_no_word_of_an_address_comes_to_life(said: str, hostile: HostileBakery) -> None:
    answers = [look(hostile.house, address) for address in hostile_addresses(hostile.house, said)]
    pages = [answer for answer in answers if answer.kind == "text/html"]
    assert sum(said.partition("<")[0] in unescape(page.text) for page in pages) > 5
    assert {page.address: told for page in pages if (told := foreign_in_page(page.text))} == {}
    assert [answer.address for answer in answers if answer.status >= 500] == []


def test_no_typed_text_comes_to_life_in_what_a_form_answers(
    hostile: HostileBakery, seen: list[Answer]
) -> None:
    """Every form of every page, sent with a payload in each field: refusals show again what was typed."""
    sent = {}
    for page in (answer for answer in seen if answer.kind == "text/html"):
        for action, fields in forms_of(page, SPOKEN[0]):
            if action.startswith("/"):
                sent[re.sub(r"\d+", "0", action.partition("?")[0])] = (action, fields)
    answers = [look(hostile.house, action, said=fields) for action, fields in sent.values()]
    pages = [answer for answer in answers if answer.kind == "text/html"]
    assert len(pages) > 50
    assert {page.address: told for page in pages if (told := foreign_in_page(page.text))} == {}
    assert [answer.address for answer in answers if answer.status >= 500] == []


def test_the_digest_mails_words(hostile: HostileBakery, mailoutbox: list[EmailMultiAlternatives]) -> None:
    send_digest("viewer", day="2026-10-08")

    (mail,) = mailoutbox
    (page, _kind) = mail.alternatives[0]
    assert mark("notifications.Notice.subject_text") in unescape(str(page))
    assert foreign_in_page(str(page)) == []
    assert "\n" not in mail.subject


def test_every_field_that_takes_a_text_has_spoken_or_says_why_not(hostile: HostileBakery) -> None:
    """A new field comes with its place in `planting.py`."""
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("fourfold.")
        for field in model._meta.get_fields()
        if isinstance(field, OF_TEXT) and not field.choices and not isinstance(field, models.SlugField)
    }
    spoken = hostile.speaker.fields & fields
    assert len(spoken) > 45
    assert sorted(fields - spoken - SILENT.keys()) == []
    assert sorted(SILENT.keys() - (fields - spoken)) == []


@pytest.mark.parametrize("words", SURE)
def test_a_page_without_escaping_would_be_caught(words: str) -> None:
    """The test can fail: the same words, put into a page as markup."""
    assert foreign_in_page(f"<html><body><p>{words}</p></body></html>")
