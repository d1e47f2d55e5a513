"""Orders over HTTP."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.idempotency.models import IdempotencyKey
from api.identity.models import User
from api.order.models import Order
from api.order.proposal import Evidence, ProposalStage, ProposedCandidate
from api.stock.models import StockMovement
from tests.factories import make_token
from tests.shop import Shop, make_message, read, wish


@pytest.fixture
def shop(session: Session) -> Shop:
    return Shop.open(session, S=5, M=0)


@pytest.fixture
def client(anonymous: TestClient, session: Session, shop: Shop) -> TestClient:
    token = make_token(session, session.get_one(User, shop.agent.id))
    anonymous.headers["Authorization"] = f"Bearer {token}"
    return anonymous


@pytest.fixture
def draft(client: TestClient, session: Session, shop: Shop) -> Mapping[str, Any]:
    message = make_message(session, shop.conversation, "2 kurti S aur ek saree")
    lines = (
        wish("KURTI-S", "KURTI", "2", evidence=(Evidence(message.id, 0, 9, "2 kurti S"),)),
        wish(text="ek saree", candidates=(ProposedCandidate("SAREE", "SAREE", "Banarasi saree", 0.5),)),
    )
    read(session, shop.conversation, *lines)
    session.commit()
    return get_only(client)


def get_only(client: TestClient) -> dict[str, Any]:
    [summary] = client.get("/orders").json()["items"]
    answer = client.get(f"/orders/{summary['id']}")
    return {**answer.json(), "etag": answer.headers["ETag"]}


def seen(order: Mapping[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{order["version"]}"'}


def test_draft_shows_what_a_person_needs_to_decide(draft: Mapping[str, Any]) -> None:
    kurti, saree = draft["lines"]
    assert (kurti["sku"], kurti["quantity"], kurti["unit_price_minor"], kurti["amount_minor"]) == (
        "KURTI-S",
        "2",
        49900,
        99800,
    )
    assert (kurti["confidence"], kurti["evidence"][0]["text"]) == (0.9, "2 kurti S")
    assert (saree["sku"], saree["candidates"][0]["sku"], saree["text"]) == (None, "SAREE", "ek saree")
    assert (draft["total_amount"], draft["currency"], draft["etag"]) == (99800, "INR", '"1"')


def test_agent_settles_a_line_and_confirms(client: TestClient, draft: Mapping[str, Any], session: Session) -> None:
    line = draft["lines"][1]
    path = f"/orders/{draft['id']}"
    edited = client.patch(f"{path}/lines/{line['id']}", json={"sku": "SAREE"}, headers=seen(draft))
    assert (edited.status_code, edited.headers["ETag"], edited.json()["total_amount"]) == (200, '"2"', 349800)
    confirmed = client.post(f"{path}/confirm", headers=seen(edited.json()))
    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "confirmed")
    fulfilled = client.post(f"{path}/fulfill", headers=seen(confirmed.json()))
    assert fulfilled.json()["status"] == "fulfilled"


def test_unsettled_lines_are_named_in_one_problem(client: TestClient, draft: Mapping[str, Any]) -> None:
    answer = client.post(f"/orders/{draft['id']}/confirm", headers=seen(draft))
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json()["type"].endswith(":not-ready")
    assert [point["line_id"] for point in answer.json()["points"]] == [draft["lines"][1]["id"]]


def test_shortage_is_warned_of_and_then_refused(client: TestClient, session: Session, shop: Shop) -> None:
    read(session, shop.conversation, wish("KURTI-M", "KURTI", "2"))
    draft = get_only(client)
    assert draft["lines"][0]["warnings"] == [{"code": "short_of_stock", "message": "only 0 in stock"}]
    answer = client.post(f"/orders/{draft['id']}/confirm", headers=seen(draft))
    assert (answer.status_code, answer.json()["shortages"][0]["sku"]) == (409, "KURTI-M")


def test_change_without_the_version_is_asked_for_it(client: TestClient, draft: Mapping[str, Any]) -> None:
    path = f"/orders/{draft['id']}"
    answers = [
        client.patch(path, json={"note": "x"}),
        client.post(f"{path}/confirm"),
        client.delete(f"{path}/lines/{draft['lines'][0]['id']}"),
    ]
    assert [answer.status_code for answer in answers] == [428, 428, 428]


def test_second_agent_with_an_old_version_is_told_the_new_one(client: TestClient, draft: Mapping[str, Any]) -> None:
    path = f"/orders/{draft['id']}"
    client.patch(path, json={"note": "first"}, headers=seen(draft))
    answer = client.patch(path, json={"note": "second"}, headers=seen(draft))
    assert (answer.status_code, answer.json()["version"]) == (412, 2)
    assert client.get(path).json()["details"]["note"] == "first"


def test_repeated_request_is_answered_as_the_first_was(
    client: TestClient, draft: Mapping[str, Any], session: Session
) -> None:
    path = f"/orders/{draft['id']}/lines"
    headers = {**seen(draft), "Idempotency-Key": "add-1"}
    first = client.post(path, json={"sku": "KURTI-S"}, headers=headers)
    again = client.post(path, json={"sku": "KURTI-S"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (first.headers["ETag"], again.headers["ETag"]) == ('"2"', '"2"')
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    assert client.get(f"/orders/{draft['id']}").json()["line_count"] == 3


def test_key_that_comes_with_another_request_is_refused(client: TestClient, draft: Mapping[str, Any]) -> None:
    path = f"/orders/{draft['id']}/lines"
    headers = {**seen(draft), "Idempotency-Key": "add-1"}
    client.post(path, json={"sku": "KURTI-S"}, headers=headers)
    answer = client.post(path, json={"sku": "KURTI-S", "quantity": 2}, headers=headers)
    assert (answer.status_code, answer.json()["type"].rsplit(":")[-1]) == (422, "idempotency-key-reused")


def test_failed_request_may_be_tried_again_under_its_key(
    client: TestClient, draft: Mapping[str, Any], session: Session
) -> None:
    headers = {**seen(draft), "Idempotency-Key": "confirm-1"}
    assert client.post(f"/orders/{draft['id']}/confirm", headers=headers).status_code == 409
    assert session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0


def test_confirming_again_without_a_key_is_answered_the_same(
    client: TestClient, draft: Mapping[str, Any], session: Session
) -> None:
    path = f"/orders/{draft['id']}"
    cut = client.delete(f"{path}/lines/{draft['lines'][1]['id']}", headers=seen(draft)).json()
    first = client.post(f"{path}/confirm", headers=seen(cut))
    again = client.post(f"{path}/confirm", headers=seen(cut))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert session.scalar(select(func.count()).where(StockMovement.order_id == draft["id"])) == 1


def test_line_that_was_taken_off_a_proposal_is_brought_back_once(client: TestClient, draft: Mapping[str, Any]) -> None:
    line = f"/orders/{draft['id']}/lines/{draft['lines'][0]['id']}"
    cut = client.delete(line, headers=seen(draft)).json()
    assert [gone["sku"] for gone in cut["removed_lines"]] == ["KURTI-S"]
    back = client.post(f"{line}/restore", headers=seen(cut))
    assert back.json()["total_amount"] == draft["total_amount"]
    assert client.post(f"{line}/restore", headers=seen(back.json())).status_code == 404


def test_rejecting_takes_a_reason(client: TestClient, draft: Mapping[str, Any]) -> None:
    path = f"/orders/{draft['id']}/reject"
    assert client.post(path, json={"reason": " "}, headers=seen(draft)).status_code == 422
    answer = client.post(path, json={"reason": "wrong number"}, headers=seen(draft))
    assert (answer.json()["status"], answer.json()["reason"]) == ("rejected", "wrong number")


def test_order_made_by_hand_of_a_customer_who_called(client: TestClient) -> None:
    customer = client.post("/customers", json={"phone": "90000 12345", "name": "Asha Rao"}).json()
    assert customer["phone"] == "+919000012345"
    body = {
        "customer_id": customer["id"],
        "lines": [{"sku": "KURTI-S", "quantity": 2}, {"sku": "SAREE", "unit_price_minor": 200000}],
        "details": {"city": "Pune", "payment": "cod"},
    }
    made = client.post("/orders", json=body)
    assert (made.status_code, made.json()["total_amount"], made.json()["touched_fields"]) == (
        201,
        299800,
        ["city", "payment"],
    )
    client.post(f"/orders/{made.json()['id']}/confirm", headers=seen(made.json()))
    shown = client.get(f"/customers/{customer['id']}").json()
    assert shown["spent"] == [{"order_count": 1, "amount_minor": 299800, "currency": "INR"}]
    assert [order["number"] for order in shown["latest_orders"]] == [made.json()["number"]]


def test_second_draft_of_a_conversation_is_a_conflict(client: TestClient, draft: Mapping[str, Any], shop: Shop) -> None:
    assert client.post("/orders", json={"conversation_id": shop.conversation.id}).status_code == 409


@pytest.mark.parametrize(
    "line",
    [
        {"sku": "NOPE"},
        {"sku": "KURTI-S", "quantity": 0},
        {"sku": "KURTI-S", "quantity": "0.5"},
        {"sku": "KURTI-S", "quantity": 1e30},
        {"sku": "KURTI-S", "unit_price_minor": 10.5},
        {"sku": "KURTI-S", "unit_price_minor": -1},
        {"sku": "KURTI-S", "price": 5},
        {"sku": "KURTI\x00"},
    ],
)
def test_line_that_makes_no_sense_is_refused(
    client: TestClient, draft: Mapping[str, Any], line: Mapping[str, object]
) -> None:
    answer = client.post(f"/orders/{draft['id']}/lines", json=line, headers=seen(draft))
    assert answer.status_code == 422


def test_orders_of_another_business_are_not_there(
    client: TestClient, session: Session, draft: Mapping[str, Any]
) -> None:
    other = Shop.open(session)
    stranger = TestClient(
        client.app, headers={"Authorization": f"Bearer {make_token(session, session.get_one(User, other.agent.id))}"}
    )
    path, version = f"/orders/{draft['id']}", seen(draft)
    line = f"{path}/lines/{draft['lines'][0]['id']}"
    answers = [
        stranger.get(path),
        stranger.patch(path, json={"note": "x"}, headers=version),
        stranger.post(f"{path}/lines", json={"sku": "SAREE"}, headers=version),
        stranger.patch(line, json={"quantity": 1}, headers=version),
        stranger.delete(line, headers=version),
        stranger.post(f"{path}/confirm", headers=version),
        stranger.post(f"{path}/reject", json={"reason": "x"}, headers=version),
        stranger.post(f"{path}/cancel", headers=version),
        stranger.post(f"{path}/fulfill", headers=version),
        stranger.post("/orders", json={"conversation_id": draft["conversation_id"]}),
        stranger.post("/orders", json={"customer_id": draft["customer"]["id"]}),
        stranger.get(f"/customers/{draft['customer']['id']}"),
        stranger.patch(f"/customers/{draft['customer']['id']}", json={"name": "x"}),
        stranger.get(f"/stocks/{draft['lines'][0]['variant_id']}"),
        stranger.get(f"/stocks/{draft['lines'][0]['variant_id']}/movements"),
        stranger.post(f"/stocks/{draft['lines'][0]['variant_id']}/movements", json={"kind": "set", "quantity": 9}),
        stranger.patch(f"/stocks/{draft['lines'][0]['variant_id']}", json={"tracked": False}),
        stranger.get(f"/variants/{draft['lines'][0]['variant_id']}"),
        stranger.patch(f"/variants/{draft['lines'][0]['variant_id']}", json={"title": "x"}, headers=version),
    ]
    assert {answer.status_code for answer in answers} == {404}
    for listing in ("/orders", "/customers?q=Customer"):
        assert draft["customer"]["id"] not in [
            item.get("customer", item)["id"] for item in stranger.get(listing).json()["items"]
        ]


def test_line_of_another_order_is_not_this_ones(client: TestClient, session: Session, draft: Mapping[str, Any]) -> None:
    other = client.post("/orders", json={"customer_id": draft["customer"]["id"], "lines": [{"sku": "SAREE"}]}).json()
    path = f"/orders/{draft['id']}/lines/{other['lines'][0]['id']}"
    assert client.delete(path, headers=seen(draft)).status_code == 404


def test_lists_are_filtered_and_sorted(client: TestClient, session: Session, shop: Shop) -> None:
    read(session, shop.conversation, wish("KURTI-S"))
    customer = client.post("/customers", json={"phone": "+91 90000 55555"}).json()["id"]
    by_hand = client.post("/orders", json={"customer_id": customer, "lines": [{"sku": "SAREE"}]}).json()
    client.post(f"/orders/{by_hand['id']}/confirm", headers=seen(by_hand))

    def numbers(query: str) -> list[int]:
        return [order["number"] for order in client.get(f"/orders?{query}").json()["items"]]

    assert numbers("") == [2, 1]
    assert numbers("sort=oldest") == [1, 2]
    assert numbers("sort=surest") == [1]
    assert numbers("sort=updated") == [2, 1]
    assert numbers("status=confirmed") == [2]
    assert numbers("status=confirmed&status=draft") == [2, 1]
    assert numbers(f"conversation_id={shop.conversation.id}") == [1]
    assert numbers(f"customer_id={customer}") == [2]
    assert numbers("number=1") == [1]
    first = client.get("/orders?limit=1").json()
    assert [order["number"] for order in first["items"]] == [2]
    assert numbers(f"limit=1&cursor={first['next']}") == [1]


def test_withdrawn_draft_tells_why(client: TestClient, session: Session, shop: Shop) -> None:
    read(session, shop.conversation, wish("KURTI-S"))
    read(session, shop.conversation, stage=ProposalStage.CANCELLED)
    order = get_only(client)
    assert (order["status"], order["reason"]) == ("cancelled", "the customer called it off")


def test_amounts_are_whole_numbers_in_every_answer(draft: Mapping[str, Any], session: Session) -> None:
    amounts = [draft["total_amount"], *(line["unit_price_minor"] for line in draft["lines"][:1])]
    assert all(type(amount) is int for amount in amounts)
    assert all(isinstance(line["quantity"], str) for line in draft["lines"])
    column_types = {column.name: str(column.type) for column in Order.__table__.columns if "amount" in column.name}
    assert column_types == {"total_amount": "BIGINT"}
