"""What stands in an exported message: words, files, places, and what WhatsApp itself writes."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.chat_file.export import ExportedMessage, parse_export
from engine.conversation import MessageKind


def android(*entries: str) -> tuple[ExportedMessage, ...]:
    return parse_export("\n".join(f"12/03/26, 9:41 pm - {entry}" for entry in entries), "chat.txt", zone=UTC)


def iphone(*entries: str) -> tuple[ExportedMessage, ...]:
    return parse_export("\r\n".join(f"[12/03/26, 9:41:07\u202fPM] {entry}" for entry in entries), "c.txt", zone=UTC)


def texts(messages: tuple[ExportedMessage, ...]) -> list[str]:
    return [message.text for message in messages]


def test_a_message_goes_on_over_lines_without_a_date() -> None:
    messages = android("Asha: list:\n2 atta\n\n1 chini", "Shop: ok")

    assert texts(messages) == ["list:\n2 atta\n\n1 chini", "ok"]


def test_windows_line_ends_are_line_ends() -> None:
    assert texts(iphone("Asha: 2 atta\r\n1 chini", "Shop: ok")) == ["2 atta\n1 chini", "ok"]


def test_a_line_that_only_looks_dated_belongs_to_the_message_above() -> None:
    messages = android("Asha: slots\n45/45/26, 9:30 am - noon: free", "Shop: ok")

    assert texts(messages) == ["slots\n45/45/26, 9:30 am - noon: free", "ok"]


def test_a_colon_in_the_text_does_not_move_the_sender() -> None:
    (message,) = android("Asha Rao: time: 9:30, note: two bells")

    assert (message.sender, message.text) == ("Asha Rao", "time: 9:30, note: two bells")


@pytest.mark.parametrize("sender", ["~\u202fAsha Rao", "\u202aAsha Rao\u202c", "Asha\u00a0Rao", "\u200eAsha Rao"])
def test_names_lose_the_marks_that_phones_put_around_them(sender: str) -> None:
    (message,) = android(f"{sender}: hi")

    assert message.sender == "Asha Rao"


@pytest.mark.parametrize(
    "entry",
    [
        "Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
        "Los mensajes y las llamadas están cifrados de extremo a extremo.",
        "Asha Rao changed their phone number to a new number. Tap to message or add the new number.",
        "You created group “Orders: March”",
        'Asha changed the subject from "A: one" to "B: two"',
        "Asha Rao joined using this group's invite link",
        "Asha Rao: Missed voice call",
        "Asha Rao: This message was deleted",
        "Shop: You deleted this message",
        "Asha Rao: Se eliminó este mensaje.",
        "Asha Rao: Mensagem apagada",
        "Asha Rao: Pesan ini dihapus",
        "Asha Rao: ",
    ],
)
def test_notices_calls_and_deleted_messages_are_no_messages(entry: str) -> None:
    assert texts(android("Asha Rao: hi", entry)) == ["hi"]


@pytest.mark.parametrize(
    "entry",
    [
        "Shop: \u200eMessages and calls are end-to-end encrypted.",
        "Shop: \u200eThis business uses a secure service from Meta to manage this chat.",
        "Asha: \u200eThis message was deleted.",
        "Asha: \u200eMissed voice call, \u200eTap to call back",
        "Asha: \u200eAnrufe sind Ende-zu-Ende-verschlüsselt.",
    ],
)
def test_what_an_iphone_marks_as_its_own_is_no_message(entry: str) -> None:
    assert texts(iphone("Asha: hi", entry)) == ["hi"]


@pytest.mark.parametrize(
    "mark",
    [
        " <This message was edited>",
        " \u200e<This message was edited>",
        " <Se editó este mensaje.>",
        " <Mensagem editada>",
        " <Pesan ini diedit>",
    ],
)
def test_an_edited_message_is_its_words_alone(mark: str) -> None:
    assert texts(android(f"Asha: 3 kg please{mark}")) == ["3 kg please"]


@pytest.mark.parametrize(
    "text",
    ["<Media omitted>", "<Multimedia omitido>", "<Mídia oculta>", "<Media tidak disertakan>", "<मीडिया के बिना>"],
)
def test_media_that_android_left_out_stands_as_a_picture(text: str) -> None:
    (message,) = android(f"Asha: {text}")

    assert (message.kind, message.text) == (MessageKind.IMAGE, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("image omitted", MessageKind.IMAGE),
        ("video omitted", MessageKind.IMAGE),
        ("audio omitted", MessageKind.AUDIO),
        ("sticker omitted", MessageKind.OTHER),
        ("Contact card omitted", MessageKind.OTHER),
        ("bill.pdf • \u200e2 pages \u200edocument omitted", MessageKind.OTHER),
        ("imagen omitida", MessageKind.IMAGE),
        ("audio omitido", MessageKind.AUDIO),
        ("imagem ocultada", MessageKind.IMAGE),
        ("áudio ocultado", MessageKind.AUDIO),
        ("gambar tidak disertakan", MessageKind.IMAGE),
        ("इमेज छोड़ा गया", MessageKind.IMAGE),
    ],
)
def test_what_an_iphone_left_out_is_known_by_its_name(text: str, kind: MessageKind) -> None:
    (message,) = iphone(f"Asha: \u200e{text}")

    assert (message.kind, message.text) == (kind, "")


@pytest.mark.parametrize(
    ("entry", "kind", "caption"),
    [
        ("IMG-20260312-WA0001.jpg (file attached)", MessageKind.IMAGE, ""),
        ("\u200eIMG-20260312-WA0001.jpg (file attached)\n2 of this", MessageKind.IMAGE, "2 of this"),
        ("IMG-20260312-WA0001.jpg (archivo adjunto)\nquiero dos", MessageKind.IMAGE, "quiero dos"),
        ("VID-20260312-WA0002.mp4 (file attached)\nthe red one", MessageKind.IMAGE, "the red one"),
        ("PTT-20260312-WA0003.opus (arquivo anexado)", MessageKind.AUDIO, ""),
        ("STK-20260312-WA0004.webp (file terlampir)", MessageKind.OTHER, ""),
        ("Asha Rao.vcf (file attached)", MessageKind.OTHER, ""),
        ("<attached: 00000012-PHOTO-2026-03-12-21-41-07.jpg>", MessageKind.IMAGE, ""),
        ("2 of this \u200e<attached: 00000012-PHOTO-2026-03-12-21-41-07.jpg>", MessageKind.IMAGE, "2 of this"),
        ("<adjunto: 00000013-AUDIO-2026-03-12-21-41-07.opus>", MessageKind.AUDIO, ""),
        ("<anexado: 00000014-PHOTO-2026-03-12-21-41-07.jpg>", MessageKind.IMAGE, ""),
        ("bill.pdf • 2 pages \u200e<attached: 00000015-bill.pdf>", MessageKind.OTHER, ""),
    ],
)
def test_attached_files_are_known_by_their_extension(entry: str, kind: MessageKind, caption: str) -> None:
    (message,) = android(f"Asha: {entry}")

    assert (message.kind, message.text) == (kind, caption)


@pytest.mark.parametrize("word", ["location", "Location", "ubicación", "लोकेशन"])
def test_a_shared_place_is_a_location(word: str) -> None:
    (message,) = android(f"Asha: {word}: https://maps.google.com/?q=12.9716,77.5946")

    assert (message.kind, message.text) == (MessageKind.LOCATION, "")


def test_a_poll_and_a_picture_to_be_seen_once_say_nothing() -> None:
    messages = android("Asha: POLL:\nWhich day?\nOPTION: Friday (2 votes)\nOPTION: Sunday (0 votes)", "Asha: null")

    assert [message.kind for message in messages] == [MessageKind.OTHER, MessageKind.OTHER]


@pytest.mark.parametrize(
    "text",
    ["2 kg <3", "a < b > c", "<3 thanks", "is it 5 > 4", "photo omitted from your list?", "the image (2)", "ok (file)"],
)
def test_a_customers_own_brackets_stay_words(text: str) -> None:
    (message,) = android(f"Asha: {text}")

    assert (message.kind, message.text) == (MessageKind.TEXT, text)


WORDS = st.text(st.sampled_from("abc 123 दो,:-/[]()\u200d❤️"), min_size=1).map(str.strip).filter(bool)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_what_people_wrote_comes_back_from_either_phone(written: list[str]) -> None:
    entries = [f"Asha: x{text}" for text in written]

    assert texts(android(*entries)) == texts(iphone(*entries)) == [f"x{text}" for text in written]


@given(st.text(max_size=300))
def test_no_text_below_a_first_message_makes_the_reader_crash(text: str) -> None:
    assert android(f"Asha: hi\n{text}")[0].sender == "Asha"
