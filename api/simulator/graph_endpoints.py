"""Graph API as the service sees it: any version, bearer tokens, Meta's answers."""

import re
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile
from starlette.types import Receive, Scope, Send

from api.simulator.graph_error import GraphError, TokenError, UnknownObjectError, UnknownPathError
from api.simulator.json_value import Json
from api.simulator.network import Network
from api.simulator.options import Number
from api.simulator.outbox import LostAnswerError, Outbox
from api.simulator.template_book import pages_of

_VERSION = re.compile(r"v\d{1,2}\.\d")
_BEARER = "bearer "
_PAGE = 25
_MOST_ROWS = 1000
_SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]


async def network_of(request: Request) -> Network:
    """The simulator's network."""
    network: Network = request.app.state.network
    return network


async def check_version(version: str) -> None:
    """Refuse what is no version of Graph API."""
    if not _VERSION.fullmatch(version):
        raise UnknownPathError(f"/{version}")


async def check_token(request: Request, network: Annotated[Network, Depends(network_of)]) -> str:
    """The access token, as a bearer or in the address; raise TokenError where it is none of ours."""
    header = request.headers.get("authorization", "")
    given = header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""
    token = given or request.query_params.get("access_token", "")
    if token not in network.tokens:
        raise TokenError
    return token


Here = Annotated[Network, Depends(network_of)]
router = APIRouter(prefix="/{version}", dependencies=[Depends(check_version), Depends(check_token)])


class BrokenAnswer(Response):
    """An answer that breaks off: the client cannot know what became of its request."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Promise a body, and leave."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


@router.get("/debug_token")
async def debug_token(request: Request, network: Here) -> Json:
    """What a token may do."""
    asked = request.query_params.get("input_token", "")
    if asked not in network.tokens:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    wabas = sorted({number.waba_id for number in network.numbers.values()})
    granular = [{"scope": scope, "target_ids": wabas} for scope in _SCOPES]
    data = {"app_id": "1", "type": "SYSTEM_USER", "application": "Simulator", "is_valid": True, "scopes": _SCOPES}
    lasts = {"expires_at": 0, "data_access_expires_at": 0, "issued_at": int(network.clock.now()), "user_id": "2"}
    return {"data": data | lasts | {"granular_scopes": granular}}


@router.post("/{phone_number_id}/messages")
async def send_message(phone_number_id: str, request: Request, network: Here) -> Response:
    """Send a message, or mark one as read."""
    number = network.number(phone_number_id)
    outbox: Outbox = request.app.state.outbox
    try:
        return JSONResponse(outbox.take(number, await _json(request)))
    except LostAnswerError:
        return BrokenAnswer()


@router.post("/{phone_number_id}/media")
async def upload_media(phone_number_id: str, request: Request, network: Here) -> Json:
    """Keep a file for messages to come."""
    network.number(phone_number_id)
    async with request.form() as form:
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp":
            raise GraphError(100, "The parameter messaging_product is required.")
        if not isinstance(file, UploadFile):
            raise GraphError(100, "The parameter file is required.")
        kind = form.get("type")
        mime_type = kind if isinstance(kind, str) and "/" in kind else file.content_type or ""
        return {"id": network.media.upload(await file.read(), mime_type).id}


@router.post("/{phone_number_id}/register")
@router.post("/{phone_number_id}/deregister")
@router.post("/{phone_number_id}")
async def change_number(phone_number_id: str, request: Request, network: Here) -> Json:
    """Register a number, or set its PIN."""
    network.number(phone_number_id)
    pin = (await _json(request)).get("pin")
    if not request.url.path.endswith("/deregister") and not re.fullmatch(r"\d{6}", str(pin)):
        raise GraphError(100, "Param pin must be a string of 6 digits.")
    return {"success": True}


@router.get("/{waba_id}/phone_numbers")
async def list_numbers(waba_id: str, request: Request, network: Here) -> Json:
    """The numbers of a WhatsApp Business Account."""
    rows = [_shown(number) for number in network.numbers.values() if number.waba_id == waba_id]
    if not rows:
        raise UnknownObjectError(waba_id)
    return _page(request, rows)


@router.get("/{waba_id}/message_templates")
async def list_templates(waba_id: str, request: Request, network: Here) -> Json:
    """The templates of a WhatsApp Business Account, in pages."""
    _check_waba(network, waba_id, "get")
    return _page(request, list(pages_of(network.templates.rows(waba_id), request.query_params)))


@router.post("/{waba_id}/message_templates")
async def create_template(waba_id: str, request: Request, network: Here) -> Json:
    """Ask for a new template."""
    _check_waba(network, waba_id, "post")
    row = network.templates.create(waba_id, await _json(request))
    return {key: row[key] for key in ("id", "status", "category")}


@router.delete("/{waba_id}/message_templates")
async def delete_template(waba_id: str, request: Request, network: Here) -> Json:
    """Delete a template in all its languages."""
    _check_waba(network, waba_id, "delete")
    name = request.query_params.get("name", "")
    if not network.templates.delete(waba_id, name):
        raise GraphError(100, f"Message template {name!r} was not found.")
    return {"success": True}


@router.api_route("/{waba_id}/subscribed_apps", methods=["GET", "POST", "DELETE"])
async def subscribe(waba_id: str, request: Request, network: Here) -> Json:
    """Whether the app hears of the account's events; set it, or take it away."""
    _check_waba(network, waba_id, request.method.lower())
    if request.method == "GET":
        app = {"whatsapp_business_api_data": {"id": "1", "name": "Simulator", "link": "https://www.facebook.com/"}}
        return {"data": [app] if waba_id in network.subscribed else []}
    (network.subscribed.add if request.method == "POST" else network.subscribed.discard)(waba_id)
    return {"success": True}


