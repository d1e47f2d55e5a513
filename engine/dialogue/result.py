"""The draft order that a folded conversation comes to: lines in their final form, questions, confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import compress

from engine.act import Draft, DraftLine
from engine.catalog_match.shop import Shop
from engine.dialogue.account import account
from engine.dialogue.confidence import line_confidence, line_features, order_confidence
from engine.dialogue.fold import ReadTurn
from engine.dialogue.reason import Reasons
from engine.dialogue.stage import stage as stage_of
from engine.dialogue.state import State
from engine.order import (
    Candidate,
    Details,
    DraftOrder,
    MessageIntent,
    OrderLine,
    Question,
    QuestionKind,
    Stage,
)

_MOST_CHOICES = 10
_SURE_ORDER = 0.9  # a message is surely one that orders
_SURE_OF_WORDS = 0.45  # an order of nothing that the shop sells is believed from here on
_SURE_OF_SKU = 0.35  # a SKU more likely wrong than right is a question, no answer
_BELIEVED = 0.4  # a line less sure than this costs an agent more than it saves
_BELIEVED_IF_COUNTED = 0.1  # "2 soaps and 3 maggi": a wish that leaves a question is not to vanish
_COUNTING = ("quantity_said", "article")  # what says how many: a number, or an "a"
_NAMED, _COVERED = 2.3, 0.9  # the score of what is named beyond doubt, and how much of the words it explains

Judged = tuple[DraftLine, float]  # a line and how sure it is


class ResultMaker:
    """Turns the end of a fold into values for the caller."""

    def __init__(self, shop: Shop) -> None:
        """Use this catalogue's names."""
        self._shop = shop

    def draft(self, state: State, turns: Sequence[ReadTurn], details: Details) -> DraftOrder:
        """The draft order of a conversation."""
        stage = stage_of(state, turns)
        draft = Draft(state.draft.latest) if stage is Stage.ORDER else Draft()
        state = replace(state, draft=draft)
        told = self.account(state, turns)
        features = [line_features(line, state, told) for line in draft.lines]
        kept, dropped = believed(zip(draft.lines, map(line_confidence, features), strict=True))
        features_of = dict(zip(map(id, draft.lines), features, strict=True))
        why = Reasons(turns, self._shop)
        lines = tuple(
            replace(self.line(line, confidence), reasons=why.of(line, features_of[id(line)]))
            for line, confidence in kept
        )
        if stage is Stage.ORDER and not lines:
            stage = Stage.NONE
        intents = tuple(
            MessageIntent(t.utterance.message.id, t.intent, t.probability) for t in turns if t.intent is not None
        )
        questions = tuple(self._questions(lines, details)) if lines else ()
        confidence = order_confidence([sure for _, sure in kept], [sure for _, sure in dropped], state, told)
        return DraftOrder(stage, lines, details if lines else Details(), confidence, questions, intents)

    def account(self, state: State, turns: Sequence[ReadTurn]) -> dict[str, float]:
        """What of a chat its draft accounts for."""
        return account(state, turns, self._shop.index.__contains__) if state.draft.lines else {}

    def line(self, line: DraftLine, confidence: float) -> OrderLine:
        """A line in its final form."""
        quantity = line.quantity
        if line.group is None:
            return OrderLine(quantity, confidence, text=line.text, evidence=line.evidence)
        if line.rivals:
            candidates = tuple(self._candidate(g) for g in (line.group, *line.rivals))
            return OrderLine(quantity, confidence, text=line.text, candidates=candidates, evidence=line.evidence)
        product = self._shop.product(line.group)
        is_doubtful = confidence < _SURE_OF_SKU and len(product.variants) > 1
        if len(line.skus) == 1 and not line.unsure_size and not is_doubtful:
            return OrderLine(
                quantity, confidence, sku=line.skus[0], item_group_id=product.item_group_id, text=line.text,
                candidates=self._siblings(line), evidence=line.evidence,
            )  # fmt: skip
        return self._open_line(line, confidence)

    def _open_line(self, line: DraftLine, confidence: float) -> OrderLine:
        """A product whose variant has to be asked for."""
        options = self._shop.options(line.group or 0)
        product = options.product
        variants = [v for sku in line.skus if (v := self._shop.catalog.variant(sku))]
        known = {} if line.unsure_size else {
            n: next(iter(values)) for n, values in line.options.items() if len(values) == 1 and n in options.names
        }  # fmt: skip
        missing = tuple(n for n in options.names if len({v.options.get(n) for v in variants}) > 1)
        if line.unsure_size:
            missing = ("size",)
        elif not missing:  # one variant fits, but it is doubtful: all of it is asked
            known, missing = {}, options.names
        return OrderLine(
            line.quantity, confidence, item_group_id=product.item_group_id, options=known, missing=missing,
            text=line.text, candidates=self._siblings(line), evidence=line.evidence,
        )  # fmt: skip

    def _candidate(self, group: int) -> Candidate:
        product = self._shop.product(group)
        sku = product.variants[0].sku if len(product.variants) == 1 else None
        return Candidate(product.item_group_id, sku, product.title, 0.5)

    def _siblings(self, line: DraftLine) -> tuple[Candidate, ...]:
        """The variants that a line may be, those that fit what was said first."""
        product = self._shop.product(line.group or 0)
        fitting = [v for v in product.variants if v.sku in line.skus]
        others = [v for v in product.variants if v.sku not in line.skus]
        ranked = [(v, 1.0) for v in fitting] + [(v, 0.3) for v in others]
        return tuple(
            Candidate(v.item_group_id, v.sku, " ".join((v.title, *v.options.values())), score)
            for v, score in ranked[:_MOST_CHOICES]
        )

    def _questions(self, lines: Sequence[OrderLine], details: Details) -> list[Question]:
        asked: list[Question] = []
        for index, line in enumerate(lines):
            if line.missing and line.item_group_id:
                asked += [self._variant_question(line, index, name) for name in line.missing]
            elif line.sku is None and line.candidates:
                choices = tuple(c.title for c in line.candidates)
                asked.append(
                    Question(
                        QuestionKind.PRODUCT, f"Which one do you mean: {' or '.join(choices)}?", index, None, choices
                    )
                )
            elif line.sku is None:
                asked.append(
                    Question(QuestionKind.NOT_SOLD, f"Sorry, we do not have {line.text}. Anything else instead?", index)
                )
        if details.address is None:
            asked.append(Question(QuestionKind.ADDRESS, "Please share the delivery address with PIN code."))
        return asked

    def _variant_question(self, line: OrderLine, index: int, name: str) -> Question:
        product = self._shop.catalog.product(line.item_group_id or "")
        values = [v.options.get(name, "") for v in product.variants if v.in_stock] if product else []
        choices = tuple(dict.fromkeys(value for value in values if value))
        title = product.title if product else line.text
        known = " ".join(line.options.values())
        return Question(
            QuestionKind.VARIANT, f"Which {name} for the {f'{known} ' if known else ''}{title}?", index, name, choices
        )


