"""Files come from Meta whole, checked and once; a failure never loses the message, nor asks Meta too often."""

import base64
import hashlib
import time
from pathlib import Path

import pytest
from sqlalchemy import func, update

from api.broker import NoHints
from api.encryption import Vault
from api.graph.client import GraphClient
from api.identity.models import Channel, ChannelStatus
from api.media.models import MediaState
from api.media.tasks import BACKOFF, Downloader
from tests.api.media.conftest import Desk
from tests.graph_server import VERSION, Asked, Reply, refusal
from tests.media_files import HTML, MP4, OGG, PDF, bomb, picture
from tests.media_server import MediaServer


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_file_is_stored_under_the_hash_of_its_bytes_with_a_thumbnail(desk: Desk, media_folder: Path) -> None:
    body = picture()
    desk.meta.hold("m1", body, "image/jpeg")
    media_id = desk.receive(
        "m1", mime_type="image/jpeg", sha256=base64.b64encode(hashlib.sha256(body).digest()).decode()
    )

    desk.downloader.run()

    row = desk.row(media_id)
    assert (row.state, row.mime_type, row.size, row.error) == (MediaState.STORED, "image/jpeg", len(body), None)
    assert (row.width, row.height, row.has_thumbnail) == (640, 480, True)
    sha256 = hashlib.sha256(body).hexdigest()
    assert files_in(media_folder) == [sha256, f"{sha256}.webp"]
    assert b"".join(desk.store.read(f"{row.business_id}/{sha256[:2]}/{sha256}")) == body


def test_media_folder_is_closed_to_others(desk: Desk, media_folder: Path) -> None:
    desk.meta.hold("m1", PDF, "application/pdf")
    desk.receive("m1", "document")

    desk.downloader.run()

    assert media_folder.stat().st_mode & 0o777 == 0o700


def test_same_bytes_are_kept_once(desk: Desk, media_folder: Path) -> None:
    for name in ("m1", "m2"):
        desk.meta.hold(name, PDF, "application/pdf")
        desk.receive(name, "document")

    desk.downloader.run()

    assert len(files_in(media_folder)) == 1


def test_meta_is_asked_with_the_channels_token_and_number(desk: Desk) -> None:
    desk.meta.hold("m1", PDF, "application/pdf")
    desk.receive("m1", "document")

    desk.downloader.run()

    first, second = desk.meta.graph.asked
    assert first.path == f"/v25.0/m1?phone_number_id={desk.channel.phone_number_id}"
    assert second.path == "/bytes/m1"
    assert first.token == second.token == "EAAG-token"


