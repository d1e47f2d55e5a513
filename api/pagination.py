"""Lists in pages: an opaque cursor says where the next one starts, whatever is added meanwhile."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.problem import BadRequest

MAX_LIMIT = 200
Item = TypeVar("Item")
Row = TypeVar("Row")
Sortable = InstrumentedAttribute[Any] | ColumnElement[Any]


class Page(BaseModel, Generic[Item]):
    """One page of a list, and the cursor of the next one, null on the last."""

    items: list[Item]
    next: str | None = Field(
        description="Ask for `?cursor=` this to get the next page.", examples=["WzQyXQ"], default=None
    )


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is asked for: at most `limit` items, after `cursor`."""

    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """The rows of a page and the cursor of the next one."""

    items: Sequence[Row]
    next: str | None


def page_request(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items at most.")] = 50,
    cursor: Annotated[str | None, Query(max_length=500, description="The former page's `next`.")] = None,
) -> PageRequest:
    """The page that a request's query asks for."""
    return PageRequest(limit, cursor)


PageQuery = Annotated[PageRequest, Depends(page_request)]


def fetch_page(
    session: Session,
    statement: Select[Row],
    page: PageRequest,
    *,
    by: Sequence[Sortable],
    descending: bool = True,
) -> Rows[Row]:
    """The rows of `statement` on the page, ordered by the columns or expressions `by`.

    All columns run in one direction, none may be null, and together they must be unique: end with an id.
    Raises BadRequest on a cursor that is not ours.
    """
    key = tuple_(*by)
    if page.cursor is not None:
        after = tuple_(*_decode(page.cursor, by))
        statement = statement.where(key < after if descending else key > after)
    order = [column.desc() if descending else column.asc() for column in by]
    rows = session.execute(statement.add_columns(*by).order_by(*order).limit(page.limit + 1)).all()
    shown = rows[: page.limit]
    more = len(rows) > page.limit
    return Rows([row[0] for row in shown], _encode(shown[-1][1:]) if more else None)


def _encode(values: Sequence[Any]) -> str:
    text = json.dumps([value if isinstance(value, int) else str(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, by: Sequence[Sortable]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_convert(value, column.type.python_type) for value, column in zip(values, by, strict=True)]
    except (binascii.Error, ValueError, TypeError, ArithmeticError) as error:
        raise BadRequest("the cursor is not one of this list: leave it out to start anew") from error


def _convert(value: Any, kind: type) -> Any:  # noqa: ANN401 - a column's value
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind in {Decimal, float}:
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
