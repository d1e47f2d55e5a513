"""A person's own place: her sessions, how the page looks to her, what a viewer may, and the business's profile."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.catalog.models import Product
from api.identity.models import Business, Role, User
from api.identity.password import hash_password
from tests.factories import make_token, make_user
from tests.shop import make_product, make_variant

PASSWORD = "correct horse battery"


@pytest.fixture
def viewer(client: TestClient, session: Session, business: Business) -> TestClient:
    token = make_token(session, make_user(session, business, role=Role.VIEWER))
    return TestClient(client.app, headers={"Authorization": f"Bearer {token}"})


def test_person_sees_where_she_is_logged_in_and_ends_a_session(
    client: TestClient, session: Session, admin: User
) -> None:
    elsewhere = make_token(session, admin)
    listed = client.get("/sessions").json()["items"]
    [other] = [each["id"] for each in listed if not each["current"]]

    assert client.delete(f"/sessions/{other}").status_code == 204

    there = {"Authorization": f"Bearer {elsewhere}"}
    assert TestClient(client.app).get("/users/current", headers=there).status_code == 401
    assert [each["current"] for each in client.get("/sessions").json()["items"]] == [True]


def test_nobody_ends_anothers_session(client: TestClient, agent_client: TestClient) -> None:
    [hers] = agent_client.get("/sessions").json()["items"]

    assert client.delete(f"/sessions/{hers['id']}").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_no_other_page_logs_a_browser_in_or_uses_its_session(
    anonymous: TestClient, session: Session, business: Business, headers: dict[str, str]
) -> None:
    make_user(session, business, email="asha@shop.example", password_hash=hash_password(PASSWORD))
    login = {"email": "asha@shop.example", "password": PASSWORD, "cookie": True}

    assert anonymous.post("/sessions", json=login, headers=headers).status_code == 403
    assert anonymous.post("/sessions", json=login, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201
    assert anonymous.patch("/users/current", json={"theme": "dark"}, headers=headers).status_code == 403
    assert anonymous.get("/users/current", headers=headers).status_code == 200


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(
    anonymous: TestClient, session: Session, business: Business
) -> None:
    make_user(session, business, email="asha@shop.example", password_hash=hash_password(PASSWORD))
    login = {"email": "asha@shop.example", "password": PASSWORD, "cookie": True}

    plain = anonymous.post("/sessions", json=login).headers["set-cookie"]
    secure = anonymous.post("https://testserver/sessions", json=login).headers["set-cookie"]

    assert "HttpOnly" in plain
    assert "SameSite=strict" in plain
    assert "Secure" in secure


def test_person_chooses_language_and_theme(agent_client: TestClient) -> None:
    changed = agent_client.patch("/users/current", json={"language": "hi", "theme": "dark"}).json()

    assert (changed["language"], changed["theme"], changed["role"]) == ("hi", "dark", "agent")
    assert agent_client.patch("/users/current", json={"role": "admin"}).status_code == 422
    assert agent_client.patch("/users/current", json={"language": "tlh"}).status_code == 422


def test_viewer_changes_nothing_but_what_is_her_own(viewer: TestClient) -> None:
    document = viewer.get("/openapi.json").json()["paths"]
    changes = [
        (method.upper(), re.sub(r"\{[^}]*\}", "1", path))
        for path, methods in document.items()
        for method in methods
        if method != "get"
        and not path.startswith(("/sessions", "/users/current", "/invitations/", "/setup", "/webhook"))
    ]

    answers = {(method, path): viewer.request(method, path, json={}).status_code for method, path in changes}

    assert len(changes) > 40
    assert {operation: status for operation, status in answers.items() if status != 403} == {}
    assert viewer.post("/tags", json={"name": "x"}).status_code == 403
    assert viewer.get("/orders").status_code == 200
    assert viewer.patch("/users/current", json={"theme": "light"}).status_code == 200
    assert viewer.delete("/sessions/current").status_code == 204


def test_business_has_a_profile_and_a_locale(client: TestClient) -> None:
    profile = {"address": "MG Road\nPune", "phone": "+91 20 1234", "locale": "hi-IN", "time_zone": "Asia/Calcutta"}

    changed = client.patch("/businesses/current", json=profile).json()

    assert {name: changed[name] for name in profile} == profile


@pytest.mark.parametrize(
    "wrong", [{"currency": "ABC"}, {"country_code": "ZZ"}, {"locale": "english"}, {"time_zone": "Mars/Olympus"}]
)
def test_what_is_no_currency_country_or_locale_is_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    assert client.patch("/businesses/current", json=wrong).status_code == 422


def test_currency_is_fixed_once_there_are_prices(client: TestClient, session: Session, business: Business) -> None:
    assert client.patch("/businesses/current", json={"currency": "USD"}).json()["currency"] == "USD"
    product: Product = make_product(session, business, "KURTI")
    make_variant(session, product, "KURTI-S")

    refused = client.patch("/businesses/current", json={"currency": "EUR"})

    assert (refused.status_code, refused.json()["type"]) == (409, "urn:problem-type:satyasell:currency-fixed")