@pytest.mark.parametrize(
    ("kind", "body", "declared", "stored_as"),
    [
        ("audio", OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        ("voice", OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        ("video", MP4, "video/mp4", "video/mp4"),
        ("document", PDF, "application/pdf", "application/pdf"),
        (
            "document",
            b"PK\x03\x04rest",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            None,
        ),
        ("document", HTML, "application/pdf", "text/plain"),
        ("document", b"\x00\x01\x02\xfe", "image/png", "application/octet-stream"),
        ("image", picture("PNG"), "image/jpeg", "image/png"),
        ("sticker", picture("WEBP", (512, 512)), "image/webp", "image/webp"),
    ],
)
def test_type_is_judged_by_the_bytes(desk: Desk, kind: str, body: bytes, declared: str, stored_as: str | None) -> None:
    desk.meta.hold("m1", body, declared)
    media_id = desk.receive("m1", kind, mime_type=declared)

    desk.downloader.run()

    assert desk.row(media_id).mime_type == (stored_as or declared)


def test_page_that_says_it_is_a_picture_is_refused_for_good(desk: Desk) -> None:
    desk.meta.hold("m1", HTML, "image/jpeg")
    media_id = desk.receive("m1")

    desk.downloader.run()

    row = desk.row(media_id)
    assert (row.state, row.due_at) == (MediaState.FAILED, None)
    assert row.error == "what came is no image: its bytes are text/plain"


def test_bomb_is_stored_and_not_opened(desk: Desk) -> None:
    desk.meta.hold("m1", bomb(), "image/png")
    media_id = desk.receive("m1")

    desk.downloader.run()

    assert (desk.row(media_id).state, desk.row(media_id).has_thumbnail) == (MediaState.STORED, False)


def test_broken_picture_is_stored_without_a_thumbnail(desk: Desk) -> None:
    desk.meta.hold("m1", picture()[:400], "image/jpeg")
    media_id = desk.receive("m1")

    desk.downloader.run()

    assert (desk.row(media_id).state, desk.row(media_id).has_thumbnail) == (MediaState.STORED, False)


LIES = [
    ({"size": 10**6}, "bytes came of 1000000"),
    ({"sha256": "ab" * 32}, "hash differs"),
    ({"headers": {"Content-Length": "10"}}, "bytes came of"),
    ({"url": "http://169.254.169.254/latest/meta-data"}, "not one of Meta's"),
    ({"url": "https://fbsbx.com.evil.example/x"}, "not one of Meta's"),
]


@pytest.mark.parametrize(("lie", "reason"), LIES)
def test_lying_server_is_tried_again(desk: Desk, lie: dict[str, object], reason: str) -> None:
    desk.meta.hold("m1", PDF, "application/pdf", **lie)
    media_id = desk.receive("m1", "document")

    desk.downloader.run()

    row = desk.row(media_id)
    assert row.state is MediaState.PENDING
    assert reason in str(row.error)


def test_bytes_other_than_the_webhook_told_of_are_not_kept(desk: Desk) -> None:
    desk.meta.hold("m1", PDF, "application/pdf")
    media_id = desk.receive("m1", "document", sha256="cd" * 32)

    desk.downloader.run()

    assert "hash differs" in str(desk.row(media_id).error)


def test_file_without_end_is_cut_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.media import rule

    small = rule.Rule(frozenset(), 1000, 1000)
    monkeypatch.setitem(rule.RULES, "document", small)  # type: ignore[arg-type]
    desk.meta.hold("m1", b"x" * 5000, "text/plain", size=900)
    media_id = desk.receive("m1", "document")

    desk.downloader.run()

    assert desk.row(media_id).state is MediaState.FAILED
    assert "more than 1000" in str(desk.row(media_id).error)


def test_dripping_server_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.media import download

    monkeypatch.setattr(download, "LONGEST_SECONDS", -1.0)
    desk.meta.hold("m1", PDF, "application/pdf")
    media_id = desk.receive("m1", "document")

    desk.downloader.run()

    assert "took longer" in str(desk.row(media_id).error)


def test_silent_server_holds_a_worker_for_its_time_out_only(desk: Desk) -> None:
    media_id = desk.receive("m1", "document")

    def slowly(_asked: Asked) -> Reply:
        time.sleep(3)
        return Reply({})

    desk.meta.graph.answer = slowly
    started = time.monotonic()
    desk.downloader.run()

    assert time.monotonic() - started < 2.5
    assert "no answer" in str(desk.row(media_id).error)


def test_failure_waits_longer_each_time_and_then_succeeds(desk: Desk) -> None:
    held = desk.meta.hold("m1", PDF, "application/pdf")
    held.answers = [Reply(b"<html>", 502)] * 3
    media_id = desk.receive("m1", "document")

    waits = []
    for _ in range(3):
        desk.try_once(media_id)
        waits.append(round(desk.seconds_until_due(media_id)))
    row = desk.try_once(media_id)

    assert waits == [10, 40, 160]
    assert (row.state, row.attempts, row.error) == (MediaState.STORED, 4, None)


def test_attempts_fit_into_the_week_that_meta_keeps_files() -> None:
    waits = [BACKOFF.seconds(failures) for failures in range(1, 30)]

    attempts = next(count for count in range(1, 30) if sum(waits[:count]) > 7 * 24 * 3600)

    assert 15 <= attempts <= 25


def test_file_that_meta_does_not_know_at_first_may_come_later(desk: Desk) -> None:
    media_id = desk.receive("late", "document")
    desk.try_once(media_id)
    desk.meta.hold("late", PDF, "application/pdf")

    assert desk.try_once(media_id).state is MediaState.STORED


def test_file_that_meta_never_knows_is_given_up(desk: Desk) -> None:
    media_id = desk.receive("gone", "document")

    states = [desk.try_once(media_id).state for _ in range(5)]

    assert states == [MediaState.PENDING] * 4 + [MediaState.FAILED]
    assert desk.row(media_id).error == "Meta does not know the file, or not any more"
    assert desk.channel_now().trouble is None


def test_after_a_week_it_says_so(desk: Desk) -> None:
    media_id = desk.receive("m1", "document")
    desk.change(media_id, expires_at=func.now())

    row = desk.try_once(media_id)

    assert row.state is MediaState.FAILED
    assert "ask the customer to send it again" in str(row.error)
    assert desk.meta.graph.asked == []


def test_meta_is_refused_at_most_19_times_an_hour(desk: Desk) -> None:
    desk.meta.refused = refusal(131000, "Something went wrong")
    ids = [desk.receive(f"m{number}", "document") for number in range(30)]

    for media_id in ids:
        desk.try_once(media_id)
    at_once = len(desk.meta.graph.asked)
    for minute in range(1, 61):
        with desk.database.transaction() as session:  # a minute passes
            session.execute(
                update(Channel).values(
                    media_errors_until=Channel.media_errors_until - func.make_interval(0, 0, 0, 0, 0, 1)
                )
            )
        desk.try_once(ids[minute % 30])

    assert at_once == 9
    assert len(desk.meta.graph.asked) <= 19


def test_refused_token_marks_the_channel_and_all_its_files_rest(desk: Desk) -> None:
    first, second = desk.receive("m1", "document"), desk.receive("m2", "document")
    desk.meta.refused = refusal(190, "Session has expired", status=401)

    desk.downloader.run()
    desk.try_once(second)

    trouble = desk.channel_now().trouble
    assert trouble is not None
    assert (trouble["code"], trouble["action"]) == (190, "permission")
    assert len(desk.meta.graph.asked) == 1
    assert desk.row(first).state is MediaState.PENDING
    assert "access token" in str(desk.row(first).error)


@pytest.mark.parametrize("change", [{"status": ChannelStatus.DISABLED}, {"access_token_encrypted": None}])
def test_channel_that_cannot_ask_keeps_its_files_waiting(desk: Desk, change: dict[str, object]) -> None:
    media_id = desk.receive("m1", "document")
    with desk.database.transaction() as session:
        session.execute(update(Channel).values(**change))

    desk.downloader.run()

    assert (desk.row(media_id).state, desk.row(media_id).attempts) == (MediaState.PENDING, 0)


def test_store_that_is_full_loses_nothing(desk: Desk, media_folder: Path) -> None:
    media_folder.parent.mkdir(parents=True, exist_ok=True)
    media_folder.write_text("a file where the folder should be")
    desk.meta.hold("m1", PDF, "application/pdf")
    media_id = desk.receive("m1", "document")

    desk.downloader.run()

    assert desk.row(media_id).state is MediaState.PENDING
    media_folder.unlink()
    assert desk.try_once(media_id).state is MediaState.STORED


def test_attempt_that_never_ended_is_made_again_after_its_lease(desk: Desk, meta: MediaServer) -> None:
    from api.media.repository import claim

    meta.hold("m1", PDF, "application/pdf")
    media_id = desk.receive("m1", "document")
    with desk.database.transaction() as session:
        assert claim(session) is not None  # and the process dies

    desk.downloader.run()
    assert desk.row(media_id).attempts == 1
    assert 300 < desk.seconds_until_due(media_id) < 400
    assert desk.try_once(media_id).state is MediaState.STORED


def test_while_all_hands_are_busy_no_further_thread_waits_for_meta(desk: Desk, vault: Vault) -> None:
    graph = GraphClient(desk.meta.graph.url, VERSION, timeout=5)
    downloader = Downloader(desk.database, NoHints(), graph, vault, desk.store, at_once=1)
    for name in ("m1", "m2"):
        desk.meta.hold(name, PDF, "application/pdf")
        desk.receive(name, "document")
    whole, asked_meanwhile = desk.meta.graph.answer, []

    def another_hand_comes(asked: Asked) -> Reply:
        before = len(desk.meta.graph.asked)
        downloader.run()
        asked_meanwhile.append(len(desk.meta.graph.asked) - before)
        return whole(asked)

    desk.meta.graph.answer = another_hand_comes
    downloader.run()
    graph.close()

    assert asked_meanwhile == [0, 0, 0, 0]
