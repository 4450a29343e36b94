"""A person of a loaded organisation gets a way in, and a weak password is refused."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_person_of_the_organisation_gets_a_password_that_is_never_shown(bakery: Shell) -> None:
    answer = bakery("password", "ana", typed="flour-water-salt-yeast\n")

    assert answer.code == 0, answer.err
    assert "flour" not in answer.out + answer.err
    assert b"argon2" in (bakery.home / "fourfold.sqlite3").read_bytes()


def test_a_weak_password_and_a_stranger_are_refused_by_name(bakery: Shell) -> None:
    weak = bakery("password", "ana", typed="1234\n")
    stranger = bakery("password", "nobody", typed="flour-water-salt-yeast\n")

    assert (weak.code, "PASSWORD_TOO_WEAK" in weak.err) == (1, True)
    assert (stranger.code, "PERSON_UNKNOWN" in stranger.err) == (3, True)


def test_a_command_loads_no_distribution_that_it_does_not_ask_for(bakery: Shell) -> None:
    """SciPy's take a second, which every start of Django would pay."""
    answer = bakery("password", "nobody", PYTHONPROFILEIMPORTTIME="1")

    loaded = {line.rsplit("|", 1)[-1].strip() for line in answer.err.splitlines()}
    assert "fourfold.engine.capability.fitted" in loaded
    assert loaded.isdisjoint({"scipy.stats", "scipy.special"})
