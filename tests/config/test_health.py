"""What the supervisor hears."""

from django.test import Client


def test_a_healthy_process_says_so_to_anybody(db: None) -> None:
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_takes_no_writing(db: None) -> None:
    assert Client().post("/healthz").status_code == 405
