"""Nobody reaches what is not public without a token: asked of every endpoint that there is."""

import re

import pytest
from fastapi.testclient import TestClient

# Without these nobody could log in, Meta could not deliver, and nobody could see whether it runs.
PUBLIC = {
    ("GET", "/health"),
    ("GET", "/ready"),
    ("POST", "/sessions"),
    ("GET", "/setup"),
    ("POST", "/setup"),
    ("POST", "/invitations/look"),
    ("POST", "/invitations/accept"),
    ("GET", "/webhook"),
    ("GET", "/webhook/whatsapp"),
    ("POST", "/webhook/whatsapp"),
}


def operations(client: TestClient) -> list[tuple[str, str]]:
    paths = client.get("/openapi.json").json()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def filled(path: str, value: str = "1") -> str:
    return re.sub(r"\{[^}]*\}", value, path)


def test_every_endpoint_but_the_public_ones_refuses_a_call_without_a_token(anonymous: TestClient) -> None:
    guarded = [operation for operation in operations(anonymous) if operation not in PUBLIC]

    answers = {(method, path): anonymous.request(method, filled(path)).status_code for method, path in guarded}

    assert len(guarded) >= 10
    assert {operation: status for operation, status in answers.items() if status != 401} == {}


def test_every_guarded_endpoint_says_so_in_the_document(anonymous: TestClient) -> None:
    paths = anonymous.get("/openapi.json").json()["paths"]
    open_ones = {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "security" not in operation
    }

    assert open_ones <= PUBLIC


def test_every_operation_has_a_name_of_its_own(anonymous: TestClient) -> None:
    paths = anonymous.get("/openapi.json").json()["paths"]
    names = [operation["operationId"] for methods in paths.values() for operation in methods.values()]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/businesses/current"),
        ("POST", "/channels"),
        ("PATCH", "/channels/1"),
        ("POST", "/channels/1/check"),
        ("POST", "/users"),
        ("PATCH", "/users/1"),
        ("GET", "/audit-entries"),
    ],
)
def test_agent_may_not_administer(agent_client: TestClient, method: str, path: str) -> None:
    assert agent_client.request(method, path, json={} if method != "GET" else None).status_code == 403


@pytest.mark.parametrize("value", ["0", "-1", "1e3", str(2**31), str(2**63), "9" * 40, "%00", "current"])
def test_no_endpoint_breaks_on_an_id_that_no_row_has(client: TestClient, value: str) -> None:
    broken = {
        (method, path): answer.status_code
        for method, path in operations(client)
        if (answer := client.request(method, filled(path, value), json={})).status_code >= 500
    }

    assert broken == {}


@pytest.mark.parametrize(
    "query", [{"cursor": "x"}, {"cursor": "WzFd"}, {"limit": "0"}, {"limit": "9" * 30}, {"q": "\0"}, {"q": "'"}]
)
def test_no_list_breaks_on_its_query(client: TestClient, query: dict[str, str]) -> None:
    lists = [filled(path) for method, path in operations(client) if method == "GET"]

    assert {path: status for path in lists if (status := client.get(path, params=query).status_code) >= 500} == {}
