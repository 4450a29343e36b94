"""Every error of a form, Django's own too, carries a code of this house and says what to do."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines

from fourfold.platform.refusals.field_errors import ANY_REMEDY, RefusedHere, field_error, told_errors
from fourfold.platform.refusals.refusal import ChangedMeanwhile


class Everything(forms.Form):
    """A field of each sort that the house's forms have."""

    name = forms.CharField(max_length=3)
    count = forms.IntegerField(min_value=1, max_value=5)
    money = forms.DecimalField(max_digits=4, decimal_places=2)
    share = forms.FloatField()
    day = forms.DateField()
    mail = forms.EmailField()
    key = forms.SlugField()
    one = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    file = forms.FileField()


EMPTY = SimpleUploadedFile("values.csv", b"")
WRONG = {
    "name": ("four", "TEXT_TOO_LONG"),
    "count": ("two", "NUMBER_INVALID"),
    "money": ("1.234", "TOO_MANY_DECIMALS"),
    "share": ("much", "NUMBER_INVALID"),
    "day": ("31.12.2026", "DAY_INVALID"),
    "mail": ("m.keller", "EMAIL_INVALID"),
    "key": ("on time", "KEY_INVALID"),
    "one": ("b", "CHOICE_UNKNOWN"),
    "many": (["b"], "CHOICE_UNKNOWN"),
    "file": (EMPTY, "FILE_EMPTY"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_field_cannot_read_is_told_with_code_and_remedy(name: str) -> None:
    typed, code = WRONG[name]
    form = Everything({name: typed}, {name: typed} if name == "file" else None)

    (told,) = told_errors(form[name].errors, field=form.fields[name])

    assert told.code == code
    assert told.sentence
    assert told.remedy not in ("", str(ANY_REMEDY)), "one that fits"


@pytest.mark.parametrize("name", WRONG)
def test_what_is_left_empty_is_told_with_code_and_remedy(name: str) -> None:
    form = Everything({})

    (told,) = told_errors(form[name].errors, field=form.fields[name])

    assert told.code == ("FILE_MISSING" if name == "file" else "FIELD_EMPTY")
    assert told.remedy


def test_an_error_that_nobody_named_still_has_a_code_and_a_remedy() -> None:
    unnamed = field_error(ValidationError("So not."))
    foreign = field_error(ValidationError("So not.", code="something_new"))

    assert (unnamed.code, foreign.code) == ("FIELD_INVALID", "SOMETHING_NEW")
    assert unnamed.told == f"So not. {ANY_REMEDY}"


def test_a_refusal_beside_a_field_keeps_its_own_code_and_remedy() -> None:
    form = Everything({"name": "abc"})
    form.add_error("name", RefusedHere(ChangedMeanwhile()))

    (told,) = told_errors(form["name"].errors, field=form.fields["name"])

    assert (told.code, told.remedy) == ("CHANGED_MEANWHILE", str(ChangedMeanwhile.remedy))


def test_the_page_shows_all_of_it_under_the_id_that_the_field_names() -> None:
    form = Everything({"name": "<b>x</b>", "count": "9"})
    form.add_error("name", "It says <b>no</b>.")
    drawn = (
        engines["django"].from_string("{% load fourfold %}{% form_field form.name %}").render({"form": form})
    )
    page = BeautifulSoup(drawn, "html.parser")

    lines = page.select(f"#{page.input['aria-describedby']} .field-error")

    assert [line.code.get_text() for line in lines] == ["TEXT_TOO_LONG", "FIELD_INVALID"]
    assert "Shorten it." in lines[0].get_text()
    assert lines[1].b is None, "what somebody typed is never markup"
    assert not re.search(r'id="(id_name_error)".*id="\1"', drawn, re.DOTALL)
