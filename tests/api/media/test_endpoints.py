"""Files over HTTP: for their own business only, in a form that runs nothing."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.identity.models import Business
from api.media.models import Media, MediaState
from tests.api.media.conftest import Desk
from tests.factories import make_token, make_user
from tests.graph_server import refusal
from tests.media_files import HTML, MP4, OGG, PDF, picture


def upload(client: TestClient, body: bytes, name: str = "file", **query: str) -> dict[str, object]:
    answer = client.post("/media", files={"file": (name, body)}, params=query)
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_uploaded_picture_comes_back_byte_by_byte_with_a_thumbnail(client: TestClient) -> None:
    body = picture(size=(1200, 900))
    made = upload(client, body, "saree.jpg")

    whole, small = client.get(f"/media/{made['id']}"), client.get(f"/media/{made['id']}/thumbnail")

    assert made | {"created_at": "", "id": 0} == {
        "id": 0,
        "kind": "image",
        "state": "stored",
        "mime_type": "image/jpeg",
        "filename": "saree.jpg",
        "size": len(body),
        "width": 1200,
        "height": 900,
        "has_thumbnail": True,
        "error": None,
        "due_at": None,
        "created_at": "",
    }
    assert whole.content == body
    assert (whole.headers["content-type"], whole.headers["content-length"]) == ("image/jpeg", str(len(body)))
    assert small.headers["content-type"] == "image/webp"
    assert len(small.content) < len(body)


def test_camera_notes_do_not_reach_the_thumbnail_and_the_picture_stands_upright(client: TestClient) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRET-CAMERA"
    made = upload(client, picture(size=(800, 400), exif=exif))

    small = client.get(f"/media/{made['id']}/thumbnail").content

    assert (made["width"], made["height"]) == (400, 800)
    assert b"SECRET-CAMERA" not in small


def test_answer_runs_nothing_and_is_asked_about_each_time(client: TestClient) -> None:
    headers = client.get(f"/media/{upload(client, PDF, 'bill.pdf')['id']}").headers

    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cache-control"] == "private, no-cache"
    assert headers["content-disposition"] == "attachment; filename=\"bill.pdf\"; filename*=UTF-8''bill.pdf"


@pytest.mark.parametrize(
    ("name", "kind"), [("page.html", "text/plain; charset=utf-8"), ("x.svg", "text/plain; charset=utf-8")]
)
def test_page_is_saved_as_text_whatever_its_name(client: TestClient, name: str, kind: str) -> None:
    answer = client.get(f"/media/{upload(client, HTML, name)['id']}")

    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "filename=\"passwd\"; filename*=UTF-8''passwd"),
        ('a"b\r\nSet-Cookie: x.pdf', "filename=\"abSet-Cookie x.pdf\"; filename*=UTF-8''abSet-Cookie%20x.pdf"),
        ("बिल.pdf", "filename=\"___.pdf\"; filename*=UTF-8''%E0%A4%AC%E0%A4%BF%E0%A4%B2.pdf"),
        ("", None),
    ],
)
def test_name_cannot_break_out_of_its_header(
    client: TestClient, session: Session, given: str, shown: str | None
) -> None:
    from api.media.incoming import clean_name

    made = upload(client, PDF)
    row = session.get_one(Media, made["id"])
    row.filename = clean_name(given)
    session.flush()
    session.commit()

    way = client.get(f"/media/{made['id']}").headers["content-disposition"]

    assert way == "attachment; " + (
        shown or f"filename=\"document-{made['id']}.pdf\"; filename*=UTF-8''document-{made['id']}.pdf"
    )


@pytest.mark.parametrize(
    ("asked", "status", "part", "content_range"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/{size}"),
        ("bytes=10-", 206, slice(10, None), "bytes 10-{last}/{size}"),
        ("bytes=-5", 206, slice(-5, None), "bytes {tail}-{last}/{size}"),
        ("bytes=0-999999", 206, slice(0, None), "bytes 0-{last}/{size}"),
        ("bytes=999999-", 416, slice(0, 0), "bytes */{size}"),
        ("bytes=5-2", 416, slice(0, 0), "bytes */{size}"),
        ("bytes=-0", 416, slice(0, 0), "bytes */{size}"),
        ("bytes=0-1,4-5", 200, slice(None), None),
        ("bytes=-", 200, slice(None), None),
        ("lines=1-2", 200, slice(None), None),
    ],
)
def test_part_of_a_video_can_be_had(
    client: TestClient, asked: str, status: int, part: slice, content_range: str | None
) -> None:
    made = upload(client, MP4)
    size = len(MP4)

    answer = client.get(f"/media/{made['id']}", headers={"Range": asked})

    assert answer.status_code == status
    assert answer.content == MP4[part]
    told = content_range.format(size=size, last=size - 1, tail=size - 5) if content_range else None
    assert answer.headers.get("content-range") == told


@pytest.mark.parametrize(
    ("body", "way"), [(OGG, "inline"), (MP4, "inline"), (picture("PNG"), "inline"), (PDF, "attachment")]
)
def test_only_what_runs_nothing_is_shown_in_the_browser(client: TestClient, body: bytes, way: str) -> None:
    headers = client.get(f"/media/{upload(client, body)['id']}").headers

    assert headers["content-disposition"].startswith(f"{way};")


def test_browser_that_has_the_file_gets_no_bytes(client: TestClient) -> None:
    url = f"/media/{upload(client, OGG)['id']}"
    tag = client.get(url).headers["etag"]

    again = client.get(url, headers={"If-None-Match": f'"other", W/{tag}'})
    part = client.get(url, headers={"Range": "bytes=0-3", "If-Range": '"older"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert (part.status_code, part.content) == (200, OGG)


def test_file_of_another_business_is_not_there(client: TestClient, session: Session, other_business: Business) -> None:
    media_id = upload(client, PDF)["id"]
    stranger = TestClient(
        client.app, headers={"Authorization": f"Bearer {make_token(session, make_user(session, other_business))}"}
    )

    answers = [
        stranger.get(f"/media/{media_id}"),
        stranger.get(f"/media/{media_id}/thumbnail"),
        stranger.get(f"/media/{media_id}/state"),
        stranger.post(f"/media/{media_id}/retry"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_agent_sees_what_her_business_has(agent_client: TestClient, client: TestClient) -> None:
    assert agent_client.get(f"/media/{upload(client, PDF)['id']}").status_code == 200


@pytest.mark.parametrize(
    ("body", "query", "said"),
    [
        (b"", {}, "from 1 to"),
        (picture() + bytes(5 * 1024 * 1024), {}, "WhatsApp takes from 1 to 5242880"),
        (picture("WEBP") + bytes(100 * 1024), {}, "WhatsApp takes from 1 to 102400"),
        (OGG, {"kind": "image"}, "WhatsApp takes no audio/ogg as image: send one of image/jpeg, image/png"),
        (picture("GIF"), {}, "WhatsApp takes no image/gif as document"),
        (b"\x00\x01\x02", {}, "WhatsApp takes no application/octet-stream"),
    ],
)
def test_what_whatsapp_would_not_take_is_refused_with_its_limit(
    client: TestClient, body: bytes, query: dict[str, str], said: str
) -> None:
    answer = client.post("/media", files={"file": ("f", body)}, params=query)

    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_file_that_did_not_come_says_why_and_comes_when_asked_for_again(desk: Desk, client: TestClient) -> None:
    desk.meta.refused = refusal(131052, "Failed to download the media")
    media_id = desk.receive("m1", "document")
    desk.downloader.run()

    missing = client.get(f"/media/{media_id}")
    state = client.get(f"/media/{media_id}/state").json()
    desk.meta.refused = None
    desk.meta.hold("m1", PDF, "application/pdf")
    retried = client.post(f"/media/{media_id}/retry").json()
    desk.downloader.run()

    assert missing.status_code == 409
    assert missing.json()["state"] == state["state"] == "failed"
    assert "cannot be downloaded" in state["error"]
    assert retried["state"] == "pending"
    assert client.get(f"/media/{media_id}").content == PDF


def test_after_seven_days_there_is_nothing_to_ask_for(desk: Desk, client: TestClient) -> None:
    from sqlalchemy import func

    media_id = desk.receive("m1", "document")
    desk.change(media_id, expires_at=func.now(), state=MediaState.FAILED)

    answer = client.post(f"/media/{media_id}/retry")

    assert answer.status_code == 409
    assert "ask the customer" in answer.json()["detail"]


def test_retrying_what_is_here_changes_nothing(client: TestClient) -> None:
    made = upload(client, PDF)

    assert client.post(f"/media/{made['id']}/retry").json() == made


def test_file_that_was_removed_from_the_store_is_a_404(client: TestClient, media_folder: Path) -> None:
    made = upload(client, PDF)
    for path in media_folder.rglob("*"):
        if path.is_file():
            path.unlink()

    assert client.get(f"/media/{made['id']}").status_code == 404
