"""Raw webhooks over HTTP: who sees them, and having them handled again."""

import hashlib
from http import HTTPStatus

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.identity.models import Business, User
from api.webhook_event.models import EventState, WebhookEvent
from tests.factories import make_business, make_token


def make_event(session: Session, body: bytes, business: Business | None = None, **changes: object) -> WebhookEvent:
    row = WebhookEvent(
        body=body,
        body_hash=hashlib.sha256(body).digest(),
        headers={"content-type": "application/json"},
        business_id=business.id if business else None,
        **changes,
    )
    session.add(row)
    session.flush()
    return row


def ids(client: TestClient, query: str = "") -> list[int]:
    return [item["id"] for item in client.get(f"/webhook-events{query}").json()["items"]]


def test_a_webhook_is_found_again_by_its_id_with_headers_and_body(
    client: TestClient, session: Session, business: Business
) -> None:
    event = make_event(session, b'{"entry": "\xff"}', business, contents={"items": {"malformed": 1}, "problems": []})
    shown = client.get(f"/webhook-events/{event.id}").json()
    assert shown["body"] == '{"entry": "\ufffd"}'
    assert shown["headers"] == {"content-type": "application/json"}
    assert shown["contents"] == {"items": {"malformed": 1}, "problems": []}
    assert shown["state"] == "received"


def test_the_newest_webhook_is_the_first_and_states_can_be_picked(
    client: TestClient, session: Session, business: Business
) -> None:
    first = make_event(session, b"1", business)
    second = make_event(session, b"2", business, state=EventState.FAILED, error="the body is not JSON")
    assert ids(client) == [second.id, first.id]
    assert ids(client, "?state=failed") == [second.id]


def test_webhooks_of_nobody_are_shown_only_where_there_is_one_business(
    client: TestClient, session: Session, business: Business
) -> None:
    nobody_s = make_event(session, b"1", state=EventState.UNROUTED, unrouted_phone_number_ids=["555"])
    assert ids(client) == [nobody_s.id]
    make_business(session)
    assert ids(client) == []
    assert client.get(f"/webhook-events/{nobody_s.id}").status_code == HTTPStatus.NOT_FOUND


def test_another_business_s_webhooks_are_not_there(client: TestClient, session: Session) -> None:
    theirs = make_event(session, b"1", make_business(session))
    assert ids(client) == []
    for method, path in (("GET", ""), ("POST", "/replay")):
        answer = client.request(method, f"/webhook-events/{theirs.id}{path}")
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_an_agent_sees_no_raw_webhooks(anonymous: TestClient, session: Session, agent: User) -> None:
    anonymous.headers["Authorization"] = f"Bearer {make_token(session, agent)}"
    assert anonymous.get("/webhook-events").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("state", [EventState.QUARANTINED, EventState.FAILED, EventState.HANDLED])
def test_a_replayed_webhook_waits_again_as_if_it_had_just_come_in(
    client: TestClient, session: Session, business: Business, state: EventState
) -> None:
    event = make_event(session, b"1", business, state=state, attempts=3, error="broke off")
    answer = client.post(f"/webhook-events/{event.id}/replay")
    assert answer.status_code == HTTPStatus.ACCEPTED
    session.refresh(event)
    assert (event.state, event.attempts, event.error, event.locked_until) == (EventState.RECEIVED, 0, None, None)
    actions = [entry["action"] for entry in client.get("/audit-entries").json()["items"]]
    assert actions == ["webhook_event.replayed"]
