"""The phone: a page on which a person plays customers, and the JSON that it speaks."""

import asyncio
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from api.simulator.chat import Chat, Entry
from api.simulator.graph_endpoints import Here, network_of
from api.simulator.handset import Handset, template_text
from api.simulator.json_value import Json
from api.simulator.network import Network

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {"html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_STATIC = files("api.simulator").joinpath("static")
_FILES = {each.name: each.read_bytes() for each in _STATIC.iterdir() if each.is_file()}
_QUIET_SECONDS = 3.0
_MOST_FILE_BYTES = 100 * 1024 * 1024
_SHOWN = ("image/", "audio/", "video/")

page = APIRouter()
router = APIRouter(prefix="/phone/api")


class CustomerIn(BaseModel):
    """Who writes, to which number."""

    wa_id: str = Field(pattern=r"^[1-9]\d{6,14}$")
    name: str = Field(min_length=1, max_length=100)
    phone_number_id: str
    hides: bool = False


class MessageIn(BaseModel):
    """What the customer does: `action` is a method of the handset, with its arguments."""

    action: str
    arguments: dict[str, Any] = {}


@page.get("/")
async def begin() -> RedirectResponse:
    """The way to the phone."""
    return RedirectResponse("/phone/")


@page.get("/phone/")
@page.get("/phone/{name}")
async def show(name: str = "index.html") -> Response:
    """The page and its files."""
    if name not in _FILES:
        raise HTTPException(404)
    return Response(_FILES[name], headers=_HEADERS | {"Content-Type": _TYPES[name.rpartition(".")[2]]})


async def handset_of(key: str, network: Annotated[Network, Depends(network_of)]) -> Handset:
    """The handset that holds this chat."""
    if key not in network.chats:
        raise HTTPException(404, f"there is no chat {key}")
    return Handset(network, network.chats[key])


# What the page may do; the names are the handset's.
ACTIONS = frozenset({"say", "send_location", "send_cart", "tap", "answer_form", "pay", "react", "edit", "delete"})


@router.get("/state")
async def state(network: Here) -> Json:
    """Everything that the page begins with."""
    numbers = [
        {"id": number.phone_number_id, "name": number.verified_name, "phone": number.display_phone_number}
        for number in network.numbers.values()
    ]
    products = [
        {"retailer_id": each.retailer_id, "name": each.name, "price": each.price, "currency": each.currency}
        for each in network.options.products
    ]
    chats = [shown(network, chat) for chat in network.chats.values()]
    return {"numbers": numbers, "products": products, "chats": chats, "connected": network.postman.is_reached}


@router.post("/customers", status_code=201)
async def make_customer(given: CustomerIn, network: Here) -> Json:
    """Make a customer, or name one, with an empty chat."""
    number = network.number(given.phone_number_id)
    customer = network.customer(given.wa_id, given.name)
    customer.hides = given.hides
    chat = network.chat(number, customer)
    network.changed(chat)
    return shown(network, chat)


@router.post("/chats/{key}/actions", status_code=201)
async def act(given: MessageIn, handset: Annotated[Handset, Depends(handset_of)]) -> Json:
    """Do what the customer does; the answer tells the wamid."""
    if given.action not in ACTIONS:
        raise HTTPException(422, f"there is no action {given.action}")
    try:
        return {"id": getattr(handset, given.action)(**given.arguments)}
    except (TypeError, AttributeError, KeyError) as error:
        raise HTTPException(422, f"the arguments do not fit: {error}") from None


@router.post("/chats/{key}/files", status_code=201)
async def send_file(
    request: Request, handset: Annotated[Handset, Depends(handset_of)], kind: str, caption: str = "", filename: str = ""
) -> Json:
    """Send a file: its bytes are the body, its type is Content-Type."""
    content = await request.body()
    if not 0 < len(content) <= _MOST_FILE_BYTES:
        raise HTTPException(422, "the file is empty or too large")
    mime_type = request.headers.get("content-type", "application/octet-stream")
    voice = kind == "audio" and mime_type.startswith("audio/ogg")
    return {"id": handset.send_file(kind, content, mime_type, caption=caption, filename=filename, voice=voice)}


@router.get("/media/{media_id}")
async def show_media(media_id: str, network: Here) -> Response:
    """A picture, a film or a sound of a chat."""
    if media_id not in network.media:
        raise HTTPException(404)
    media = network.media.get(media_id)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    if not media.mime_type.startswith(_SHOWN) or "svg" in media.mime_type:
        headers["Content-Disposition"] = "attachment"
    return Response(media.content, media_type=media.mime_type, headers=headers)


@router.get("/changes")
async def changes(network: Here) -> StreamingResponse:
    """Chats as they change, as server-sent events."""
    return StreamingResponse(_changes(network), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _changes(network: Network) -> AsyncIterator[bytes]:
    queue = network.watch()
    try:
        while True:
            try:
                chat = await asyncio.wait_for(queue.get(), _QUIET_SECONDS)
            except TimeoutError:
                yield _event({"connected": network.postman.is_reached})  # a browser that left is noticed as well
                continue
            yield _event(shown(network, chat))
    finally:
        network.unwatch(queue)


def _event(content: Json) -> bytes:
    return b"data: " + orjson.dumps(content) + b"\n\n"


def shown(network: Network, chat: Chat) -> Json:
    """A chat as the page shows it."""
    now = network.clock.now()
    return {
        "key": chat.key,
        "number": chat.number.phone_number_id,
        "shop": chat.number.verified_name,
        "wa_id": chat.customer.wa_id,
        "name": chat.customer.name or f"+{chat.customer.wa_id}",
        "typing": chat.typing_until > now,
        "open": chat.is_open(now, network.options.limits.window_seconds),
        "connected": network.postman.is_reached,
        "messages": [_entry(entry) for entry in chat.entries.values() if entry.type != "reaction"],
    }


def _entry(entry: Entry) -> Json:
    content = entry.content
    if entry.type == "template":
        content = content | {"text": template_text(content)}
    return {
        "id": entry.id,
        "mine": entry.is_customers,
        "type": entry.type,
        "content": None if entry.is_deleted else content,
        "at": entry.at,
        "quoted": entry.quoted,
        "status": entry.status,
        "failure": entry.failure,
        "payment": entry.payment,
        "edited": entry.is_edited,
        "deleted": entry.is_deleted,
        "reactions": [emoji for emoji in entry.reactions.values() if emoji],
    }
