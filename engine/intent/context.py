"""What a message's intent depends on besides its own words."""

from typing import NamedTuple

from engine.extraction.utterance import Utterance
from engine.order import Intent


class TurnContext(NamedTuple):
    """What stands around a customer's message, and what the catalogue made of its words.

    `previous_business` and `previous_customer` are the last messages of either side before this one,
    `business_is_latest` says that the business wrote last. `reply` is the business's next message, None
    while it has not answered: whoever answered had understood. `previous_intent` is the intent of the
    customer's message before. `has_order` says that something has been asked for and not called off,
    `has_open_line` that of some of it the variant is not settled.
    `items` counts the wishes in this message that fit a product of the catalogue, `unmatched` those
    that fit none, `quantities` those of the matched with a quantity; `named` those of the matched that
    say the product's name, `ordered` those whose product has been asked for before, `agreeing` those
    of the ordered that contradict no option of it, `offered` those whose product the business named in
    its last message. `said` holds what the words around the wishes say of them. `has_attached_product`
    is set where this message, or the one that it quotes, shows a product. `is_summed_up` says that the
    business's last message sums the order up, `is_closed` that it was completed, `is_cancelled` that it
    was called off.
    """

    previous_business: Utterance | None = None
    business_is_latest: bool = False
    previous_customer: Utterance | None = None
    reply: Utterance | None = None
    previous_intent: Intent | None = None
    has_order: bool = False
    has_open_line: bool = False
    items: int = 0
    unmatched: int = 0
    quantities: int = 0
    named: int = 0
    ordered: int = 0
    agreeing: int = 0
    offered: int = 0
    said: frozenset[str] = frozenset()
    has_attached_product: bool = False
    is_summed_up: bool = False
    is_closed: bool = False
    is_cancelled: bool = False
    minutes_since_business: float | None = None
    is_first: bool = False
