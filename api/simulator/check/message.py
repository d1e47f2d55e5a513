"""The message as a whole: whom it is for, and of which type."""

import re
from dataclasses import dataclass

from api.simulator.check.content import check_contacts, check_location, check_reaction, check_text
from api.simulator.check.interactive import check_interactive
from api.simulator.check.media_object import KINDS as MEDIA_KINDS
from api.simulator.check.media_object import check_media
from api.simulator.check.node import Node
from api.simulator.check.template import TemplateCheck
from api.simulator.graph_error import GraphError
from api.simulator.json_value import Json
from api.simulator.media import MediaStore

TRACKER_LENGTH = 512
TYPES = ("text", "template", "interactive", "location", "contacts", "reaction", *MEDIA_KINDS)
_NUMBER = re.compile(r"[1-9]\d{6,14}")
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_ONLY_INDIA = ("order_details", "order_status")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for: by number or by business-scoped user id; `given` is as it was written."""

    given: str
    wa_id: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A message that Meta accepts, with its type, its content, and the template that it names."""

    recipient: Recipient
    type: str
    content: Json | list[Json]
    tracker: str | None
    quoted: str | None
    template: Json | None = None


def check_product_name(request: Node) -> None:
    """Every request says which of Meta's messengers it is for."""
    if request.value.get("messaging_product") != "whatsapp":
        if request.has("messaging_product"):
            raise GraphError(100, "Param messaging_product must be one of {WHATSAPP} - got another.")
        raise GraphError(100, "The parameter messaging_product is required.")


def check_message(request: Node, templates: TemplateCheck, store: MediaStore) -> Checked:
    """A whole message; raise GraphError where Meta refuses it."""
    if request.has("recipient_type"):
        request.word("recipient_type", ("individual", "group"))
    recipient = _recipient(request)
    kind = _type(request)
    template = _check_content(request, kind, templates, store)
    _check_country(request, kind, recipient)
    if template and template["category"] == "AUTHENTICATION" and recipient.wa_id is None:
        raise GraphError(131062, "Authentication templates can be sent to phone numbers only.")
    tracker = request.optional_text("biz_opaque_callback_data", most=TRACKER_LENGTH)
    context = request.optional_node("context")
    quoted = context.text("message_id") if context else None
    return Checked(recipient, kind, request.value[kind], tracker, quoted, template)


def _recipient(request: Node) -> Recipient:
    if request.has("to"):
        given = str(request.value["to"])
        digits = re.sub(r"[\s()+.-]", "", given)
        if not _NUMBER.fullmatch(digits):
            raise GraphError(100, "Param to is not a phone number with its country code.")
        return Recipient(given, wa_id=digits)
    if request.has("recipient"):
        given = request.text("recipient")
        if not _USER_ID.fullmatch(given):
            raise GraphError(100, "Param recipient is not a business-scoped user ID.")
        return Recipient(given, user_id=given)
    raise GraphError(100, "The parameter to is required.")


def _type(request: Node) -> str:
    """The type, which Meta's own examples leave out: then it is that of the content."""
    if request.has("type"):
        return request.word("type", TYPES)
    there = [kind for kind in TYPES if request.has(kind)]
    return there[0] if len(there) == 1 else "text"


def _check_content(request: Node, kind: str, templates: TemplateCheck, store: MediaStore) -> Json | None:
    """Check what is sent; return the template where it is one."""
    if kind == "contacts":
        check_contacts(request)
        return None
    content = request.node(kind)
    if kind == "template":
        return templates.check(content)
    if kind == "interactive":
        check_interactive(content, store)
    elif kind in MEDIA_KINDS:
        check_media(content, kind, store)
    else:
        {"text": check_text, "location": check_location, "reaction": check_reaction}[kind](content)
    return None


def _check_country(request: Node, kind: str, recipient: Recipient) -> None:
    """Payments and Indian addresses are for customers in India."""
    interactive = request.value["interactive"] if kind == "interactive" else {}
    form = str(interactive.get("type", "")).lower()
    if form == "address_message":
        country = interactive["action"]["parameters"]["country"].lower()
        code = {"in": "91", "sg": "65"}[country]
    elif form in _ONLY_INDIA:
        code = "91"
    else:
        return
    if not (recipient.wa_id or code).startswith(code):
        raise GraphError(131009, f"{form} can be sent to numbers that begin with +{code} only.")
