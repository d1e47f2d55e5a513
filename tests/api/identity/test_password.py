"""Passwords: slow to guess, and not a way to stop the service."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from api.identity import password
from api.problem import Unavailable


@pytest.fixture
def flood() -> Iterator[None]:
    """As many logins as are let in, all waiting."""
    with ExitStack() as waiting:
        for _ in range(10):
            waiting.enter_context(password._admitted)  # noqa: SLF001 - the flood itself
        yield


def test_only_the_right_password_fits() -> None:
    stored = password.hash_password("correct horse battery")

    assert password.password_fits("correct horse battery", stored)
    assert not password.password_fits("correct horse batter", stored)
    assert not password.password_fits("correct horse battery", None)


def test_hash_is_argon2id_at_the_chosen_cost_and_salted() -> None:
    first, second = (password.hash_password("correct horse battery") for _ in range(2))

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert not password.is_outdated(first)


def test_stored_hash_of_unknown_form_fits_nothing() -> None:
    assert not password.password_fits("none", "none")


def test_flood_of_logins_is_turned_away_at_once(flood: None) -> None:
    with pytest.raises(Unavailable, match="too many logins at once"):
        password.password_fits("guess", None)


def test_after_the_flood_people_get_in_again() -> None:
    for _ in range(12):
        password.password_fits("guess", None)
