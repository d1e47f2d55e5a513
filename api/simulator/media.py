"""Media that was uploaded or that customers sent: by id, and for some minutes by an address."""

import base64
import hashlib
import hmac
import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from api.simulator.clock import Clock
from api.simulator.graph_error import GraphError
from api.simulator.options import Faults

_MEGABYTE = 1024 * 1024
_DOCUMENT_BYTES = 100 * _MEGABYTE
# The most that may be uploaded, by the type's first word.
_MOST_BYTES: Mapping[str, int] = {"image": 5 * _MEGABYTE, "audio": 16 * _MEGABYTE, "video": 16 * _MEGABYTE}
_STICKER_BYTES = 500 * 1024
_UPLOADS = frozenset(
    (
        "audio/aac audio/amr audio/mp4 audio/mpeg audio/ogg audio/opus image/jpeg image/png image/webp video/3gpp "
        "video/mp4 text/plain application/pdf application/msword application/vnd.ms-excel "
        "application/vnd.ms-powerpoint "
        "application/vnd.openxmlformats-officedocument.presentationml.presentation "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Media:
    """A file's content and what it is. `digest` is SHA-256."""

    id: str
    content: bytes
    mime_type: str

    @property
    def digest(self) -> bytes:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).digest()

    @property
    def sha256(self) -> str:
        """The digest as webhooks have it: base64."""
        return base64.b64encode(self.digest).decode()


class MediaStore:
    """All media of the simulator, in memory."""

    def __init__(self, clock: Clock, url_seconds: float, faults: Faults) -> None:
        self._clock = clock
        self._url_seconds = url_seconds
        self._faults = faults
        self._dice = random.Random(faults.seed)  # noqa: S311 - faults that can be had again
        self._media: dict[str, Media] = {}
        self._failures: dict[str, int] = {}  # how often a file's download is still to fail
        self._key = secrets.token_bytes(16)

    def __contains__(self, media_id: object) -> bool:
        return media_id in self._media

    def get(self, media_id: str) -> Media:
        """The media with this id; raise KeyError where there is none."""
        return self._media[media_id]

    def add(self, content: bytes, mime_type: str, media_id: str | None = None) -> Media:
        """Keep a file."""
        media = Media(media_id or f"{secrets.randbelow(9 * 10**15) + 10**15}", content, mime_type)
        self._media[media.id] = media
        fails = self._dice.random() < self._faults.fail_media
        self._failures[media.id] = self._faults.media_failures if fails else 0
        return media

    def upload(self, content: bytes, mime_type: str) -> Media:
        """Keep what a business uploads; raise GraphError where Meta takes no such file."""
        plain = mime_type.partition(";")[0].strip().lower()
        if plain not in _UPLOADS:
            listed = ", ".join(sorted(_UPLOADS))
            raise GraphError(100, f"Param file must be a file with one of the following types: {listed}. Got {plain}.")
        most = _STICKER_BYTES if plain == "image/webp" else _MOST_BYTES.get(plain.partition("/")[0], _DOCUMENT_BYTES)
        if not 0 < len(content) <= most:
            raise GraphError(131053, f"The file has {len(content)} bytes; of {plain} there may be 1 to {most}.")
        return self.add(content, mime_type)

    def delete(self, media_id: str) -> None:
        """Forget a file; raise KeyError where there is none."""
        del self._media[media_id]

    def path(self, media_id: str) -> str:
        """Where the file can be downloaded for some minutes, under the simulator's address."""
        expires = int(self._clock.now() + self._url_seconds)
        return f"/media/attachments/?mid={media_id}&ext={expires}&hash={self._hash(media_id, expires)}"

    def download(self, media_id: str, expires: int, given: str) -> Media | None:
        """The file of an address, or None where the address is false or too old."""
        if expires < self._clock.now() or not hmac.compare_digest(self._hash(media_id, expires), given):
            return None
        return self._media.get(media_id)

    def fails(self, media_id: str) -> bool:
        """Whether the download that begins now is to fail; counts it."""
        left = self._failures.get(media_id, 0)
        self._failures[media_id] = max(left - 1, 0)
        return left > 0

    def _hash(self, media_id: str, expires: int) -> str:
        return hmac.new(self._key, f"{media_id}.{expires}".encode(), hashlib.sha256).hexdigest()
