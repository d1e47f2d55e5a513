"""Secrets at rest."""

import pytest

from api.encryption import UndecryptableError, Vault

OLD, NEW = b"\x01" * 32, b"\x02" * 32


def test_sealed_secret_opens_in_its_own_context_only() -> None:
    vault = Vault([NEW])
    sealed = vault.seal("EAAG-secret", "channels:1:access_token")

    assert b"EAAG" not in sealed
    assert vault.open(sealed, "channels:1:access_token") == "EAAG-secret"
    with pytest.raises(UndecryptableError, match="channels:2:access_token was changed or copied"):
        vault.open(sealed, "channels:2:access_token")


def test_same_secret_is_sealed_differently_each_time() -> None:
    vault = Vault([NEW])

    assert vault.seal("a", "b") != vault.seal("a", "b")


def test_while_keys_are_rotated_the_old_one_opens_and_the_new_one_seals() -> None:
    sealed = Vault([OLD]).seal("secret", "context")
    both = Vault([NEW, OLD])

    assert both.open(sealed, "context") == "secret"
    assert Vault([NEW]).open(both.seal("secret", "context"), "context") == "secret"


def test_key_that_is_gone_is_named() -> None:
    with pytest.raises(UndecryptableError, match="another SATYASELL_SECRET_KEY"):
        Vault([NEW]).open(Vault([OLD]).seal("secret", "context"), "context")


@pytest.mark.parametrize("position", [0, 1, 6, -1])
def test_changed_secret_is_refused(position: int) -> None:
    sealed = bytearray(Vault([NEW]).seal("secret", "context"))
    sealed[position] ^= 1

    with pytest.raises(UndecryptableError):
        Vault([NEW]).open(bytes(sealed), "context")
