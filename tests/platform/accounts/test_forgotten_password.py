"""Who forgot the password is promised a mail only where mails are sent."""

from __future__ import annotations

import pytest
from django.test import Client

RESET, DONE = "/accounts/password/reset/", "/accounts/password/reset/done/"


@pytest.mark.parametrize("path", [RESET, DONE])
def test_without_a_mail_server_no_mail_is_promised(acme: None, path: str) -> None:
    page = Client().get(path).content.decode()

    assert "This installation sends no mail." in page
    assert "on its way" not in page
    assert "Send the link" not in page


def test_with_a_mail_server_the_link_is_offered(acme: None, settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"

    assert "Send the link" in Client().get(RESET).content.decode()
    assert "a link is on its way" in Client().get(DONE).content.decode()
