"""Fetches one file from Meta and checks that it is what it should be."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.graph.advice import NO_SUCH_OBJECT, Action
from api.graph.client import GraphClient
from api.graph.error import GraphError, GraphRefused, TooLarge
from api.media.blob import Blob, Kept, gathered, keep
from api.media.file_store import FileStore, StoreError
from api.media.incoming import hexadecimal
from api.media.repository import Claim
from api.media.rule import RULES, Unacceptable, check_incoming

# All of a file has to be here by then: a server that drips must not hold a worker.
LONGEST_SECONDS = 180.0
# Meta may say for some minutes that it does not know a file which it just told of.
UNKNOWN_AT_FIRST = 5
CANNOT_BE_DOWNLOADED = 131052


class NotFetched(Exception):  # noqa: N818 - a state of the file
    """Raised when a file was not fetched. A `final` reason stays true however often one tries.

    `refused` is Meta's error, where it was one.
    """

    def __init__(self, reason: str, *, final: bool = False, refused: GraphRefused | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
        self.refused = refused

    @property
    def is_about_channel(self) -> bool:
        """Whether Meta refuses the channel's token, so that none of its files can be fetched."""
        refused = self.refused
        if refused is None or refused.code is None or _is_unknown(refused):
            return False
        return refused.advice.action in (Action.PERMISSION, Action.ACCOUNT)


@dataclass(frozen=True, slots=True)
class Told:
    """What Meta says of a file when asked for it; the URL is good for five minutes."""

    url: str
    mime_type: str | None
    sha256: str | None
    size: int | None


def fetch(graph: GraphClient, store: FileStore, claim: Claim, *, phone_number_id: str, token: str) -> Kept:
    """Bring the claimed file into the store; raise NotFetched where it cannot be had, or is not what it should be."""
    largest = RULES[claim.kind].largest_in
    try:
        told = _told(graph.get(claim.meta_media_id, token=token, phone_number_id=phone_number_id))
        with (
            graph.download(told.url, token=token, max_bytes=largest) as download,
            gathered(_in_time(download.chunks)) as blob,
        ):
            _check_bytes(blob, told, claim)
            mime_type = blob.mime_type(claim.mime_type or told.mime_type or download.mime_type)
            check_incoming(claim.kind, mime_type, blob.size)
            return keep(store, claim.business_id, claim.kind, mime_type, blob)
    except GraphRefused as refused:
        raise _refusal(refused, claim) from refused
    except TooLarge as error:
        raise NotFetched(f"{error}: it is not kept", final=True) from error
    except Unacceptable as error:
        raise NotFetched(str(error), final=True) from error
    except (GraphError, StoreError) as error:
        raise NotFetched(str(error)) from error


def _told(answer: Mapping[str, Any]) -> Told:
    url, size = answer.get("url"), answer.get("file_size")
    if not isinstance(url, str):
        raise NotFetched("Meta told no address of the file")
    mime_type, sha256 = answer.get("mime_type"), answer.get("sha256")
    return Told(
        url=url,
        mime_type=mime_type if isinstance(mime_type, str) else None,
        sha256=hexadecimal(sha256) if isinstance(sha256, str) else None,
        size=int(size) if isinstance(size, int | str) and str(size).isascii() and str(size).isdigit() else None,
    )


def _in_time(chunks: Iterator[bytes]) -> Iterator[bytes]:
    end = time.monotonic() + LONGEST_SECONDS
    for chunk in chunks:
        if time.monotonic() > end:
            raise NotFetched(f"the file took longer than {LONGEST_SECONDS:.0f} seconds")
        yield chunk


def _check_bytes(blob: Blob, told: Told, claim: Claim) -> None:
    """Raise NotFetched where not all bytes came, or others than were told of: the next try may bring the right ones."""
    if blob.size == 0 or (told.size is not None and told.size != blob.size):
        raise NotFetched(f"{blob.size} bytes came of {told.size}")
    expected = claim.declared_sha256 or told.sha256
    if expected is not None and blob.sha256 != expected:
        raise NotFetched("the bytes that came are not those that were sent: their hash differs")


def _refusal(refused: GraphRefused, claim: Claim) -> NotFetched:
    gone = refused.code == CANNOT_BE_DOWNLOADED or (_is_unknown(refused) and claim.attempts >= UNKNOWN_AT_FIRST)
    if _is_unknown(refused):
        return NotFetched("Meta does not know the file, or not any more", final=gone, refused=refused)
    if refused.code is None:
        reason = f"Meta's file server answered {refused.http_status}"
        return NotFetched(reason, refused=refused)
    reason = f"Meta refused with code {refused.code}: {refused.advice.meaning}. {refused.advice.remedy}"
    return NotFetched(reason, final=gone, refused=refused)


def _is_unknown(refused: GraphRefused) -> bool:
    return refused.code == 100 and refused.subcode in (None, NO_SUCH_OBJECT)
