"""The engine's questions as messages that are ready to be sent: buttons or a list where the answers are few."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.catalog.models import Product, Variant
from api.conversation.models import Conversation
from api.order import repository
from api.order.models import Order, OrderLine, OrderStatus
from api.order.schemas import QuestionOut
from api.order.view import open_questions
from api.sending.limit import MOST_BUTTONS, MOST_ROWS

BUTTON_TITLE, ROW_TITLE, ROW_DESCRIPTION, BODY, CHOICE_ID = 20, 24, 72, 1024, 200
INDIA = "+91"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer. Its `id` is the SKU that it means, where it means one: then a tap settles the line."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A question, and the messages that ask it, the most convenient first: bodies for `POST /messages/send`."""

    question: QuestionOut
    order_id: int
    messages: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def replies(session: Session, conversation: Conversation) -> list[Reply]:
    """What to ask the customer next, by the conversation's draft."""
    draft = session.scalar(
        select(Order).where(
            Order.business_id == conversation.business_id,
            Order.conversation_id == conversation.id,
            Order.status == OrderStatus.DRAFT,
        )
    )
    if draft is None:
        return []
    lines = repository.live(repository.lines_of(session, draft))
    by_id = {line.id: line for line in lines}
    return [
        Reply(question, draft.id, _messages(session, conversation, question, by_id.get(question.line_id or 0)))
        for question in open_questions(draft, lines)
    ]


def _messages(
    session: Session, conversation: Conversation, question: QuestionOut, line: OrderLine | None
) -> list[dict[str, Any]]:
    choices = _choices(session, conversation.business_id, question, line)
    contents = [_address_form(question)] if _wants_address(conversation, question) else []
    contents += _tappable(question.text, choices)
    asked = {"type": "text", "content": {"body": _in_words(question.text, choices)}}
    return [{"conversation_id": conversation.id, **content} for content in (*contents, asked)]


def _wants_address(conversation: Conversation, question: QuestionOut) -> bool:
    return question.kind == "address" and (conversation.customer_phone or "").startswith(INDIA)


def _address_form(question: QuestionOut) -> dict[str, Any]:
    action = {"name": "address_message", "parameters": {"country": "IN"}}
    content = {"type": "address_message", "body": {"text": question.text[:BODY]}, "action": action}
    return {"type": "interactive", "content": content}


def _tappable(text: str, choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """The question with something to tap; nothing where WhatsApp has no room for all answers."""
    if not choices or len(choices) > MOST_ROWS or len({choice.title for choice in choices}) < len(choices):
        return []
    body = {"text": text[:BODY]}
    if len(choices) <= MOST_BUTTONS and all(len(choice.title) <= BUTTON_TITLE for choice in choices):
        buttons = [{"type": "reply", "reply": {"id": choice.id, "title": choice.title}} for choice in choices]
        content: dict[str, Any] = {"type": "button", "body": body, "action": {"buttons": buttons}}
    else:
        action = {"button": "Choose", "sections": [{"rows": [_row(choice) for choice in choices]}]}
        content = {"type": "list", "body": body, "action": action}
    return [{"type": "interactive", "content": content}]


def _row(choice: Choice) -> dict[str, str]:
    """A row of a list; a long title goes on in its description.

    >>> _row(Choice("SR-RED", "Banarasi silk saree with zari"))["title"]
    'Banarasi silk saree wit…'
    """
    if len(choice.title) <= ROW_TITLE:
        return {"id": choice.id, "title": choice.title}
    shortened = f"{choice.title[: ROW_TITLE - 1]}…"
    return {"id": choice.id, "title": shortened, "description": choice.title[:ROW_DESCRIPTION]}


def _in_words(text: str, choices: Sequence[Choice]) -> str:
    """The question with its answers, unless it names them itself."""
    titles = [choice.title for choice in choices]
    if not titles or all(title in text for title in titles):
        return text
    return f"{text} {', '.join(titles)}"


def _choices(session: Session, business_id: int, question: QuestionOut, line: OrderLine | None) -> list[Choice]:
    if line is None or not question.choices:
        return []
    if question.option is not None:
        found = _of_option(session, business_id, question.option, question.choices, line)
    else:
        found = _of_candidates(question.choices, line)
    return [Choice(id_[:CHOICE_ID], title) for id_, title in found]


def _of_option(
    session: Session, business_id: int, option: str, values: Iterable[str], line: OrderLine
) -> Iterable[tuple[str, str]]:
    """Values of an option, each with the SKU of the one variant that has it and fits what is known."""
    product = Product.item_group_id == line.item_group_id
    query = select(Variant).join(Product, Product.id == Variant.product_id)
    fitting = session.scalars(
        query.where(
            Variant.business_id == business_id,
            product,
            Variant.archived_at.is_(None),
            Variant.options.contains(line.options),
        )
    ).all()
    for value in values:
        skus = [variant.sku for variant in fitting if str(variant.options.get(option)) == value]
        yield skus[0] if len(skus) == 1 else f"line-{line.id}-{option}-{value}", value


def _of_candidates(titles: Iterable[str], line: OrderLine) -> Iterable[tuple[str, str]]:
    """Products, each with its SKU where it has one variant."""
    by_title = {candidate["title"]: candidate for candidate in line.candidates}
    for number, title in enumerate(titles):
        candidate = by_title.get(title, {})
        yield candidate.get("sku") or f"line-{line.id}-{candidate.get('item_group_id', number)}", title
