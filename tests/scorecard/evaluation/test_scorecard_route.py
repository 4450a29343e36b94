"""GET /api/v1/scorecards/{unit}/{period}: the shape of every route to come."""

from datetime import timedelta

import pytest
from django.test import Client
from pydantic import ValidationError

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import Written
from fourfold.scorecard.evaluation.api.schemas import Scorecard
from fourfold.scorecard.evaluation.queries import scorecard_document
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.scorecard.conftest import CALENDAR, FOUNDED

ADDRESS = "/api/v1/scorecards/oslo/2026-01"


@pytest.fixture
def shipped(founded: Written) -> None:
    row = NewObservation("shipments", "oslo", CALENDAR.parse("2026-01").ordinal, 100.0)
    append_observations([row], scope=INSTALLATION, at=FOUNDED + timedelta(days=33))


def client_of(key: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(key=key))
    return client


@pytest.mark.method("M7.6")
def test_a_scorecard_is_the_canonical_document(shipped: None) -> None:
    answer = client_of("bob").get(ADDRESS)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.content == scorecard_document(
        INSTALLATION, "oslo", period="2026-01", at=FOUNDED + timedelta(days=60)
    )


def test_the_answer_has_the_promised_members_and_no_other(shipped: None) -> None:
    answer = client_of("bob").get(ADDRESS)

    Scorecard.model_validate(answer.json(), strict=False)
    assert "ada@example.org" not in answer.content.decode()
    with pytest.raises(ValidationError):
        Scorecard.model_validate({**answer.json(), "password": "x"})


def test_a_scorecard_as_known_before_the_value_came(shipped: None) -> None:
    before = client_of("bob").get(ADDRESS, {"as_of": "2026-01-20T00:00:00Z"})

    assert before.status_code == 200
    assert before.content != client_of("bob").get(ADDRESS).content


@pytest.mark.parametrize(
    ("person", "address", "status", "code"),
    [
        (None, ADDRESS, 401, "NOT_SIGNED_IN"),
        (None, "/api/v1/scorecards/atlantis/2026-01", 401, "NOT_SIGNED_IN"),
        ("bob", "/api/v1/scorecards/acme/2026-01", 403, "OUT_OF_SCOPE"),
        ("cyd", ADDRESS, 403, "OUT_OF_SCOPE"),
        ("ada", "/api/v1/scorecards/atlantis/2026-01", 404, "UNIT_UNKNOWN"),
        ("ada", "/api/v1/scorecards/oslo/2026-13", 404, "PERIOD_UNKNOWN"),
        ("ada", "/api/v1/scorecards/oslo/1999-01", 404, "PERIOD_UNKNOWN"),
        ("ada", f"{ADDRESS}?as_of=2020-01-01T00:00:00Z", 409, "NOT_FOUNDED"),
        ("ada", f"{ADDRESS}?as_of=yesterday", 422, "INPUT_WRONG"),
        ("ada", f"{ADDRESS}?as_of=2026-01-20T00:00:00", 422, "INPUT_WRONG"),
        ("ada", "/api/v1/nothing-here", 404, "NOT_FOUND"),
    ],
)
def test_every_no_is_a_problem_document(
    shipped: None, person: str | None, address: str, status: int, code: str
) -> None:
    client = client_of(person) if person else Client()

    answer = client.get(address)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_scorecard_is_only_read(shipped: None, method: str) -> None:
    assert getattr(client_of("ada"), method)(ADDRESS).status_code == 405


def test_the_api_describes_itself_to_whoever_is_signed_in(shipped: None) -> None:
    described = client_of("bob").get("/api/v1/openapi.json")

    assert described.status_code == 200
    route = described.json()["paths"]["/api/v1/scorecards/{unit}/{period}"]["get"]
    assert {"200", "401", "403", "404"} <= set(route["responses"])
    assert client_of("bob").get("/api/v1/docs").status_code == 200
    assert b"https://" not in client_of("bob").get("/api/v1/docs").content, (
        "Swagger comes from here, not from outside"
    )
