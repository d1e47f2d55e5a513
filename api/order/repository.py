"""Orders and their lines as rows: found, locked and numbered."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.conversation.models import Message
from api.identity.models import Business
from api.order.models import Order, OrderLine, OrderStatus


def find(session: Session, business_id: int, order_id: int, *, lock: bool = False) -> Order | None:
    """A business's order; with `lock`, as it is committed now, and nobody else's until the transaction ends."""
    query = select(Order).where(Order.business_id == business_id, Order.id == order_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def latest_of(session: Session, conversation_id: int) -> Order | None:
    """The newest order of a conversation, locked: its draft, if it has one."""
    draft_first = (Order.status != OrderStatus.DRAFT, Order.id.desc())
    query = select(Order).where(Order.conversation_id == conversation_id).order_by(*draft_first).limit(1)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def lines_of(session: Session, order: Order) -> list[OrderLine]:
    """All lines of an order in their order, those that a person removed too."""
    query = select(OrderLine).where(OrderLine.business_id == order.business_id, OrderLine.order_id == order.id)
    return list(session.scalars(query.order_by(OrderLine.position, OrderLine.id)))


def insert_draft(
    session: Session,
    business_id: int,
    *,
    customer_id: int,
    conversation_id: int | None,
    created_by: int | None = None,
) -> Order | None:
    """A new empty draft with the business's next number; None where the conversation has a draft already."""
    number, currency = session.execute(
        update(Business)
        .where(Business.id == business_id)
        .values(last_order_number=Business.last_order_number + 1)
        .returning(Business.last_order_number, Business.currency)
        .execution_options(synchronize_session=False)
    ).one()
    values = {
        "business_id": business_id,
        "conversation_id": conversation_id,
        "customer_id": customer_id,
        "number": number,
        "currency": currency,
        "created_by": created_by,
    }
    query = insert(Order).values(values)
    only_draft = query.on_conflict_do_nothing(index_elements=["conversation_id"], index_where=text("status = 'draft'"))
    return session.scalar(only_draft.returning(Order))


def variants_by_sku(session: Session, business_id: int, skus: Iterable[str]) -> dict[str, Variant]:
    """Those of the SKUs that the business's catalogue holds, archived ones too."""
    query = select(Variant).where(Variant.business_id == business_id, Variant.sku.in_(set(skus)))
    return {variant.sku: variant for variant in session.scalars(query)}


def product_titles(session: Session, business_id: int, item_group_ids: Iterable[str]) -> dict[str, str]:
    """Titles by `item_group_id` of those products that the catalogue holds."""
    query = select(Product.item_group_id, Product.title).where(
        Product.business_id == business_id, Product.item_group_id.in_(set(item_group_ids))
    )
    return dict(session.execute(query).all())


def item_group_of(session: Session, variant: Variant) -> str:
    """The `item_group_id` of a variant's product."""
    return session.scalars(select(Product.item_group_id).where(Product.id == variant.product_id)).one()


def covered_up_to(session: Session, conversation_id: int) -> int | None:
    """The last message that an order which a person settled was made of; None where none was.

    What was said up to there is confirmed, fulfilled, rejected or called off: a reading begins after it.
    """
    settled = (Order.conversation_id == conversation_id, Order.status != OrderStatus.DRAFT, ~Order.withdrawn)
    covered = select(Message.id).join(Order, Order.read_up_to_message_id == Message.id).where(*settled)
    return session.scalar(
        covered.order_by(Message.timestamp.desc(), Message.sequence.desc(), Message.id.desc()).limit(1)
    )


def live(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """The lines that no person removed."""
    return [line for line in lines if line.removed_at is None]


def needs(lines: Sequence[OrderLine]) -> dict[int, Decimal]:
    """Quantity by variant id, summed over the lines."""
    sums: dict[int, Decimal] = {}
    for line in lines:
        if line.variant_id is not None:
            sums[line.variant_id] = sums.get(line.variant_id, Decimal(0)) + line.quantity
    return sums
