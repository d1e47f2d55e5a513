"""Two people cannot overwrite each other: whoever changes a thing names the version that she saw.

Answers carry the version as `ETag` (and as the body's `version`); changes send it back as `If-Match`.
"""

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Header

from api.problem import BadRequest, Problem

_ETAG = re.compile(r'(?:W/)?"?(\d{1,18})"?')


class VersionRequired(Problem):
    """Raised when a change does not say which version it is of."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    slug = "version-required"


class StaleVersion(Problem):
    """Raised when a thing has changed since the caller saw it; `version` is the current one."""

    status = HTTPStatus.PRECONDITION_FAILED
    slug = "stale-version"


def seen_version(
    if_match: Annotated[
        str | None, Header(description="The version that you saw, from `ETag`.", examples=['"3"'])
    ] = None,
) -> int:
    """The version that a request's `If-Match` names."""
    if if_match is None:
        raise VersionRequired('send the version that you saw as a header, like If-Match: "3"')
    match = _ETAG.fullmatch(if_match.strip())
    if match is None:
        raise BadRequest('If-Match is not a version of this service; send the ETag of its last answer, like "3"')
    return int(match[1])


SeenVersion = Annotated[int, Depends(seen_version)]


def etag(version: int) -> str:
    """A version as `ETag`.

    >>> etag(3)
    '"3"'
    """
    return f'"{version}"'


def check_version(current: int, seen: int) -> None:
    """Raise StaleVersion unless what the caller saw is current."""
    if current != seen:
        raise StaleVersion(f"this is at version {current}, you saw {seen}: read it again, then decide", version=current)
