"""The client of the Graph API, against a server on a real socket."""

import io
import socket
import time
from collections.abc import Iterator

import pytest

from api.graph.advice import Action
from api.graph.client import GraphClient
from api.graph.error import GraphRefused, GraphUncertain, GraphUnreachable, TooLarge, UntrustedAddress
from tests.graph_server import VERSION, Asked, GraphServer, Reply, refusal, running_graph


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with running_graph() as server:
        yield server


@pytest.fixture
def graph(server: GraphServer) -> Iterator[GraphClient]:
    client = GraphClient(server.url, VERSION, timeout=1)
    yield client
    client.close()


def test_a_request_carries_the_token_and_the_version(server: GraphServer, graph: GraphClient) -> None:
    graph.post("17/messages", {"type": "text"}, token="t0ken")

    asked = server.asked[0]
    assert (asked.method, asked.path, asked.token, asked.body) == (
        "POST",
        f"/{VERSION}/17/messages",
        "t0ken",
        {"type": "text"},
    )


def test_a_list_is_followed_to_its_last_page(server: GraphServer, graph: GraphClient) -> None:
    pages = {
        "": {"data": [{"id": 1}, {"id": 2}], "paging": {"cursors": {"before": "a", "after": "b"}}},
        "b": {"data": [{"id": 3}], "paging": {"cursors": {"before": "b", "after": "c"}}},
        "c": {"data": []},
    }
    server.answer = lambda asked: Reply(pages[asked.path.partition("after=")[2]])

    assert [item["id"] for item in graph.pages("9/message_templates", token="t", limit=2)] == [1, 2, 3]
    assert all("limit=2" in asked.path for asked in server.asked)


def test_a_list_whose_cursor_stands_still_ends(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply({"data": [{"id": 1}], "paging": {"cursors": {"after": "same"}}})

    assert len(list(graph.pages("9/x", token="t"))) == 2


def test_a_refusal_tells_code_details_and_what_to_do(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: refusal(131047, "more than 24 hours have passed")

    with pytest.raises(GraphRefused) as caught:
        graph.post("17/messages", {}, token="t")

    assert (caught.value.code, caught.value.details) == (131047, "more than 24 hours have passed")
    assert caught.value.advice.action is Action.TEMPLATE_NEEDED
    assert caught.value.as_json()["remedy"].startswith("Send a template")


def test_a_refusal_tells_how_long_to_wait(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply({"error": {"code": 4}}, 400, {"Retry-After": "17"})

    with pytest.raises(GraphRefused) as caught:
        graph.get("17", token="t")

    assert caught.value.retry_after == 17


def test_an_answer_of_success_that_holds_an_error_is_a_refusal(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply({"error": {"code": 190}}, 200)

    with pytest.raises(GraphRefused):
        graph.get("17", token="t")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(hang_up=True),
        Reply(b"<html>Bad Gateway</html>", 502),
        Reply(b'{"messages": [', 200),
        Reply([], 200),
        Reply({}, 302, {"Location": "https://elsewhere.example/"}),
    ],
    ids=["connection closed", "gateway", "broken off", "no object", "redirect"],
)
def test_without_an_answer_a_message_may_have_been_sent(server: GraphServer, graph: GraphClient, reply: Reply) -> None:
    server.answer = lambda _asked: reply

    with pytest.raises(GraphUncertain):
        graph.post("17/messages", {}, token="t")
    with pytest.raises(GraphUnreachable):
        graph.get("17", token="t")


def test_an_answer_that_takes_too_long_leaves_it_open(server: GraphServer) -> None:
    def slowly(asked: Asked) -> Reply:
        time.sleep(0.5)
        return server.take(asked)

    server.answer = slowly
    client = GraphClient(server.url, VERSION, timeout=0.1)

    with pytest.raises(GraphUncertain):
        client.post("17/messages", {}, token="t")
    client.close()


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        client = GraphClient(f"http://127.0.0.1:{free.getsockname()[1]}", VERSION, timeout=1)
        with pytest.raises(GraphUnreachable):
            client.post("17/messages", {}, token="t")
    client.close()


def test_a_file_is_uploaded_as_a_form(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply({"id": "4711"})

    media_id = graph.upload("17", io.BytesIO(b"%PDF-"), mime_type="application/pdf", filename="bill.pdf", token="t")

    asked = server.asked[0]
    assert media_id == "4711"
    assert asked.content_type.startswith("multipart/form-data")
    assert all(part in asked.raw for part in (b'name="messaging_product"', b"whatsapp", b"bill.pdf", b"%PDF-"))


def test_a_file_is_downloaded_with_the_token(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply(b"picture", headers={"Content-Type": "image/jpeg"})

    with graph.download(f"{server.url}/file", token="t0ken", max_bytes=7) as file:
        assert (file.mime_type, file.length, b"".join(file.chunks)) == ("image/jpeg", 7, b"picture")
    assert server.asked[0].token == "t0ken"


def test_a_file_that_is_too_large_is_not_read(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply(b"picture")

    with pytest.raises(TooLarge, match="7 bytes"), graph.download(f"{server.url}/file", token="t", max_bytes=6):
        pass


def test_a_file_whose_address_has_lapsed_is_refused(server: GraphServer, graph: GraphClient) -> None:
    server.answer = lambda _asked: Reply(b"gone", 404)

    with pytest.raises(GraphRefused), graph.download(f"{server.url}/file", token="t", max_bytes=6):
        pass


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/file",
        "https://lookaside.fbsbx.com.evil.example/file",
        "http://lookaside.fbsbx.com/file",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://notfacebook.com/file",
    ],
)
def test_the_token_goes_to_no_address_but_metas(graph: GraphClient, url: str) -> None:
    with pytest.raises(UntrustedAddress), graph.download(url, token="t", max_bytes=6):
        pass
