"""A small shop, committed: for tests with threads and processes."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.database import Database
from api.identity.models import Business, Channel, User
from api.stock.models import Stock
from tests.factories import make_business, make_channel, make_user


@dataclass(frozen=True)
class Shop:
    """A business with one number, an admin, and a catalogue of two products with ten of each in stock."""

    business: Business
    channel: Channel
    admin: User

    @property
    def number(self) -> str:
        return self.channel.phone_number_id


def open_shop(database: Database) -> Shop:
    """Make a shop."""
    with database.transaction() as session:
        business = make_business(session)
        made = Shop(business, make_channel(session, business), make_user(session, business))
        add_variant(session, business, "AATA-1KG", "Aashirvaad Aata 1 kg", 6500)
        add_variant(session, business, "SUGAR-1KG", "Sugar 1 kg", 4800)
        business.catalog_version = 1
    return made


def add_variant(session: Session, business: Business, sku: str, title: str, price: int) -> None:
    product = Product(business_id=business.id, item_group_id=f"G-{sku}", title=title)
    session.add(product)
    session.flush()
    variant = Variant(
        business_id=business.id,
        product_id=product.id,
        sku=sku,
        title=title,
        price_minor=price,
        currency="INR",
        words=title.lower().split(),
    )
    session.add(variant)
    session.flush()
    session.add(Stock(business_id=business.id, variant_id=variant.id, quantity=10))
