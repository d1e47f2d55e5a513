"""Files of ours in messages: given to Meta when the message goes out."""

import io

import pytest

from api.conversation.models import MessageStatus
from api.identity.current_user import CurrentUser
from api.identity.models import Role
from api.media.blob import gathered
from api.media.models import Media
from api.media.service import add_upload
from api.problem import Unprocessable
from tests.graph_server import Asked, Reply, refusal
from tests.media_files import PDF
from tests.post_office import PostOffice


def upload(office: PostOffice) -> int:
    """Give the service a bill; return our id of it."""
    actor = CurrentUser(office.agent.id, office.business.id, Role.AGENT, "Asha", "asha@shop.example", 1)
    with office.database.transaction() as session, gathered(iter(io.BytesIO(PDF).readlines())) as blob:
        return add_upload(session, actor, office.store, blob, filename="bill.pdf", kind=None).id


def answering(office: PostOffice, uploads: list[bytes], refused: int = 0) -> None:
    """Have Meta take files, and refuse so many messages for their file."""
    refusals = iter([refusal(131053, "no such file")] * refused)

    def answer(asked: Asked) -> Reply:
        if asked.path.endswith("/media"):
            uploads.append(asked.raw)
            return Reply({"id": f"up{len(uploads)}"})
        return next(refusals, None) or office.server.take(asked)

    office.server.answer = answer


def bill(media_id: int) -> dict[str, object]:
    return {"media_id": media_id, "caption": "Your bill"}


def test_a_file_is_given_to_meta_once_and_sent_by_its_id(office: PostOffice) -> None:
    uploads: list[bytes] = []
    answering(office, uploads)
    media_id = upload(office)
    first, second = (office.put_any("document", bill(media_id)) for _ in range(2))

    office.send()

    assert [body["document"] for body in office.server.messages] == [{"id": "up1", "caption": "Your bill"}] * 2
    assert len(uploads) == 1
    assert PDF in uploads[0]
    assert office.message(first).media_id == office.message(second).media_id == media_id


def test_a_file_in_a_heading_is_given_to_meta(office: PostOffice) -> None:
    uploads: list[bytes] = []
    answering(office, uploads)
    header = {"type": "document", "document": {"media_id": upload(office)}}
    buttons = [{"type": "reply", "reply": {"id": "ok", "title": "OK"}}]
    content = {"type": "button", "header": header, "body": {"text": "Right?"}, "action": {"buttons": buttons}}
    office.put_any("interactive", content)

    office.send()

    assert office.server.messages[0]["interactive"]["header"]["document"] == {"id": "up1"}


def test_a_file_that_meta_lost_is_given_anew(office: PostOffice) -> None:
    uploads: list[bytes] = []
    answering(office, uploads, refused=1)
    media_id = upload(office)
    lost, again = (office.put_any("document", bill(media_id)) for _ in range(2))

    office.send()

    assert office.message(lost).status is MessageStatus.FAILED
    assert office.message(again).status is MessageStatus.SENT
    assert len(uploads) == 2


def test_a_file_that_is_gone_fails_its_message_alone(office: PostOffice) -> None:
    message_id = office.put_any("document", bill(media_id := upload(office)))
    office.put("next")
    with office.database.transaction() as session:
        session.get_one(Media, media_id).state = "failed"  # type: ignore[assignment]

    office.send()

    failed = office.message(message_id)
    assert failed.status is MessageStatus.FAILED
    assert failed.error is not None
    assert failed.error["action"] == "media"
    assert office.texts() == ["next"]


@pytest.mark.parametrize("kind", ["image", "video"])
def test_a_file_is_sent_as_what_it_was_given(office: PostOffice, kind: str) -> None:
    with pytest.raises(Unprocessable, match=f"was given as document, not as {kind}"):
        office.put_any(kind, {"media_id": upload(office)})


def test_a_file_that_nobody_gave_is_named(office: PostOffice) -> None:
    with pytest.raises(Unprocessable, match="there is no file 4711"):
        office.put_any("image", {"media_id": 4711})
