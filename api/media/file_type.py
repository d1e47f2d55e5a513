"""What a file is, by its first bytes: what a sender says of it is not believed."""

import re
from collections.abc import Mapping

HEAD_BYTES = 4096
_ESSENCE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
# The brands of ISO media files that are sound, or of phones of old; all others are MP4 videos.
_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"3gp": "video/3gpp", b"3g2": "video/3gpp"}

_OFFICE = "application/vnd.openxmlformats-officedocument."
# Kinds of document that are, to their first bytes, a container of files.
CONTAINED: Mapping[str, frozenset[str]] = {
    "application/zip": frozenset(
        {
            f"{_OFFICE}wordprocessingml.document",
            f"{_OFFICE}spreadsheetml.sheet",
            f"{_OFFICE}presentationml.presentation",
        }
    ),
    "application/x-ole-storage": frozenset(
        {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
    ),
}


def sniff(head: bytes) -> str | None:
    r"""The type of a file that begins with `head`, None where its bytes do not tell.

    >>> sniff(b"%PDF-1.7\n")
    'application/pdf'
    >>> sniff(b"<html>") is None
    True
    """
    for prefix, found in _PREFIXES:
        if head.startswith(prefix):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return next((kind for brand, kind in _BRANDS.items() if head[8:12].startswith(brand)), "video/mp4")
    return _mpeg_audio(head)


def _mpeg_audio(head: bytes) -> str | None:
    """MP3 and AAC without a container begin with eleven set bits; the next ones tell them apart."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return "audio/mpeg" if head[1] & 0x06 else None


def essence(mime_type: str | None) -> str | None:
    """A MIME type in lower case without its parameters; None where it is none.

    >>> essence("audio/ogg; codecs=opus")
    'audio/ogg'
    """
    found = (mime_type or "").partition(";")[0].strip().lower()
    return found if _ESSENCE.fullmatch(found) else None


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` may be plain text in UTF-8."""
    if b"\0" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # a letter that is cut in two
    return True


def is_animated(head: bytes) -> bool:
    """Whether a WebP file moves: its extended header says so."""
    return head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & 0x02)
