"""Reads order chats: messages and a catalogue in, a draft order with evidence and confidence out."""

from engine.catalog import Catalog, Product, Variant
from engine.conversation import CartItem, Message, MessageKind, Sender, Span
from engine.engine import VERSION, Engine
from engine.money import Money
from engine.order import DraftOrder, OrderLine, Question, Stage

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
