"""Texts, places, people and reactions."""

from itertools import chain

from api.simulator.check.node import Node
from api.simulator.graph_error import GraphError

TEXT_LENGTH = 4096
CONTACTS = 257
_LATITUDE, _LONGITUDE = 90.0, 180.0
_NAMES = ("first_name", "last_name", "middle_name", "suffix", "prefix")


def check_text(text: Node) -> None:
    """A text message."""
    text.only("body", "preview_url")
    text.text("body", most=TEXT_LENGTH)
    if text.has("preview_url") and not isinstance(text.value["preview_url"], bool):
        raise GraphError(100, f"Param {text.place('preview_url')} must be a boolean.")


def check_location(location: Node) -> None:
    """A place. Meta takes its coordinates as numbers and as texts."""
    location.only("latitude", "longitude", "name", "address")
    _degrees(location, "latitude", _LATITUDE)
    _degrees(location, "longitude", _LONGITUDE)
    location.optional_text("name")
    location.optional_text("address")


def check_reaction(reaction: Node) -> None:
    """An emoji on a message; an empty one takes the former away."""
    reaction.only("message_id", "emoji")
    reaction.text("message_id")
    emoji = reaction.optional_text("emoji") or ""
    if emoji.isascii() and emoji:
        raise GraphError(131009, f"{reaction.place('emoji')} must be a single emoji.")


def check_contacts(message: Node) -> None:
    """Contact cards: each has its full name and at least one part of it."""
    for contact in message.nodes("contacts", most=CONTACTS):
        name = contact.node("name")
        name.text("formatted_name")
        if not any(name.has(part) for part in _NAMES):
            raise GraphError(131008, f"{name.path} needs one of {', '.join(_NAMES)} beside formatted_name.")
        lists = (
            contact.nodes(part, least=0) for part in ("addresses", "emails", "phones", "urls") if contact.has(part)
        )
        for part in chain.from_iterable(lists):
            part.optional_text("type")


def _degrees(location: Node, name: str, most: float) -> None:
    value = location.any(name)
    try:
        fits = not isinstance(value, bool) and abs(float(value)) <= most
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise GraphError(131009, f"{location.place(name)} must be a number from {-most:g} to {most:g}.")