@router.get("/{object_id}")
async def get_object(object_id: str, request: Request, network: Here) -> Json:
    """A number, an account, a template, or where to download media from."""
    if object_id in network.media:
        return _media(object_id, request, network)
    if object_id in network.numbers:
        return _fields(request, _shown(network.numbers[object_id]))
    if template := network.templates.by_id(object_id):
        return _fields(request, template)
    _check_waba(network, object_id, "get")
    account = {"id": object_id, "name": "Simulator", "currency": "INR", "timezone_id": "71"}
    return _fields(request, account | {"account_review_status": "APPROVED", "message_template_namespace": "simulator"})


@router.delete("/{media_id}")
async def delete_media(media_id: str, network: Here) -> Json:
    """Forget a file."""
    if media_id not in network.media:
        raise UnknownObjectError(media_id, "delete")
    network.media.delete(media_id)
    return {"success": True}


files = APIRouter(dependencies=[Depends(check_token)])


@files.get("/media/attachments/")
async def download(request: Request, network: Here) -> Response:
    """A file, at the address that its id told some minutes ago at most."""
    asked = request.query_params
    expires = asked.get("ext", "")
    media = network.media.download(
        asked.get("mid", ""), int(expires) if expires.isdigit() else 0, asked.get("hash", "")
    )
    if media is None:
        return Response(status_code=404)
    if network.media.fails(media.id):
        return Response(status_code=500)
    return Response(media.content, media_type=media.mime_type, headers={"Content-Disposition": "attachment"})


def _media(media_id: str, request: Request, network: Network) -> Json:
    asked = request.query_params.get("phone_number_id")
    if asked is not None and asked not in network.numbers:
        raise GraphError(100, "Param phone_number_id is not a valid whatsapp business phone number id ID")
    media = network.media.get(media_id)
    url = str(request.base_url).rstrip("/") + network.media.path(media_id)
    known = {"url": url, "mime_type": media.mime_type, "sha256": media.digest.hex(), "file_size": len(media.content)}
    return {"messaging_product": "whatsapp", "id": media_id} | known


def _shown(number: Number) -> Json:
    level = "STANDARD" if number.is_on_phone else number.throughput
    return {
        "id": number.phone_number_id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone_number,
        "code_verification_status": "VERIFIED",
        "quality_rating": number.quality_rating,
        "platform_type": "CLOUD_API",
        "throughput": {"level": level},
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "account_mode": "LIVE",
        "messaging_limit_tier": "TIER_1K",
        "is_official_business_account": False,
        "is_on_biz_app": number.is_on_phone,
        "health_status": {"can_send_message": "AVAILABLE", "entities": []},
    }


def _check_waba(network: Network, waba_id: str, method: str) -> None:
    if all(number.waba_id != waba_id for number in network.numbers.values()):
        raise UnknownObjectError(waba_id, method)


def _fields(request: Request, row: Json) -> Json:
    """The fields that are asked for, and the id; all where none is."""
    asked = [name.strip() for name in request.query_params.get("fields", "").split(",") if name.strip()]
    wanted = {name.partition("{")[0] for name in asked}
    return {key: value for key, value in row.items() if not wanted or key in wanted or key == "id"}


def _page(request: Request, rows: list[Json]) -> Json:
    """One page of a list, with Meta's cursors."""
    asked = request.query_params
    limit = min(int(asked.get("limit", _PAGE)), _MOST_ROWS)
    start = int(asked.get("after", "0")) if asked.get("after", "0").isdigit() else 0
    end = start + limit
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(min(end, len(rows)))}}
    if end < len(rows):
        paging["next"] = str(request.url.include_query_params(after=end))
    shown = [_fields(request, row) for row in rows[start:end]]
    return {"data": shown, "paging": paging} if shown else {"data": []}


async def _json(request: Request) -> Json:
    try:
        body = orjson.loads(await request.body() or b"{}")
    except orjson.JSONDecodeError:
        raise GraphError(100, "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise GraphError(100, "The body must be a JSON object.")
    return body
