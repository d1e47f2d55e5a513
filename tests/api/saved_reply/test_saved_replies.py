"""Replies that are kept to be picked again."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


def keep(client: TestClient, shortcut: str = "thanks", **changes: Any) -> Any:  # noqa: ANN401 - any JSON
    wish = {"shortcut": shortcut, "title": "Thank you", "text": "Thank you, {name}!"} | changes
    return client.post("/saved-replies", json=wish)


def shortcuts(client: TestClient, q: str = "") -> list[str]:
    return [each["shortcut"] for each in client.get("/saved-replies", params={"q": q}).json()["items"]]


def test_shortcut_is_unique_whatever_its_case(client: TestClient) -> None:
    assert keep(client, "Thanks").json()["shortcut"] == "thanks"

    again = keep(client, "THANKS")

    assert (again.status_code, again.json()["type"]) == (409, "urn:problem-type:satyasell:shortcut-taken")
    other = keep(client, "bye").json()
    taken = client.patch(f"/saved-replies/{other['id']}", json={"shortcut": "thanks"})
    assert taken.status_code == 409
    assert shortcuts(client) == ["bye", "thanks"]


def test_search_looks_at_the_shortcuts_beginning_and_at_the_words(client: TestClient) -> None:
    keep(client, "thanks")
    keep(client, "cod", title="Cash on delivery", text="You pay when it comes")

    assert shortcuts(client, "/co") == ["cod"]
    assert shortcuts(client, "hank") == ["thanks"]
    assert shortcuts(client, "when it comes") == ["cod"]
    assert shortcuts(client, "%") == []


def test_what_is_used_most_is_listed_first(client: TestClient) -> None:
    first = keep(client, "first").json()
    keep(client, "second")

    assert client.post(f"/saved-replies/{first['id']}/use").status_code == 204

    assert shortcuts(client) == ["first", "second"]
    assert client.get("/saved-replies").json()["items"][0]["used_count"] == 1


def test_agent_keeps_changes_and_removes_replies(agent_client: TestClient) -> None:
    reply = keep(agent_client).json()

    changed = agent_client.patch(f"/saved-replies/{reply['id']}", json={"text": "Dhanyavaad, {name}!"})

    assert (changed.json()["text"], changed.json()["title"]) == ("Dhanyavaad, {name}!", "Thank you")
    assert agent_client.delete(f"/saved-replies/{reply['id']}").status_code == 204
    assert agent_client.delete(f"/saved-replies/{reply['id']}").status_code == 404


@pytest.mark.parametrize("wrong", [{"shortcut": "two words"}, {"shortcut": "/x"}, {"text": ""}, {"text": "x" * 4097}])
def test_reply_that_could_not_be_picked_or_sent_is_refused(client: TestClient, wrong: dict[str, str]) -> None:
    assert keep(client, **wrong).status_code == 422
