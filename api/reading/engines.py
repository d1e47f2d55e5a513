"""Engines ready to read: one a business and version of its catalogue, shared by the threads of a process."""

import gc
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.database import Database
from api.identity.models import Business
from engine import catalog as engine_catalog
from engine.engine import Engine
from engine.money import Money

logger = structlog.get_logger(__name__)

# Engines kept in memory; the business that was read longest ago makes room.
MAX_ENGINES = 64

_YOUNG = 10_000  # new objects between two searches for garbage, where Python by itself waits for 700


@dataclass(slots=True)
class _Slot:
    """A business's engine and the version of the catalogue that it knows; None until it is first built."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    version: int = -1
    engine: Engine | None = None


class Engines:
    """Hands out the engine that knows a business's catalogue as it is now, building it where it has changed."""

    def __init__(self, database: Database, *, at_most: int = MAX_ENGINES) -> None:
        self._database = database
        self._at_most = at_most
        self._lock = threading.Lock()
        self._slots: OrderedDict[int, _Slot] = OrderedDict()

    def of(self, business_id: int) -> Engine:
        """The engine for a business. Of threads that ask at the same time, one builds and the others wait."""
        slot = self._slot(business_id)
        with slot.lock, self._database.transaction() as session:
            version = session.scalars(select(Business.catalog_version).where(Business.id == business_id)).one()
            if slot.engine is None or slot.version != version:
                slot.engine = Engine(engine_catalog.Catalog(_variants(session, business_id)))
                settle(afresh=slot.version >= 0)
                slot.version = version
                logger.info("engine.built", business_id=business_id, catalog_version=version)
            return slot.engine

    def warm_up(self) -> None:
        """Load what all engines share, so that no chat need wait for it, nor for a search for garbage in it."""
        Engine(engine_catalog.Catalog(())).read(())
        settle()

    def _slot(self, business_id: int) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(business_id, _Slot())
            self._slots.move_to_end(business_id)
            if len(self._slots) > self._at_most:
                self._slots.popitem(last=False)
            return slot


def settle(*, afresh: bool = False) -> None:
    """Put all that is kept out of sight of Python's search for garbage, which would look through it again and again.

    Reading leaves no garbage that only a search finds, so it may come less often, too; an engine that is dropped is
    freed without one. What other threads were at when all was put away may not be: `afresh` looks through everything
    once more, for a tenth of a second.
    """
    if afresh:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _variants(session: Session, business_id: int) -> list[engine_catalog.Variant]:
    """The business's catalogue in the engine's terms, in the order in which it was entered."""
    rows = session.execute(
        select(Variant, Product)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.business_id == business_id, Variant.archived_at.is_(None))
        .order_by(Product.id, Variant.id)
    )
    return [_variant(variant, product) for variant, product in rows]


def _variant(variant: Variant, product: Product) -> engine_catalog.Variant:
    """One row in the engine's terms. Stock is left out: it changes faster than engines are built."""
    price = None if variant.price_minor is None else Money(variant.price_minor, variant.currency)
    return engine_catalog.Variant(
        sku=variant.sku,
        item_group_id=product.item_group_id,
        title=variant.title,
        options={name: str(value) for name, value in variant.options.items()},
        price=price,
        in_stock=variant.available,
        brand=product.brand,
        product_type=product.product_type,
        description=product.description,
        aliases=tuple(variant.aliases),
    )
