"""One product, several, or the whole catalogue."""

from api.simulator.check.node import Node
from api.simulator.graph_error import GraphError

PRODUCTS = 30
SECTIONS, SECTION_TITLE = 10, 24


def check_product(action: Node) -> None:
    """A single product."""
    action.only("catalog_id", "product_retailer_id")
    action.text("catalog_id")
    action.text("product_retailer_id")


def check_product_list(action: Node) -> None:
    """Several products in sections."""
    action.only("catalog_id", "sections")
    action.text("catalog_id")
    sections = action.nodes("sections", most=SECTIONS)
    count = sum(_count(section, is_only=len(sections) == 1) for section in sections)
    if count > PRODUCTS:
        raise GraphError(131009, f"Total product count exceed max allowed count: {PRODUCTS}")


def check_catalog_message(action: Node) -> None:
    """The catalogue, with the picture of one of its products."""
    action.only("name", "parameters")
    action.word("name", ("catalog_message",))
    if parameters := action.optional_node("parameters"):
        parameters.only("thumbnail_product_retailer_id")
        parameters.optional_text("thumbnail_product_retailer_id")


def _count(section: Node, *, is_only: bool) -> int:
    section.only("title", "product_items")
    if not is_only or section.has("title"):
        section.text("title", most=SECTION_TITLE, may_be_empty=is_only)
    items = section.nodes("product_items")
    for item in items:
        item.text("product_retailer_id")
    return len(items)
