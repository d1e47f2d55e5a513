"""Our own files in messages: `media_id` stands for one until Meta is told its own id of it."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.media.models import Media, MediaState
from api.problem import Unprocessable

FIELD = "media_id"


def files_in(body: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - any JSON
    """The files that a message's body names, with the kind that each is sent as.

    >>> list(files_in({"type": "image", "image": {"media_id": 12, "caption": "blue"}}))
    [('image', 12)]
    """
    if isinstance(body, list):
        for each in body:
            yield from files_in(each)
    elif isinstance(body, dict):
        for name, value in body.items():
            if isinstance(value, dict) and isinstance(value.get(FIELD), int):
                yield name, value[FIELD]
            else:
                yield from files_in(value)


def with_metas_ids(body: Any, meta_id: Callable[[int], str]) -> Any:  # noqa: ANN401 - any JSON
    """`body` with Meta's ids of our files.

    >>> with_metas_ids({"image": {"media_id": 12, "caption": "blue"}}, lambda media_id: f"meta-{media_id}")
    {'image': {'caption': 'blue', 'id': 'meta-12'}}
    """
    if isinstance(body, list):
        return [with_metas_ids(each, meta_id) for each in body]
    if not isinstance(body, dict):
        return body
    told = {name: with_metas_ids(value, meta_id) for name, value in body.items() if name != FIELD}
    ours = body.get(FIELD)
    return told | {"id": meta_id(ours)} if isinstance(ours, int) else told


def check_files(session: Session, business_id: int, body: Any) -> int | None:  # noqa: ANN401 - any JSON
    """Raise Unprocessable where a message names a file that cannot be sent so; return the first file's id."""
    named = list(files_in(body))
    query = select(Media).where(Media.business_id == business_id, Media.id.in_([media_id for _, media_id in named]))
    known = {row.id: row for row in session.scalars(query)} if named else {}
    for kind, media_id in named:
        row = known.get(media_id)
        if row is None:
            raise Unprocessable(f"there is no file {media_id}: give it by POST /media")
        if row.state is not MediaState.STORED:
            raise Unprocessable(f"the file {media_id} is not here: it is {row.state.value}")
        if row.kind != kind:
            raise Unprocessable(f"the file {media_id} was given as {row.kind}, not as {kind}")
    return named[0][1] if named else None
