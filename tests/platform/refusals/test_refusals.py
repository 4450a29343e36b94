"""An expected no, as a page and as a problem document."""

import errno
import json

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from ninja import NinjaAPI
from ninja.testing import TestClient

from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.middleware import RefusalMiddleware
from fourfold.platform.refusals.pages import broken, forbidden, not_found
from fourfold.platform.refusals.problems import answer_with_problems, problem_response
from fourfold.platform.refusals.telling import told_in_form
from fourfold.platform.units.models import Unit, UnitUnknown


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class TooTall(Refusal):
    code, status = "TOO_TALL", 409
    sentence = "{height} is too tall."
    remedy = "Stay under {limit}."


def test_a_problem_has_the_members_of_rfc_9457() -> None:
    answer = problem_response(TooTall(height=3, limit=2))

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "https://fourfold.invalid/problems/too-tall",
        "title": "Conflict",
        "status": 409,
        "detail": "3 is too tall.",
        "code": "TOO_TALL",
        "remedy": "Stay under 2.",
        "details": {"height": 3, "limit": 2},
    }


def test_a_refusal_in_a_view_becomes_a_page(rf: RequestFactory, db: None) -> None:
    middleware = RefusalMiddleware(nothing)

    answer = middleware.process_exception(rf.get("/somewhere/"), TooTall(height=3, limit=2))

    assert answer is not None
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "TOO_TALL" in page
    assert "3 is too tall." in page
    assert "Stay under 2." in page


@pytest.mark.parametrize(
    "fault",
    [OperationalError("database or disk is full"), OSError(errno.ENOSPC, "No space left on device")],
)
def test_a_full_disk_is_a_refusal_wherever_it_shows(rf: RequestFactory, db: None, fault: Exception) -> None:
    answer = RefusalMiddleware(nothing).process_exception(rf.post("/somewhere/"), fault)

    assert answer is not None
    assert answer.status_code == 507
    assert "DISK_FULL" in answer.content.decode()


@pytest.mark.parametrize(
    "fault", [OperationalError("disk I/O error"), OSError(errno.EIO, "Input/output error")]
)
def test_a_failing_disk_is_told_apart_from_a_full_one_and_goes_into_the_log(
    rf: RequestFactory, db: None, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    answer = RefusalMiddleware(nothing).process_exception(rf.post("/somewhere/"), fault)

    assert answer is not None
    assert answer.status_code == 503
    assert "DISK_FAULT" in answer.content.decode()
    assert "make room" not in answer.content.decode()
    assert str(fault) in caplog.text


@pytest.mark.parametrize("fault", [OperationalError("no such table: x"), OSError(errno.EACCES, "denied")])
def test_other_faults_stay_faults(rf: RequestFactory, fault: Exception) -> None:
    assert RefusalMiddleware(nothing).process_exception(rf.post("/somewhere/"), fault) is None


def test_what_somebody_typed_is_shown_and_never_run(rf: RequestFactory, db: None) -> None:
    middleware = RefusalMiddleware(nothing)

    answer = middleware.process_exception(rf.get("/"), UnitUnknown(key="<script>alert(1)</script>"))

    assert answer is not None
    assert "<script>alert" not in answer.content.decode()


def test_a_refusal_beside_a_field_shows_its_code_and_escapes_what_was_typed() -> None:
    told = told_in_form(UnitUnknown(key="<b>north</b>"))

    assert told == (
        "<span>There is no unit “&lt;b&gt;north&lt;/b&gt;”. Choose one from the unit picker."
        ' <code class="refusal-code">UNIT_UNKNOWN</code></span>'
    )


def test_a_fault_is_not_a_refusal(rf: RequestFactory) -> None:
    middleware = RefusalMiddleware(nothing)

    assert middleware.process_exception(rf.get("/"), RuntimeError("broken")) is None


def test_api_paths_get_documents_and_pages_get_pages(rf: RequestFactory, db: None) -> None:
    for handler in (forbidden, not_found):
        assert handler(rf.get("/api/v1/x"), Exception())["Content-Type"] == "application/problem+json"
        assert handler(rf.get("/x"), Exception())["Content-Type"].startswith("text/html")
    assert broken(rf.get("/api/v1/x"))["Content-Type"] == "application/problem+json"
    assert broken(rf.get("/x")).status_code == 500


def test_a_missing_row_is_refused_by_name(db: None) -> None:
    with pytest.raises(UnitUnknown) as refusal:
        Unit.objects.get_or_refuse(key="atlantis")

    assert refusal.value.code == "UNIT_UNKNOWN"
    assert refusal.value.told_sentence == "There is no unit “atlantis”."


def api() -> TestClient:
    surface = NinjaAPI(urls_namespace="refusal-tests")
    answer_with_problems(surface)

    @surface.get("/tall")
    def tall(request: object) -> None:
        raise TooTall(height=3, limit=2)

    @surface.get("/count/{number}")
    def count(request: object, number: int) -> int:
        return number

    return TestClient(surface)


def test_a_refusal_in_a_route_becomes_a_problem() -> None:
    answer = api().get("/tall")

    assert (answer.status_code, answer.json()["code"]) == (409, "TOO_TALL")


def test_a_malformed_request_becomes_a_problem_that_names_the_place() -> None:
    answer = api().get("/count/many")

    assert (answer.status_code, answer.json()["code"]) == (422, "INPUT_WRONG")
    assert answer.json()["details"]["places"][0]["place"] == "path.number"
