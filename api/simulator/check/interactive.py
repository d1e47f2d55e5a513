"""Buttons, lists, links, requests, products and flows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.simulator.check.media_object import check_media
from api.simulator.check.node import Node, must_differ
from api.simulator.check.payment import check_order_details, check_order_status
from api.simulator.check.product import check_catalog_message, check_product, check_product_list
from api.simulator.graph_error import GraphError
from api.simulator.media import MediaStore

BODY_LENGTH = 1024
LIST_BODY_LENGTH = 4096
HEADER_LENGTH = FOOTER_LENGTH = 60
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, ROW_TITLE, ROW_DESCRIPTION, ROW_ID = 10, 24, 72, 200
SECTIONS, SECTION_TITLE = 10, 24
FLOW_CTA = 30
ADDRESS_COUNTRIES = ("in", "sg")
_ANY_HEADER = ("text", "image", "video", "document")


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is checked; `headers` are those that it may have."""

    check: Callable[[Node], None]
    headers: tuple[str, ...] = ()
    body_length: int = BODY_LENGTH
    needs_body: bool = True
    needs_header: bool = False
    has_footer: bool = True


def check_interactive(interactive: Node, store: MediaStore) -> None:
    """An interactive message of any kind."""
    name = interactive.word("type", tuple(KINDS))
    kind = KINDS[name]
    interactive.only("type", "header", "body", "footer", "action")
    _check_header(interactive, kind, store)
    if kind.needs_body or interactive.has("body"):
        body = interactive.node("body")
        body.only("text")
        body.text("text", most=kind.body_length)
    if footer := interactive.optional_node("footer"):
        if not kind.has_footer:
            raise GraphError(100, f'Unexpected key "footer" on param "{interactive.path}".')
        footer.only("text")
        footer.text("text", most=FOOTER_LENGTH)
    kind.check(interactive.node("action"))


def _check_header(interactive: Node, kind: Kind, store: MediaStore) -> None:
    if not interactive.has("header") and not kind.needs_header:
        return
    if not kind.headers:
        raise GraphError(131009, f"{interactive.place('header')} is not allowed on this type.")
    header = interactive.node("header")
    form = header.word("type", kind.headers)
    header.only("type", "sub_text", form)
    if form == "text":
        header.text("text", most=HEADER_LENGTH)
    else:
        check_media(header.node(form), form, store)


def _check_buttons(action: Node) -> None:
    action.only("buttons")
    buttons = action.nodes("buttons", most=BUTTONS)
    replies = [_reply(button) for button in buttons]
    must_differ([reply.text("id", most=BUTTON_ID) for reply in replies], "Button ids")
    must_differ([_button_title(reply) for reply in replies], "Button titles")


def _reply(button: Node) -> Node:
    button.only("type", "reply")
    button.word("type", ("reply",))
    reply = button.node("reply")
    reply.only("id", "title")
    return reply


def _button_title(reply: Node) -> str:
    title = reply.text("title", may_be_empty=True)
    if not 0 < len(title.strip()) <= BUTTON_TITLE or len(title) > BUTTON_TITLE:
        raise GraphError(131009, f"Button title length invalid. Min length: 1, Max length: {BUTTON_TITLE}")
    return title


def _check_list(action: Node) -> None:
    action.only("button", "sections")
    action.text("button", most=BUTTON_TITLE)
    sections = action.nodes("sections", most=SECTIONS)
    rows = [row for section in sections for row in _rows(section, is_only=len(sections) == 1)]
    if len(rows) > ROWS:
        raise GraphError(131009, f"Total row count exceed max allowed count: {ROWS}")
    must_differ([row.text("id", most=ROW_ID) for row in rows], "Row ids")


def _rows(section: Node, *, is_only: bool) -> list[Node]:
    section.only("title", "rows")
    if not is_only or section.has("title"):
        section.text("title", most=SECTION_TITLE, may_be_empty=is_only)
    rows = section.nodes("rows")
    for row in rows:
        row.only("id", "title", "description")
        row.text("title", most=ROW_TITLE)
        row.optional_text("description", most=ROW_DESCRIPTION)
    return rows


def _check_link(action: Node) -> None:
    action.only("name", "parameters")
    action.word("name", ("cta_url",))
    parameters = action.node("parameters")
    parameters.only("display_text", "url")
    parameters.text("display_text", most=BUTTON_TITLE)
    if not parameters.text("url").startswith(("http://", "https://")):
        raise GraphError(100, f"Param {parameters.place('url')} is not a valid URI.")


def _check_location_request(action: Node) -> None:
    action.only("name")
    action.word("name", ("send_location",))


def _check_address(action: Node) -> None:
    action.word("name", ("address_message",))
    parameters = action.node("parameters")
    parameters.word("country", ADDRESS_COUNTRIES)
    parameters.optional_node("values")
    parameters.optional_node("validation_errors")
    if parameters.has("saved_addresses"):
        for saved in parameters.nodes("saved_addresses", least=0):
            saved.text("id")
            saved.node("value")


def _check_flow(action: Node) -> None:
    action.word("name", ("flow",))
    parameters = action.node("parameters")
    if str(parameters.any("flow_message_version")) != "3":
        raise GraphError(131009, f"{parameters.place('flow_message_version')} must be 3.")
    if parameters.has("flow_id") == parameters.has("flow_name"):
        raise GraphError(131009, f"{parameters.path} needs either flow_id or flow_name.")
    parameters.text("flow_cta", most=FLOW_CTA)
    if parameters.has("mode"):
        parameters.word("mode", ("draft", "published"))
    if parameters.has("flow_action"):
        parameters.word("flow_action", ("navigate", "data_exchange"))
    if payload := parameters.optional_node("flow_action_payload"):
        payload.text("screen")


def _check_call_permission(action: Node) -> None:
    action.word("name", ("call_permission_request",))


KINDS: Mapping[str, Kind] = {
    "button": Kind(_check_buttons, _ANY_HEADER),
    "list": Kind(_check_list, ("text",), LIST_BODY_LENGTH),
    "cta_url": Kind(_check_link, _ANY_HEADER),
    "location_request_message": Kind(_check_location_request, has_footer=False),
    "address_message": Kind(_check_address, _ANY_HEADER),
    "product": Kind(check_product, needs_body=False),
    "product_list": Kind(check_product_list, ("text",), needs_header=True),
    "catalog_message": Kind(check_catalog_message),
    "flow": Kind(_check_flow, _ANY_HEADER),
    "order_details": Kind(check_order_details, ("image", "video", "document")),
    "order_status": Kind(check_order_status),
    "call_permission_request": Kind(_check_call_permission),
}
