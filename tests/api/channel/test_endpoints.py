"""Connecting WhatsApp numbers."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.channel.token import access_token
from api.encryption import UndecryptableError, Vault
from api.identity.models import Business, Channel
from api.settings import Settings
from tests.factories import make_business, make_channel

NUMBER = {"phone_number_id": "106540352242922", "display_phone_number": "+91 98450 12345"}


def test_connected_number_is_listed_and_its_token_never_shown(client: TestClient) -> None:
    made = client.post("/channels", json=NUMBER | {"access_token": "EAAG-secret"})

    assert made.status_code == 201
    (listed,) = client.get("/channels").json()["items"]
    assert listed == made.json()
    assert listed["has_access_token"] is True
    assert "EAAG-secret" not in made.text


def test_token_is_encrypted_for_its_own_row(client: TestClient, session: Session, settings: Settings) -> None:
    client.post("/channels", json=NUMBER | {"access_token": "EAAG-secret"})
    client.post("/channels", json=NUMBER | {"phone_number_id": "7", "access_token": "other"})
    first, second = session.scalars(select(Channel).order_by(Channel.id))
    vault = Vault(settings.secret_keys)

    assert b"EAAG-secret" not in (first.access_token_encrypted or b"")
    assert access_token(first, vault) == "EAAG-secret"
    second.access_token_encrypted = first.access_token_encrypted
    with pytest.raises(UndecryptableError, match="copied from another row"):
        access_token(second, vault)


def test_number_of_another_business_cannot_be_connected(client: TestClient, session: Session) -> None:
    make_channel(session, make_business(session), phone_number_id=NUMBER["phone_number_id"])

    answer = client.post("/channels", json=NUMBER)

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:problem-type:satyasell:number-taken"


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"status": "disabled"}, {"status": "disabled"}),
        ({"waba_id": None}, {"waba_id": None}),
        ({"display_phone_number": "+91 11111 22222"}, {"display_phone_number": "+91 11111 22222"}),
        ({"access_token": None}, {"has_access_token": False}),
        ({"access_token": "new"}, {"has_access_token": True}),
        ({}, {"has_access_token": True, "waba_id": "5"}),
    ],
)
def test_change_touches_only_what_is_given(client: TestClient, change: dict[str, Any], shown: dict[str, Any]) -> None:
    made = client.post("/channels", json=NUMBER | {"access_token": "old", "waba_id": "5"}).json()

    changed = client.patch(f"/channels/{made['id']}", json=change)

    assert changed.json() | {"health": None} == made | shown | {"health": None}


def test_what_must_have_a_value_cannot_be_null(client: TestClient, channel: Channel) -> None:
    answer = client.patch(f"/channels/{channel.id}", json={"status": None})

    assert answer.status_code == 422
    assert "status cannot be null" in answer.json()["errors"][0]["detail"]


def test_channel_of_another_business_is_not_there(client: TestClient, session: Session, business: Business) -> None:
    other = make_channel(session, make_business(session))

    assert client.patch(f"/channels/{other.id}", json={"status": "disabled"}).status_code == 404
    assert client.get("/channels").json()["items"] == []


def test_number_that_no_row_can_have_is_not_found_or_refused(client: TestClient) -> None:
    assert client.patch(f"/channels/{10**30}", json={"status": "disabled"}).status_code == 422
