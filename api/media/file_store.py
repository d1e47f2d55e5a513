"""Where files are kept: in a folder, or in an S3-compatible bucket. A file's name is the hash of its bytes."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

import structlog

from api.errors import OperatorError
from api.settings import Settings

if TYPE_CHECKING:
    from obstore import GetOptions
    from obstore.store import ObjectStore

logger = structlog.get_logger(__name__)

CHUNK_BYTES = 256 * 1024


class StoreError(Exception):
    """Raised when files cannot be kept or fetched now: the disk is full, the bucket does not answer."""


class FileMissing(StoreError):  # noqa: N818 - a state of the store
    """Raised when there is no such file."""


class FileStore:
    """Files by path. `url` is empty for `folder`, or `s3://bucket/prefix`.

    A bucket's address and keys are in the usual variables: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY; or they come from the machine's role. Share it between threads.
    """

    def __init__(self, url: str, folder: Path) -> None:
        if url and not url.startswith("s3://"):
            raise OperatorError("SATYASELL_MEDIA_URL must be empty or s3://bucket/prefix")
        self._url = url
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> "FileStore":
        """The store that the settings name."""
        return cls(settings.media_url, settings.data_dir / "media")

    def put(self, path: str, file: IO[bytes] | bytes) -> None:
        """Keep a file, whole or not at all; one that is kept already stays the same."""
        import obstore  # noqa: PLC0415 - loaded where files are moved

        try:
            obstore.put(self._store, path, file)
        except Exception as error:  # obstore raises OSError, its own BaseError and ValueError
            raise StoreError(f"the file could not be kept: {type(error).__name__}") from error

    def read(self, path: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to before `end` in pieces; raise FileMissing where there is no such file."""
        import obstore  # noqa: PLC0415 - as above

        wanted: GetOptions = {"range": (start, end) if end is not None else {"offset": start}}
        try:
            found = obstore.get(self._store, path, options=wanted if start or end is not None else None)
        except FileNotFoundError as error:
            raise FileMissing("the file is not in the store") from error
        except Exception as error:
            raise StoreError(f"the file could not be fetched: {type(error).__name__}") from error
        return (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK_BYTES))

    @cached_property
    def _store(self) -> "ObjectStore":
        from obstore.store import LocalStore, S3Store  # noqa: PLC0415 - as above

        if self._url:
            return S3Store.from_url(self._url)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(self._folder)
