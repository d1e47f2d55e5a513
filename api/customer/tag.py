"""Tags: a business's list of them, and which customers have which."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import service as audit
from api.customer.models import Customer, CustomerTag, Tag
from api.identity.current_user import CurrentUser
from api.live.service import announce
from api.problem import Conflict, NotFound, Unprocessable


class TagTaken(Conflict):
    """Raised when the business has a tag of this name."""

    slug = "tag-taken"


def tags(business_id: int) -> Select[Tag]:
    """A business's tags."""
    return select(Tag).where(Tag.business_id == business_id)


def tags_by_use(session: Session, business_id: int) -> list[tuple[Tag, int]]:
    """A business's tags by name, each with how many customers have it."""
    counts = (
        select(CustomerTag.tag_id, func.count().label("customers"))
        .where(CustomerTag.business_id == business_id)
        .group_by(CustomerTag.tag_id)
        .subquery()
    )
    query = (
        select(Tag, func.coalesce(counts.c.customers, 0))
        .outerjoin(counts, counts.c.tag_id == Tag.id)
        .where(Tag.business_id == business_id)
        .order_by(func.lower(Tag.name))
    )
    return [(tag, count) for tag, count in session.execute(query)]


def tag(session: Session, business_id: int, tag_id: int) -> Tag:
    """One tag; raise NotFound where the business has none with this id."""
    found = session.scalar(tags(business_id).where(Tag.id == tag_id))
    if found is None:
        raise NotFound(f"there is no tag {tag_id}")
    return found


def add(session: Session, user: CurrentUser, name: str, color: str) -> Tag:
    """A new tag; raise TagTaken where there is one of this name."""
    made = Tag(business_id=user.business_id, name=name, color=color)
    with _unique(session, name):
        session.add(made)
    _tell(session, user, made, "tag.added")
    return made


def change(session: Session, user: CurrentUser, tag_id: int, values: Mapping[str, Any]) -> Tag:
    """Set values of a tag; raise TagTaken where there is one of this name."""
    changed = tag(session, user.business_id, tag_id)
    with _unique(session, values.get("name", changed.name)):
        for name, value in values.items():
            setattr(changed, name, value)
    _tell(session, user, changed, "tag.changed")
    return changed


def remove(session: Session, user: CurrentUser, tag_id: int) -> None:
    """Take a tag from the list and from every customer."""
    gone = tag(session, user.business_id, tag_id)
    _tell(session, user, gone, "tag.removed")
    session.delete(gone)


def tags_of(session: Session, customer_ids: Iterable[int]) -> dict[int, list[Tag]]:
    """The customers' tags by name; a customer without any has an empty list."""
    found: dict[int, list[Tag]] = {customer_id: [] for customer_id in customer_ids}
    query = (
        select(CustomerTag.customer_id, Tag)
        .join(Tag, Tag.id == CustomerTag.tag_id)
        .where(CustomerTag.customer_id.in_(found))
        .order_by(func.lower(Tag.name))
    )
    for customer_id, each in session.execute(query):
        found[customer_id].append(each)
    return found


def set_tags(session: Session, user: CurrentUser, customer: Customer, tag_ids: Collection[int]) -> list[Tag]:
    """Give a customer these tags and no others; raise Unprocessable where one is not the business's."""
    wanted = set(tag_ids)
    known = set(session.scalars(select(Tag.id).where(Tag.business_id == user.business_id, Tag.id.in_(wanted))))
    if missing := sorted(wanted - known):
        raise Unprocessable(f"there is no tag {missing[0]}")
    session.scalar(select(Customer.id).where(Customer.id == customer.id).with_for_update())
    hers = {each.id for each in tags_of(session, [customer.id])[customer.id]}
    gone = CustomerTag.customer_id == customer.id, CustomerTag.tag_id.in_(hers - wanted)
    session.execute(delete(CustomerTag).where(*gone))
    new = sorted(wanted - hers)
    session.add_all(CustomerTag(customer_id=customer.id, tag_id=each, business_id=user.business_id) for each in new)
    session.flush()
    if hers != wanted:
        _note(session, user, customer, added=new, removed=sorted(hers - wanted))
    return tags_of(session, [customer.id])[customer.id]


@contextmanager
def _unique(session: Session, name: str) -> Iterator[None]:
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise TagTaken(f"there is a tag {name!r} already") from error


def _note(session: Session, user: CurrentUser, customer: Customer, *, added: list[int], removed: list[int]) -> None:
    audit.record(
        session,
        business_id=user.business_id,
        user_id=user.id,
        action="customer.tagged",
        subject_type="customer",
        subject_id=customer.id,
        added=added,
        removed=removed,
    )
    announce(session, "customer", customer.id, business_id=user.business_id)


def _tell(session: Session, user: CurrentUser, row: Tag, action: str) -> None:
    audit.record(
        session,
        business_id=row.business_id,
        user_id=user.id,
        action=action,
        subject_type="tag",
        subject_id=row.id,
        name=row.name,
    )
    announce(session, "tag", row.id, business_id=row.business_id)
