"""The front end's files: there, gone, or never been there."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from fourfold.platform.ui.static_files import StaticFilesMiddleware

pytestmark = pytest.mark.django_db


def no_such_page(_request):
    return HttpResponse("no such page", status=404)


@pytest.fixture
def style(tmp_path: Path) -> Path:
    sheet = tmp_path / "style.css"
    sheet.write_text("a { color: red }")
    return sheet


@pytest.fixture
def served(style: Path) -> StaticFilesMiddleware:
    found = StaticFilesMiddleware(no_such_page, settings)
    found.add_file_to_dictionary("/static/style.css", str(style), None)
    return found


def test_a_file_that_went_while_the_front_end_is_built_is_not_found(served, style):
    request = RequestFactory().get("/static/style.css")
    assert served(request).status_code == 200

    style.unlink()

    assert served(request).status_code == 404


def test_a_fault_of_a_page_stays_a_fault(served):
    def broken(_request):
        raise FileNotFoundError("a page lost its file")

    served.get_response = broken
    with pytest.raises(FileNotFoundError):
        served(RequestFactory().get("/somewhere/"))


def test_a_file_that_never_was_is_not_found_for_anybody(client: Client):
    assert client.get("/static/ui/no-such-file.css").status_code == 404
