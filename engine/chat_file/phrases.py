"""What WhatsApp itself writes into an export, in the languages of its users.

Most of it is known by its shape in any language; here stands what is not. To add a language, add its
words to the lists; nothing else changes.
"""

import re
from collections.abc import Iterable

from engine.conversation import MessageKind

# iPhones name what was left out: "image omitted". A word for the thing, and a word for leaving out.
_THINGS = {
    MessageKind.IMAGE: (
        *("image", "photo", "live photo", "video", "video note", "gif"),  # English
        *("इमेज", "फ़ोटो", "फोटो", "चित्र", "वीडियो"),  # Hindi
        *("imagen", "foto", "vídeo", "videonota", "nota de video"),  # Spanish
        *("imagem", "imagen", "nota de vídeo"),  # Portuguese
        *("gambar", "foto", "catatan video"),  # Indonesian
        *("bild", "image", "immagine", "afbeelding"),  # German, French, Italian, Dutch
    ),
    MessageKind.AUDIO: (
        *("audio", "voice message"),
        *("ऑडियो", "वॉइस मैसेज"),
        *("áudio", "mensaje de voz", "mensagem de voz", "pesan suara"),
    ),
    MessageKind.OTHER: (
        *("sticker", "document", "contact card", "poll"),
        *("स्टिकर", "डॉक्यूमेंट", "दस्तावेज़"),
        *("documento", "tarjeta de contacto", "figurinha", "cartão do contato"),
        *("stiker", "dokumen", "kartu kontak", "dokument", "adesivo"),
    ),
}
_LEFT_OUT = (
    "omitted",
    *("छोड़ा गया", "छोड़ दिया गया", "छोड़ी गई", "हटाया गया", "शामिल नहीं", "शामिल नहीं है"),
    *("omitido", "omitida", "ocultado", "ocultada", "oculto", "oculta"),
    *("tidak disertakan", "dihilangkan"),
    *("weggelassen", "absente", "omis", "omise", "omesso", "omessa", "weggelaten"),
)

_EDITED = (
    "This message was edited",
    *("इस मैसेज को एडिट किया गया", "यह मैसेज एडिट किया गया", "यह मैसेज एडिट किया गया था", "इस मैसेज को एडिट किया गया था"),
    *("Se editó este mensaje.", "Se editó este mensaje", "Mensaje editado"),
    *("Mensagem editada", "Esta mensagem foi editada", "Esta mensagem foi editada."),
    *("Pesan ini diedit", "Pesan ini telah diedit"),
)

_DELETED = (
    *("This message was deleted", "You deleted this message", "This message was deleted by admin"),
    *("यह मैसेज डिलीट किया गया", "यह मैसेज डिलीट कर दिया गया", "आपने यह मैसेज डिलीट किया", "यह मैसेज डिलीट कर दिया गया था"),
    *("Se eliminó este mensaje", "Eliminaste este mensaje", "Este mensaje fue eliminado"),
    *("Mensagem apagada", "Esta mensagem foi apagada", "Você apagou esta mensagem"),
    *("Pesan ini telah dihapus", "Pesan ini dihapus", "Anda menghapus pesan ini", "Anda telah menghapus pesan ini"),
)

# Notices that may stand where a message stands. What they begin with is enough.
_NOTICES = (
    *("Messages and calls are end-to-end encrypted", "Messages to this chat", "Missed voice call", "Missed video call"),
    *("Missed group", "Voice call", "Video call", "This business ", "This chat is with", "Waiting for this message"),
    *(
        "Your security code with",
        "You blocked this",
        "You unblocked this",
        "Disappearing messages",
        "Silenced voice call",
    ),
    *("मैसेज और कॉल एंड-टू-एंड", "मिस्ड वॉइस कॉल", "मिस्ड वीडियो कॉल"),
    *("Los mensajes y las llamadas están cifrados", "Llamada perdida", "Videollamada perdida"),
    *("As mensagens e as chamadas são protegidas", "As mensagens e ligações", "Mensagens e chamadas são protegidas"),
    *("Chamada de voz perdida", "Chamada de vídeo perdida", "Ligação de voz perdida", "Ligação de vídeo perdida"),
    *("Pesan dan panggilan terenkripsi", "Panggilan suara tak terjawab", "Panggilan video tak terjawab"),
)

# The same where it follows a name without a colon: "Asha changed their phone number to a new number. ..."
_ACTS = (
    *("created group", "created this group", "changed the subject", "changed the group", "changed this group"),
    *("changed their phone number", "changed to a new number", "security code changed", "joined using", "was added"),
    *("creó el grupo", "cambió", "criou o grupo", "mudou", "membuat grup", "mengubah"),
    *("ने ग्रुप बनाया", "ने अपना फ़ोन नंबर बदल", "ने ग्रुप का"),
)

_IMAGES = frozenset(("jpg", "jpeg", "png", "heic", "gif", "mp4", "3gp", "mov", "webm"))
_SOUNDS = frozenset(("opus", "ogg", "oga", "m4a", "mp3", "aac", "amr", "wav"))

_BY_THING = {thing.casefold(): kind for kind, things in _THINGS.items() for thing in things}


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_OMITTED = re.compile(rf"(?:.*\u200e)?(?P<thing>{_any_of(_BY_THING)}) (?:{_any_of(_LEFT_OUT)})", re.IGNORECASE)
_EDITED_MARKS = frozenset(f"{phrase}>".casefold() for phrase in _EDITED)
_DELETED_NOTICE = re.compile(rf"(?:{_any_of(_DELETED)})\.?(?: .{{1,60}})?", re.IGNORECASE)
_NOTICE = re.compile(rf"(?:{_any_of(_NOTICES)})", re.IGNORECASE)
_ACT = re.compile(rf"^[^:]+ (?:{_any_of(_ACTS)})", re.IGNORECASE)


def without_edited_mark(text: str) -> str:
    """The text without WhatsApp's note that it was edited."""
    said, _, mark = text.rstrip().rpartition("<")
    return said.rstrip("\u200e \n") if mark.casefold() in _EDITED_MARKS else text


def is_deleted(text: str) -> bool:
    """Whether a deleted message stood here."""
    return bool(_DELETED_NOTICE.fullmatch(text))


def is_notice(text: str) -> bool:
    """Whether WhatsApp wrote this, and not a person."""
    return bool(_NOTICE.match(text))


def is_act(line: str) -> bool:
    """Whether a line tells what somebody did to the chat: it may hold a colon and yet no message."""
    return bool(_ACT.match(line))


def omitted_kind(text: str) -> MessageKind | None:
    """The kind of what an iPhone left out, None where the text says nothing of that.

    >>> omitted_kind("image omitted"), omitted_kind("मैसेज")
    (<MessageKind.IMAGE: 'image'>, None)
    """
    match = _OMITTED.fullmatch(text)
    return _BY_THING[match["thing"].casefold()] if match else None


def file_kind(name: str) -> MessageKind:
    """The kind of an attached file by its extension; a video shows goods as a picture does.

    >>> file_kind("PTT-20260312-WA0004.opus"), file_kind("bill.pdf")
    (<MessageKind.AUDIO: 'audio'>, <MessageKind.OTHER: 'other'>)
    """
    extension = name.rpartition(".")[2].casefold()
    if extension in _IMAGES:
        return MessageKind.IMAGE
    return MessageKind.AUDIO if extension in _SOUNDS else MessageKind.OTHER
