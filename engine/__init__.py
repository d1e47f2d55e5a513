"""Reads order chats: messages and a catalogue in, a draft order with evidence and confidence out."""

from typing import TYPE_CHECKING

from engine.catalog import Catalog, Product, Variant
from engine.conversation import CartItem, Message, MessageKind, Sender, Span
from engine.money import Money
from engine.order import DraftOrder, OrderLine, Question, Stage

if TYPE_CHECKING:
    from engine.engine import VERSION, Engine

__all__ = [
    "VERSION",
    "CartItem",
    "Catalog",
    "DraftOrder",
    "Engine",
    "Message",
    "MessageKind",
    "Money",
    "OrderLine",
    "Product",
    "Question",
    "Sender",
    "Span",
    "Stage",
    "Variant",
]


def __getattr__(name: str) -> object:
    """`Engine` and `VERSION`, when they are first asked for: who only wants values need not wait for spaCy."""
    if name in {"Engine", "VERSION"}:
        from engine import engine  # noqa: PLC0415 - that is the point

        return getattr(engine, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
