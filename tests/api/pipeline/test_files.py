"""A customer's file, from the webhook to the agent: it comes when it comes, and the message is there at once."""

import base64
import hashlib
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.channel.tasks import CHECK_CHANNELS
from api.channel.token import set_access_token
from api.conversation.models import Message
from api.encryption import Vault
from api.identity.models import Channel
from api.media.models import Media
from api.media.tasks import DOWNLOAD_MEDIA
from api.settings import Settings
from api.template.sync import SYNC_TEMPLATES
from api.worker.meta import MetaTasks
from api.worker.sweeper import Sweeper
from tests.api.pipeline.conftest import Line
from tests.committed_shop import Shop
from tests.factories import make_token
from tests.graph_server import refusal, running_graph
from tests.media_files import picture
from tests.media_server import TOKEN, MediaServer
from tests.payloads import echoes_of, merged, message, messages_of, webhook

PICTURE = picture()
SHA256 = base64.b64encode(hashlib.sha256(PICTURE).digest()).decode()


@pytest.fixture
def meta() -> Iterator[MediaServer]:
    with running_graph() as graph:
        yield MediaServer(graph)


@pytest.fixture
def asking(settings: Settings, meta: MediaServer) -> Settings:
    return settings.model_copy(update={"graph_url": meta.graph.url, "graph_timeout_seconds": 1.0})


@pytest.fixture
def tasks(asking: Settings, line: Line, shop: Shop) -> Iterator[MetaTasks]:
    """The tasks that ask Meta, heard with the line's others."""
    with line.database.transaction() as session:
        set_access_token(session.get_one(Channel, shop.channel.id), TOKEN, Vault(asking.secret_keys))
    tasks = MetaTasks(asking, line.database, line.hints)
    yield tasks
    tasks.close()


@pytest.fixture
def agent(asking: Settings, line: Line, shop: Shop) -> Iterator[TestClient]:
    with line.database.transaction() as session:
        token = make_token(session, shop.admin)
    with TestClient(create_app(asking, line.database)) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def photo(media_id: str = "m1", caption: str = "2 of these") -> dict[str, object]:
    image = {"id": media_id, "mime_type": "image/jpeg", "sha256": SHA256, "caption": caption}
    item = message(type="image", image=image)
    del item["text"]
    return item


def shown(agent: TestClient) -> dict[str, object]:
    """The only message of the only conversation, as an agent sees it."""
    (conversation,) = agent.get("/conversations").json()["items"]
    (item,) = agent.get(f"/conversations/{conversation['id']}/messages").json()["items"]
    found: dict[str, object] = item
    return found


def test_message_shows_its_file_first_pending_then_stored(
    line: Line, shop: Shop, tasks: MetaTasks, meta: MediaServer, agent: TestClient
) -> None:
    meta.hold("m1", PICTURE, "image/jpeg")
    line.deliver(messages_of(shop.number, photo()))

    before = shown(agent)
    tasks.downloader.run()
    after = shown(agent)

    assert before["content"] == after["content"] == "2 of these"
    assert (before["media"]["state"], before["media"]["mime_type"]) == ("pending", "image/jpeg")  # type: ignore[index]
    assert (after["media"]["state"], after["media"]["size"]) == ("stored", len(PICTURE))  # type: ignore[index]
    assert agent.get(f"/media/{after['media']['id']}").content == PICTURE  # type: ignore[index]


def test_download_is_hinted_at_once(line: Line, shop: Shop, tasks: MetaTasks, meta: MediaServer) -> None:
    meta.hold("m1", PICTURE, "image/jpeg")
    line.hints.tasks |= {DOWNLOAD_MEDIA: tasks.downloader.run}

    line.deliver(messages_of(shop.number, photo()))

    assert [row.state for row in line.all(Media)] == ["stored"]


def test_message_is_there_though_its_file_never_comes(
    line: Line, shop: Shop, tasks: MetaTasks, meta: MediaServer, agent: TestClient
) -> None:
    meta.refused = refusal(131052, "gone")
    line.deliver(messages_of(shop.number, photo()))

    tasks.downloader.run()

    item = shown(agent)
    assert item["content"] == "2 of these"
    assert item["media"]["state"] == "failed"  # type: ignore[index]
    assert "ask the customer to send it again" in item["media"]["error"].lower()  # type: ignore[index]


def test_redelivered_webhook_makes_no_second_file(line: Line, shop: Shop, tasks: MetaTasks) -> None:
    payload = messages_of(shop.number, photo())

    line.deliver(payload, merged(payload, payload))

    assert len(line.all(Media)) == 1
    assert [row.media_id for row in line.all(Message)] == [row.id for row in line.all(Media)]


def test_album_and_what_the_shop_sent_from_its_phone_have_their_files(line: Line, shop: Shop, tasks: MetaTasks) -> None:
    line.deliver(messages_of(shop.number, *(photo(f"m{number}") for number in range(5))))
    sent = photo("m9") | {"to": "919000000001"}
    del sent["from"]
    line.deliver(echoes_of(shop.number, sent))

    assert sorted(row.meta_media_id for row in line.all(Media)) == ["m0", "m1", "m2", "m3", "m4", "m9"]
    assert all(row.media_id for row in line.all(Message))


def test_text_has_no_file(line: Line, shop: Shop, agent: TestClient) -> None:
    line.deliver(messages_of(shop.number, message("hello")))

    assert shown(agent)["media"] is None
    assert line.all(Media) == []


def test_number_without_a_token_says_what_its_files_wait_for(line: Line, shop: Shop, agent: TestClient) -> None:
    line.deliver(messages_of(shop.number, photo()))

    media = shown(agent)["media"]
    assert (media["state"], media["error"]) == (  # type: ignore[index]
        "pending",
        "the number has no access token: an admin gives it one",
    )


def test_what_no_hint_led_to_is_found_by_the_sweeper(line: Line, shop: Shop, tasks: MetaTasks) -> None:
    with line.database.transaction() as session:
        session.get_one(Channel, shop.channel.id).waba_id = "1"
    line.deliver(messages_of(shop.number, photo()))
    line.hints.waiting.clear()

    Sweeper(line.database, line.hints, line.pipeline, tasks).sweep()

    assert {DOWNLOAD_MEDIA, CHECK_CHANNELS, SYNC_TEMPLATES} <= {task for task, _ in line.hints.waiting}
    assert {DOWNLOAD_MEDIA, CHECK_CHANNELS, SYNC_TEMPLATES} <= set(tasks.tasks)


def test_template_that_meta_paused_is_paused_here_and_fetched_anew(line: Line, shop: Shop, tasks: MetaTasks) -> None:
    with line.database.transaction() as session:
        row = session.get_one(Channel, shop.channel.id)
        row.waba_id = "1"
        row.templates_due_at = None
    told = {
        "event": "PAUSED",
        "message_template_id": 11,
        "message_template_name": "x",
        "message_template_language": "en",
    }

    line.deliver(webhook(shop.number, told, field="message_template_status_update"))

    with line.database.transaction() as session:
        assert session.get_one(Channel, shop.channel.id).templates_due_at is not None
