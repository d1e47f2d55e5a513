"""PostgreSQL through SQLAlchemy: the tables' base, one process's connections, and transactions."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import structlog
from fastapi import Depends, Request
from sqlalchemy import (
    CHAR,
    BigInteger,
    ColumnElement,
    DateTime,
    Engine,
    Enum,
    ForeignKey,
    Identity,
    MetaData,
    Numeric,
    Text,
    any_,
    bindparam,
    create_engine,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session, mapped_column

from api.errors import OperatorError

logger = structlog.get_logger(__name__)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# What the tables' columns are made of; a column's annotation picks its type.
Id = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
BusinessId = Annotated[int, mapped_column(BigInteger, ForeignKey("businesses.id"))]
MinorUnits = Annotated[int, mapped_column(BigInteger)]
Currency = Annotated[str, mapped_column(CHAR(3))]
Quantity = Annotated[Decimal, mapped_column(Numeric(12, 3))]
CreatedAt = Annotated[datetime, mapped_column(server_default=func.now())]


class Base(DeclarativeBase):
    """The base of every table. Its metadata names constraints, so that migrations can name them too."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy declares it so
        str: Text(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
        list[str]: ARRAY(Text()),
    }


def states(kind: type[StrEnum], name: str) -> Enum:
    """A text column's type that admits only the values of `kind`, by a CHECK constraint called `name`."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def one_of(column: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether `column` is one of `values`, which go as one array: the statement stays the same, however many they are.

    `in_` writes a parameter for each: for the hot paths, whose statements psycopg and PostgreSQL then know.
    """
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))


class Database:
    """One process's way to PostgreSQL: a pool of connections, and transactions on it.

    Share it between threads, never across a fork. Tests may hand in a `Connection` that is already in a
    transaction: what is committed then ends with that transaction.
    """

    def __init__(self, bind: Engine | Connection) -> None:
        self.bind = bind

    @classmethod
    def connect(cls, url: str, *, pool_size: int = 10, max_overflow: int = 10) -> "Database":
        """A database at `url` (any `postgresql://` form); it connects when first used."""
        engine = create_engine(
            psycopg_url(url),
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_pre_ping=True,
            connect_args={"application_name": "satyasell", "connect_timeout": 10},
        )
        return cls(engine)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the block's end, or rolled back where the block raises.

        The only place that commits. What was left to `after_commit` runs once the commit stands.
        """
        with Session(self.bind, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            with session.begin():
                yield session
            _run_after_commit(session)

    def close(self) -> None:
        """Close the pooled connections."""
        if isinstance(self.bind, Engine):
            self.bind.dispose()


def psycopg_url(url: str) -> str:
    """`url` with psycopg 3 as its driver; raise OperatorError where it is not PostgreSQL's.

    >>> psycopg_url("postgres://shop@db.example/shop")
    'postgresql+psycopg://shop@db.example/shop'
    """
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise OperatorError("DATABASE_URL is no URL: write postgresql://user:password@host/name") from error
    backend = parsed.drivername.partition("+")[0]
    if backend != "postgresql":
        raise OperatorError(f"DATABASE_URL: a {backend} database is not supported, only postgresql://")
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def after_commit(session: Session, action: Callable[[], object]) -> None:
    """Run `action` when the session's transaction is committed, never where it is rolled back.

    For hints to workers: an action that fails is logged and does not undo the commit.
    """
    session.info.setdefault("after_commit", []).append(action)


def _run_after_commit(session: Session) -> None:
    for action in session.info.pop("after_commit", []):
        try:
            action()
        except Exception:
            logger.exception("database.after_commit_failed")


def database_of(request: Request) -> Database:
    """The database that the application was made with."""
    database: Database = request.app.state.database
    return database


def session(database: Annotated[Database, Depends(database_of)]) -> Iterator[Session]:
    """A request's session, committed before the answer is sent."""
    with database.transaction() as session:
        yield session


# The function's scope ends before the answer leaves: a commit that fails is a 500, never a lost 200.
DatabaseSession = Annotated[Session, Depends(session, scope="function")]
