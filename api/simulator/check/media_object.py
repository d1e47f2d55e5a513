"""Pictures, sounds, films, documents and stickers, by the id of an upload or by a link."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from api.simulator.check.node import Node
from api.simulator.graph_error import GraphError, failure
from api.simulator.json_value import Json
from api.simulator.media import MediaStore

CAPTION_LENGTH = 1024
FILENAME_LENGTH = 240
KINDS = ("image", "video", "document", "audio", "sticker")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "image": ("caption",),
    "video": ("caption",),
    "document": ("caption", "filename"),
    "audio": ("voice",),
    "sticker": (),
}
_LENGTHS = {"caption": CAPTION_LENGTH, "filename": FILENAME_LENGTH}
# What may be sent as what; a document may be anything.
TYPES: Mapping[str, tuple[str, ...]] = {
    "image": ("image/jpeg", "image/png"),
    "video": ("video/3gpp", "video/mp4"),
    "audio": ("audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"),
    "sticker": ("image/webp",),
}


def check_media(media: Node, kind: str, store: MediaStore) -> None:
    """Media of this kind: an id that was uploaded, or a link."""
    media.only("id", "link", "provider", *_FIELDS[kind])
    for name in _FIELDS[kind]:
        if name in _LENGTHS:
            media.optional_text(name, most=_LENGTHS[name])
    if media.has("id") == media.has("link"):
        raise GraphError(131008, f"{media.path} needs either id or link.")
    if media.has("link"):
        _check_link(media)
    elif media.text("id") not in store:
        place = media.place("id")
        raise GraphError(100, f"Param {place} is not a valid whatsapp business account media attachment ID")


def late_failure(content: Json, kind: str, store: MediaStore) -> Json | None:
    """What Meta finds out only after it has accepted the message: the upload is of another kind."""
    media_id = content.get("id")
    if media_id is None or kind not in TYPES:
        return None
    found = store.get(media_id).mime_type.partition(";")[0]
    if found in TYPES[kind]:
        return None
    named = kind.capitalize()
    return failure(131053, f"Unsupported {named} mime type {found}. Please use one of {', '.join(TYPES[kind])}.")


def _check_link(media: Node) -> None:
    link = media.text("link")
    parts = urlsplit(link)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise GraphError(100, f"Param {media.place('link')} is not a valid URI.")
