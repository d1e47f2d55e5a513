"""Files as they come: text, zip archives, JSON lines, and what is none of them."""

import json
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from engine.chat_file import ChatFileError, ExportOptions, read_chats
from engine.conversation import CartItem, MessageKind, Sender

EXPORT = "\ufeff12/03/26, 9:41 pm - Asha Rao: 2 kg atta\n12/03/26, 9:42 pm - Sharma Store: ok ji\n"
ME = ExportOptions(me="Sharma Store")


def zipped(path: Path, **members: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_txt", ".txt").replace("_jpg", ".jpg"), content)
    return path


def test_a_text_file_is_named_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Asha Rao.txt"
    path.write_text(EXPORT, encoding="utf-8")

    (chat,) = read_chats(path)

    assert chat.id == "WhatsApp Chat with Asha Rao"
    assert [message.sender for message in chat.messages] == [Sender.CUSTOMER, Sender.BUSINESS]


def test_the_chat_is_found_in_the_archive_that_a_phone_sends(tmp_path: Path) -> None:
    path = zipped(tmp_path / "WhatsApp Chat - Asha Rao.zip", _chat_txt=EXPORT, photo_jpg="...", notes_txt=EXPORT * 9)

    (chat,) = read_chats(path)

    assert [message.text for message in chat.messages] == ["2 kg atta", "ok ji"]


def test_an_archive_without_a_chat_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "photos.zip", photo_jpg="...")

    with pytest.raises(ChatFileError, match=r"photos\.zip: there is no \.txt in this archive"):
        read_chats(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04damaged", "damaged"),
        (b"\x89PNG\r\n\x1a\n\xff", "no text"),
        (b"12/03/26, 9:41 pm - Messages and calls are end-to-end encrypted.\n", "nobody says anything"),
    ],
)
def test_what_is_no_chat_says_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(content)

    with pytest.raises(ChatFileError, match=says):
        read_chats(path, ME)


MESSAGES = [
    {"id": "m1", "at": "2026-03-02T10:15:00+05:30", "from": "business", "type": "image", "caption": "new", "sku": "K1"},
    {"id": "m2", "at": "2026-03-02T10:16:00+05:30", "from": "customer", "type": "text", "text": "2", "reply_to": "m1"},
    {"id": "m3", "at": "2026-03-02T10:17:00+05:30", "from": "customer", "type": "interactive", "title": "Blue"},
    {
        "id": "m4",
        "at": "2026-03-02T10:18:00+05:30",
        "from": "customer",
        "type": "order",
        "items": [{"product_retailer_id": "K2", "quantity": 3, "item_price": 10, "currency": "INR"}],
    },
    {
        "id": "m5",
        "at": "2026-03-02T10:19:00+05:30",
        "from": "customer",
        "type": "reaction",
        "emoji": "❤",
        "reply_to": "m1",
    },
    {"id": "m6", "at": "2026-03-02T10:20:00+05:30", "from": "customer", "type": "hologram", "text": "?"},
]


def written(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_every_kind_of_message_is_read_from_json_lines(tmp_path: Path) -> None:
    path = written(tmp_path, {"id": "c1", "catalog": "kurti", "messages": MESSAGES, "gold": {"stage": "order"}}, "")

    (chat,) = read_chats(path)

    image, reply, button, cart, reaction, unknown = chat.messages
    assert (chat.id, chat.catalog) == ("c1", "kurti")
    assert (image.kind, image.text, image.sku) == (MessageKind.IMAGE, "new", "K1")
    assert (reply.text, reply.reply_to, reply.at.isoformat()) == ("2", "m1", "2026-03-02T10:16:00+05:30")
    assert (button.kind, button.text) == (MessageKind.INTERACTIVE, "Blue")
    assert cart.items == (CartItem("K2", Decimal(3)),)
    assert (reaction.emoji, reaction.reply_to) == ("❤", "m1")
    assert unknown.kind is MessageKind.OTHER


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{not json", "this is no JSON"),
        ("[]", "JSON object"),
        ({"messages": []}, "'id' is missing"),
        ({"id": "c2"}, "'messages' is missing"),
        ({"id": "c2", "messages": [{**MESSAGES[0], "at": "yesterday"}]}, "no chat"),
        ({"id": "c2", "messages": [{**MESSAGES[0], "at": "2026-03-02T10:15:00"}]}, "no UTC offset"),
        ({"id": "c2", "messages": [{**MESSAGES[0], "from": "nobody"}]}, "nobody"),
        ({"id": "c2", "messages": 5}, "no chat"),
    ],
)
def test_a_bad_line_of_json_is_told_by_its_number(tmp_path: Path, row: object, says: str) -> None:
    path = written(tmp_path, {"id": "c1", "messages": MESSAGES}, row)

    with pytest.raises(ChatFileError, match=rf"chats\.jsonl, line 2: .*{says}"):
        read_chats(path)
