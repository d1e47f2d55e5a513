"""A file is given to Meta once, and again when Meta has forgotten it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from api.encryption import Vault
from api.graph.client import GraphClient
from api.graph.error import GraphRefused, GraphUnreachable
from api.identity.models import Channel
from api.media.models import MediaUpload
from api.media.outgoing import FileNotReady, MetaFiles
from tests.api.media.conftest import Desk
from tests.factories import make_channel
from tests.graph_server import VERSION, Reply, refusal
from tests.media_files import PDF


@pytest.fixture
def files(desk: Desk, vault: Vault) -> Iterator[MetaFiles]:
    graph = GraphClient(desk.meta.graph.url, VERSION, timeout=1)
    yield MetaFiles(desk.database, graph, vault, desk.store)
    graph.close()


@pytest.fixture
def media_id(client: TestClient) -> int:
    made: int = client.post("/media", files={"file": ("bill.pdf", PDF)}).json()["id"]
    return made


def test_file_goes_to_meta_once(desk: Desk, files: MetaFiles, media_id: int) -> None:
    first, second = (files.meta_media_id(desk.channel.id, media_id) for _ in range(2))

    assert first == second == "up1"
    (sent,) = desk.meta.uploads
    assert PDF in sent
    assert b'filename="bill.pdf"' in sent
    assert b"application/pdf" in sent
    assert desk.meta.graph.asked[0].path == f"/v25.0/{desk.channel.phone_number_id}/media"


def test_file_goes_again_before_its_thirty_days_are_over(desk: Desk, files: MetaFiles, media_id: int) -> None:
    files.meta_media_id(desk.channel.id, media_id)
    with desk.database.transaction() as session:
        session.execute(update(MediaUpload).values(expires_at=datetime.now(UTC) + timedelta(hours=23)))

    assert files.meta_media_id(desk.channel.id, media_id) == "up2"


def test_file_that_meta_has_lost_goes_again(desk: Desk, files: MetaFiles, media_id: int) -> None:
    files.meta_media_id(desk.channel.id, media_id)
    files.forget(desk.channel.id, media_id)

    assert files.meta_media_id(desk.channel.id, media_id) == "up2"


def test_file_that_came_from_a_customer_can_be_sent(desk: Desk, files: MetaFiles) -> None:
    desk.meta.hold("m1", PDF, "application/pdf")
    received = desk.receive("m1", "document")
    desk.downloader.run()

    assert files.meta_media_id(desk.channel.id, received) == "up1"


def test_file_that_is_not_here_cannot_be_sent(desk: Desk, files: MetaFiles) -> None:
    with pytest.raises(FileNotReady, match="is pending"):
        files.meta_media_id(desk.channel.id, desk.receive("m1", "document"))
    with pytest.raises(FileNotReady, match="there is no file 99999"):
        files.meta_media_id(desk.channel.id, 99999)


def test_number_of_another_business_cannot_send_it(
    desk: Desk, files: MetaFiles, other_business: object, media_id: int
) -> None:
    with desk.database.transaction() as session:
        stranger: Channel = make_channel(session, other_business)  # type: ignore[arg-type]

    with pytest.raises(FileNotReady, match="there is no file"):
        files.meta_media_id(stranger.id, media_id)


def test_what_meta_says_reaches_the_sender(desk: Desk, files: MetaFiles, media_id: int) -> None:
    desk.meta.refused = refusal(131053, "Unsupported codec")
    with pytest.raises(GraphRefused) as caught:
        files.meta_media_id(desk.channel.id, media_id)
    desk.meta.refused = Reply(hang_up=True)
    with pytest.raises(GraphUnreachable):
        files.meta_media_id(desk.channel.id, media_id)

    assert caught.value.code == 131053
