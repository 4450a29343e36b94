"""A person of a loaded organisation gets a way in, and a weak password is refused."""

from __future__ import annotations

from tests.cli.conftest import EXAMPLES, Shell


def test_a_person_of_the_organisation_gets_a_password_that_is_never_shown(shell: Shell) -> None:
    shell("load", EXAMPLES / "four-objectives")

    answer = shell("password", "ana", typed="flour-water-salt-yeast\n")

    assert answer.code == 0, answer.err
    assert "flour" not in answer.out + answer.err
    assert b"argon2" in (shell.home / "fourfold.sqlite3").read_bytes()


def test_a_weak_password_and_a_stranger_are_refused_by_name(shell: Shell) -> None:
    shell("load", EXAMPLES / "four-objectives")

    weak = shell("password", "ana", typed="1234\n")
    stranger = shell("password", "nobody", typed="flour-water-salt-yeast\n")

    assert (weak.code, "PASSWORD_TOO_WEAK" in weak.err) == (1, True)
    assert (stranger.code, "PERSON_UNKNOWN" in stranger.err) == (3, True)
