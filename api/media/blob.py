"""A file on its way into the store: its bytes at hand, with their hash, size and type."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from api.media.file_store import FileStore
from api.media.file_type import HEAD_BYTES
from api.media.rule import type_of
from api.media.thumbnail import picture_of

# What is larger waits on disk while it is looked at.
_IN_MEMORY = 1024 * 1024
PICTURES = frozenset({"image", "sticker"})


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of a file, open for reading; `sha256` is hexadecimal."""

    file: IO[bytes]
    sha256: str
    size: int
    head: bytes

    def mime_type(self, declared: str | None) -> str:
        """What the file is, by its bytes."""
        return type_of(self.head, declared)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a file that is in the store."""

    mime_type: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    has_thumbnail: bool = False


@contextmanager
def gathered(pieces: Iterable[bytes]) -> Iterator[Blob]:
    """All the pieces as one blob, while the block runs."""
    hashed, size = hashlib.sha256(), 0
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        for piece in pieces:
            hashed.update(piece)
            size += len(piece)
            file.write(piece)
        file.seek(0)
        yield Blob(file, hashed.hexdigest(), size, file.read(HEAD_BYTES))


def keep(store: FileStore, business_id: int, kind: str, mime_type: str, blob: Blob) -> Kept:
    """Put a blob into the store, a picture with its thumbnail; raise StoreError where that is not possible."""
    blob.file.seek(0)
    store.put(path_of(business_id, blob.sha256), blob.file)
    picture = picture_of(blob.file) if kind in PICTURES else None
    if picture is None:
        return Kept(mime_type, blob.size, blob.sha256)
    store.put(thumbnail_path_of(business_id, blob.sha256), picture.thumbnail)
    return Kept(mime_type, blob.size, blob.sha256, picture.width, picture.height, has_thumbnail=True)


def path_of(business_id: int, sha256: str) -> str:
    """Where a file is: by its content, apart for each business."""
    return f"{business_id}/{sha256[:2]}/{sha256}"


def thumbnail_path_of(business_id: int, sha256: str) -> str:
    """Where a file's thumbnail is."""
    return f"{path_of(business_id, sha256)}.webp"
