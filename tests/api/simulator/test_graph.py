"""Numbers, accounts, tokens and media, as Graph answers for them."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from api.simulator.options import Faults, Number, Options
from tests.api.simulator.conftest import ASHA, NUMBER, Graph, simulating
from tests.api.simulator.receiver import Receiver

SECOND = Number(phone_number_id="2", display_phone_number="+91 98000 00002", throughput="HIGH")


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    yield from simulating(Options(numbers=(NUMBER, SECOND), tokens=("one", "two")))


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic one"}])
@pytest.mark.parametrize("path", [f"{NUMBER.phone_number_id}", "debug_token", "no-such-object"])
def test_without_a_right_token_there_is_no_answer(graph: Graph, headers: dict[str, str], path: str) -> None:
    answer = httpx.get(f"{graph.simulator.address}/v25.0/{path}", headers=headers)

    assert answer.status_code == 401
    assert (answer.json()["error"]["code"], answer.json()["error"]["type"]) == (190, "OAuthException")
    assert "fbtrace_id" in answer.json()["error"]


def test_every_token_that_was_named_is_right_in_the_header_and_in_the_address(graph: Graph) -> None:
    path = f"{graph.simulator.address}/v25.0/{NUMBER.phone_number_id}"

    assert httpx.get(path, headers={"Authorization": "Bearer two"}).status_code == 200
    assert httpx.get(path, params={"access_token": "one"}).status_code == 200


def test_any_version_is_spoken_and_what_is_none_is_not(graph: Graph) -> None:
    for version, status in (("v19.0", 200), ("v99.0", 200), ("latest", 400)):
        assert graph.http.get(f"/{version}/{NUMBER.phone_number_id}").status_code == status


def test_what_is_not_there_is_told_in_metas_way(graph: Graph) -> None:
    for answer in (
        graph.http.get("/v25.0/123"),
        graph.http.post("/v25.0/123/messages", json={}),
        graph.http.get("/v25.0/123/message_templates"),
        graph.http.get("/v25.0/123/phone_numbers"),
        graph.http.delete("/v25.0/123"),
    ):
        error = answer.json()["error"]
        assert (answer.status_code, error["type"], error["code"], error["error_subcode"]) == (
            400,
            "GraphMethodException",
            100,
            33,
        )


def test_a_number_tells_what_is_asked_of_it(graph: Graph) -> None:
    whole = graph.http.get("/v25.0/2").json()
    part = graph.http.get("/v25.0/2", params={"fields": "quality_rating,throughput{level}"}).json()

    assert whole["display_phone_number"] == "+91 98000 00002"
    assert part == {"id": "2", "quality_rating": "GREEN", "throughput": {"level": "HIGH"}}


def test_an_account_lists_its_numbers_in_pages(graph: Graph) -> None:
    path = f"/v25.0/{NUMBER.waba_id}/phone_numbers"
    first = graph.http.get(path, params={"limit": 1}).json()
    second = graph.http.get(first["paging"]["next"]).json()

    assert [row["id"] for row in first["data"] + second["data"]] == [NUMBER.phone_number_id, "2"]
    assert "next" not in second["paging"]


def test_an_app_subscribes_to_an_account(graph: Graph) -> None:
    path = f"/v25.0/{NUMBER.waba_id}/subscribed_apps"
    assert graph.http.get(path).json() == {"data": []}
    assert graph.http.post(path).json() == {"success": True}
    assert len(graph.http.get(path).json()["data"]) == 1
    assert graph.http.delete(path).json() == {"success": True}


def test_a_token_is_looked_into(graph: Graph) -> None:
    good = graph.http.get("/v25.0/debug_token", params={"input_token": "two"}).json()["data"]
    bad = graph.http.get("/v25.0/debug_token", params={"input_token": "three"}).json()["data"]

    assert good["is_valid"]
    assert "whatsapp_business_messaging" in good["scopes"]
    assert good["granular_scopes"][0]["target_ids"] == [NUMBER.waba_id]
    assert not bad["is_valid"]


def test_a_pin_has_six_digits(graph: Graph) -> None:
    path = f"/v25.0/{NUMBER.phone_number_id}"
    assert graph.http.post(path, json={"pin": "123456"}).json() == {"success": True}
    assert graph.http.post(f"{path}/register", json={"messaging_product": "whatsapp", "pin": "12"}).status_code == 400


def uploaded(graph: Graph, content: bytes, mime_type: str = "image/png") -> httpx.Response:
    return graph.http.post(
        f"/v25.0/{NUMBER.phone_number_id}/media",
        data={"messaging_product": "whatsapp", "type": mime_type},
        files={"file": ("a.png", content, mime_type)},
    )


def test_a_file_that_was_uploaded_is_downloaded_and_sent_and_deleted(graph: Graph) -> None:
    media_id = uploaded(graph, b"picture").json()["id"]
    told = graph.http.get(f"/v25.0/{media_id}").json()

    assert told["sha256"] == hashlib.sha256(b"picture").hexdigest()
    assert (told["mime_type"], told["file_size"], told["messaging_product"]) == ("image/png", 7, "whatsapp")
    answer = graph.http.get(told["url"])
    assert (answer.content, answer.headers["content-type"]) == (b"picture", "image/png")
    assert httpx.get(told["url"]).status_code == 401
    assert graph.message(type="image", image={"id": media_id}).status_code == 200
    assert graph.http.delete(f"/v25.0/{media_id}").json() == {"success": True}
    assert graph.http.get(told["url"]).status_code == 404


def test_an_address_is_good_for_five_minutes(graph: Graph) -> None:
    url = graph.http.get(f"/v25.0/{uploaded(graph, b'picture').json()['id']}").json()["url"]
    graph.simulator.advance(295)
    assert graph.http.get(url).status_code == 200
    graph.simulator.advance(10)
    assert graph.http.get(url).status_code == 404
    assert graph.http.get(url.replace("ext=", "ext=9")).status_code == 404, "an address that was made up"


@pytest.mark.parametrize(
    ("content", "mime_type", "code"),
    [
        (b"x" * (5 * 1024 * 1024 + 1), "image/png", 131053),
        (b"x" * (500 * 1024 + 1), "image/webp", 131053),
        (b"<svg/>", "image/svg+xml", 100),
        (b"", "image/png", 131053),
    ],
    ids=["too large a picture", "too large a sticker", "a drawing", "nothing"],
)
def test_a_file_that_meta_does_not_take_is_refused(graph: Graph, content: bytes, mime_type: str, code: int) -> None:
    assert uploaded(graph, content, mime_type).json()["error"]["code"] == code


def test_a_chosen_share_of_files_fails_to_download_at_first(start: Callable[..., Graph], receiver: Receiver) -> None:
    graph = start(faults=Faults(seed=1, fail_media=0.5, media_failures=2))
    phone = graph.simulator.phone(ASHA)
    for _ in range(20):
        phone.send_file("image", b"picture", "image/png", caption="this one")
    graph.simulator.wait_until_delivered()
    images: list[dict[str, Any]] = [message["image"] for message in receiver.items("messages")]

    answers = [tuple(graph.http.get(image["url"]).status_code for _ in range(3)) for image in images]

    assert set(answers) == {(200, 200, 200), (500, 500, 200)}
    assert {image["caption"] for image in images} == {"this one"}
    assert base64.b64decode(images[0]["sha256"]) == hashlib.sha256(b"picture").digest()