def believed(lines: Iterable[Judged]) -> tuple[list[Judged], list[Judged]]:
    """The lines that are kept, and those dropped because hardly anything speaks for them."""
    judged = list(lines)
    stands = [confidence >= _needed(line) or _asks_little(line) for line, confidence in judged]
    if not any(stands):  # better a doubtful line and a question than no draft where somebody surely orders
        stands = [line.group is not None and _surely_orders(line) for line, _ in judged]
    elif all(line.group is None and confidence < _SURE_OF_WORDS for line, confidence in judged):
        stands = [False] * len(judged)
    return list(compress(judged, stands)), [one for one, kept in zip(judged, stands, strict=True) if not kept]


def _asks_little(line: DraftLine) -> bool:
    """Whether a line that is open is counted and named beyond doubt: a question about it is worth asking."""
    said = line.features
    is_open = line.group is not None and not line.is_complete and not said.get("asked", 0.0)
    is_named = said.get("score", 0.0) >= _NAMED and said.get("coverage", 0.0) >= _COVERED
    is_counted = line.unit is not None or said.get("quantity_said", 0.0) > 0
    return is_open and is_named and is_counted and _surely_orders(line)


def _needed(line: DraftLine) -> float:
    """How sure a line has to be; one that asks something less, where it is counted by somebody who surely orders.

    What lies in a cart was put there by hand.
    """
    if line.features.get("cart", 0.0) > 0:
        return 0.0
    is_counted = any(line.features.get(name, 0.0) > 0 for name in _COUNTING) and _surely_orders(line)
    is_open = line.group is None or not line.is_complete
    return _BELIEVED_IF_COUNTED if is_open and is_counted else _BELIEVED


def _surely_orders(line: DraftLine) -> bool:
    return line.features.get("ordering", 0.0) >= _SURE_ORDER
