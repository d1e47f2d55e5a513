"""What files WhatsApp carries: their types, and how large they may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.media.file_type import CONTAINED, HEAD_BYTES, essence, is_animated, is_text, sniff

MEGABYTE = 1024 * 1024
UNKNOWN_TYPE = "application/octet-stream"


class Unacceptable(ValueError):  # noqa: N818 - a state of the file
    """Raised when a file is not one that WhatsApp carries; says which limit it breaks."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is allowed of one kind of file. No `types`: any. `largest` is for sending, in bytes.

    `largest_in` bounds what customers' files may have: Meta has checked them, by rules that change.
    """

    types: frozenset[str]
    largest: int
    largest_in: int


_DOCUMENTS = frozenset({"text/plain", "application/pdf"}).union(*CONTAINED.values())
_SOUNDS = frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})

RULES: Mapping[str, Rule] = {
    "image": Rule(frozenset({"image/jpeg", "image/png"}), 5 * MEGABYTE, 25 * MEGABYTE),
    "video": Rule(frozenset({"video/mp4", "video/3gpp"}), 16 * MEGABYTE, 100 * MEGABYTE),
    "audio": Rule(_SOUNDS, 16 * MEGABYTE, 100 * MEGABYTE),
    "document": Rule(_DOCUMENTS, 100 * MEGABYTE, 100 * MEGABYTE),
    "sticker": Rule(frozenset({"image/webp"}), 100 * 1024, 5 * MEGABYTE),
}
ANIMATED_STICKER = 500 * 1024
LARGEST = max(rule.largest for rule in RULES.values())
# What else may come in: sound in a video's container, a picture as a sticker's kind.
_ALSO_IN: Mapping[str, frozenset[str]] = {
    "image": frozenset({"image/webp", "image/gif"}),
    "audio": frozenset({"video/mp4", "video/3gpp"}),
    "video": frozenset({"audio/mp4"}),
}
_ALIASES = {"voice": "audio", "audio/x-m4a": "audio/mp4", "audio/mp3": "audio/mpeg", "image/jpg": "image/jpeg"}


def kind_of(name: str) -> str:
    """Our kind of file for Meta's type of a message; what is not known is a document."""
    name = _ALIASES.get(name, name)
    return name if name in RULES else "document"


def kind_for(mime_type: str) -> str:
    """As what a file of this type is best sent."""
    found = (kind for kind, rule in RULES.items() if mime_type in rule.types)
    return next(found, "document")


def type_of(head: bytes, declared: str | None) -> str:
    """The type of a file that begins with `head`; `declared` helps only where bytes cannot tell.

    What may be a page or a program is never more than text or bytes.
    """
    told = essence(declared)
    told = _ALIASES.get(told, told) if told else None
    found = sniff(head[:HEAD_BYTES])
    if found is None:
        return "text/plain" if is_text(head[:HEAD_BYTES]) else UNKNOWN_TYPE
    if told in CONTAINED.get(found, ()):
        return str(told)
    if {found, told} == {"video/mp4", "audio/mp4"}:
        return str(told)  # the same container
    return found


def check_incoming(kind: str, mime_type: str, size: int) -> None:
    """Raise Unacceptable where what came is not the kind of file that it should be."""
    rule = RULES[kind]
    if size > rule.largest_in:
        raise Unacceptable(f"the {kind} has {size} bytes: more than {rule.largest_in} are not kept")
    allowed = rule.types | _ALSO_IN.get(kind, frozenset())
    if kind != "document" and mime_type not in allowed:
        raise Unacceptable(f"what came is no {kind}: its bytes are {mime_type}")


def check_outgoing(kind: str, mime_type: str, size: int, head: bytes) -> None:
    """Raise Unacceptable where Meta would not take the file as this kind."""
    rule = RULES[kind]
    if mime_type not in rule.types:
        allowed = ", ".join(sorted(rule.types))
        raise Unacceptable(f"WhatsApp takes no {mime_type} as {kind}: send one of {allowed}")
    largest = ANIMATED_STICKER if kind == "sticker" and is_animated(head) else rule.largest
    if not 0 < size <= largest:
        raise Unacceptable(f"the {kind} has {size} bytes: WhatsApp takes from 1 to {largest}")
