"""Several variants of one product in a row: "2 shirts, olive and beige, size 40"."""

from collections.abc import Iterator, Sequence

from engine.catalog_match.shop import Shop
from engine.clause.shared import is_amount
from engine.clause.wish import ONE, QUANTITY, Wish, fitting
from engine.extraction.utterance import Utterance
from engine.language import Role

_PARTING = frozenset({
    Role.OR, Role.NOT, Role.REMOVE, Role.INSTEAD, Role.INSTEAD_AFTER, Role.CHANGE, Role.IF, Role.ELSE, Role.INTO,
    Role.GIVE, Role.WANT, Role.QUESTION, Role.ADD,
})  # fmt: skip


def with_row_shared(wishes: Sequence[Wish], utterance: Utterance, shop: Shop) -> list[Wish]:
    """Wishes, of which those in a row share the number before them and what is said behind the last."""
    shared = list(wishes)
    for start, end in reversed(list(_rows(wishes, utterance))) if len(wishes) > 1 else ():
        name = _listed(shared[start:end])
        if name is not None:
            row = _without_sum(_like_last(shared[start:end], name, shop), name, utterance)
            shared[start:end] = _one_of_each(row, name, utterance)
            if start and _is_sum(shared[start - 1], shared[start:end], utterance):
                shared[start - 1 : start + 1] = [_headed(shared[start - 1], shared[start])]
    return shared


def _is_sum(head: Wish, row: Sequence[Wish], utterance: Utterance) -> bool:
    """ "2 shirts, one olive and one beige": whether a name alone stands before a row, with what its numbers come to."""
    is_head = head.group == row[0].group is not None and head.has_product_words and not row[0].has_product_words
    is_alone = not (head.options or head.amount or head.rivals or head.pick)
    is_same = utterance.sentences[head.start] == utterance.sentences[row[0].start]
    return is_head and is_alone and is_same and head.quantity == sum(wish.quantity or 0 for wish in row)


def _without_sum(row: list[Wish], name: str, utterance: Utterance) -> list[Wish]:
    """ "5 shirts 3 olive 2 beige": the number of the first is its own, where the one before it is what all come to."""
    first = row[0]
    counted, told = min(first.told.get(QUANTITY, ()), default=-1), min(first.told[name])
    own = [utterance.number_at[i].value for i in range(counted + 1, told) if i in utterance.number_at]
    if counted < 0 or len(own) != 1 or first.quantity != own[0] + sum(wish.quantity or 0 for wish in row[1:]):
        return row
    return [first._replace(quantity=own[0]), *row[1:]]


def _headed(head: Wish, first: Wish) -> Wish:
    """The first wish of a row with the name that stands before it."""
    told = {**head.told, **first.told}
    return head._replace(options=first.options, quantity=first.quantity, end=first.end, told=told)


def _rows(wishes: Sequence[Wish], utterance: Utterance) -> Iterator[tuple[int, int]]:
    """The stretches of wishes for one product that nothing but commas and the like part."""
    start = 0
    for index in range(1, len(wishes) + 1):
        if index < len(wishes) and _goes_on(wishes[index - 1], wishes[index], utterance):
            continue
        if index - start > 1:
            yield start, index
        start = index


def _goes_on(before: Wish, wish: Wish, utterance: Utterance) -> bool:
    if wish.group is None or wish.group != before.group or not (_is_plain(before) and _is_plain(wish)):
        return False
    if utterance.sentences[before.end - 1] != utterance.sentences[wish.start]:
        return False  # the name alone may stand in a sentence before: "2 shirts. red and blue"
    if before.start == wish.start:
        return True  # of one item
    is_named_twice = before.has_product_words and wish.has_product_words
    roles = (utterance.tags.roles(i) for i in range(before.end, wish.start))
    return not is_named_twice and not any(said & _PARTING for said in roles)


def _is_plain(wish: Wish) -> bool:
    is_vague = wish.rivals or wish.conflict or wish.bare or wish.pick is not None
    return bool(wish.options) and not is_vague and wish.amount is None and wish.price is None and wish.refusal < 0


def _listed(row: Sequence[Wish]) -> str | None:
    """The option of which each wish in a row names another value, by words of its own."""
    for name in row[0].options:
        said = [wish.options.get(name, frozenset()) for wish in row if name in wish.told]
        if len(said) == len(row) == len(set(said)) and all(len(values) == 1 for values in said):
            return name
    return None


def _like_last(row: Sequence[Wish], name: str, shop: Shop) -> list[Wish]:
    """ "olive and beige, size 40": what is said behind the last alone is said of all."""
    last = row[-1]
    behind = {
        n: v for n, v in last.options.items() if n != name and min(last.told.get(n, (-1,))) > max(last.told[name])
    }
    behind = {n: v for n, v in behind.items() if not any(n in wish.options for wish in row[:-1])}
    behind = {n: v for n, v in behind.items() if not any(map(is_amount, v))}
    if not behind:
        return list(row)
    alike = [wish._replace(options={**wish.options, **behind}) for wish in row]
    is_sold = all(wish.group is not None and fitting(shop.product(wish.group), wish) for wish in alike)
    return alike if is_sold else list(row)


def _one_of_each(row: list[Wish], name: str, utterance: Utterance) -> list[Wish]:
    """ "2 shirts, olive and beige": of as many things as values are told, one of each; "2 of each" are more."""
    first = row[0]
    counted = first.told.get(QUANTITY, ())
    if first.quantity != len(row) or not counted or max(counted) > min(first.told[name]):
        return row
    if any(wish.quantity not in (None, first.quantity) or _has_number(wish, counted) for wish in row[1:]):
        return row
    if utterance.has(Role.EACH) or any(is_amount(value) for wish in row for value in wish.options[name]):
        return row
    return [wish._replace(quantity=ONE) for wish in row]


def _has_number(wish: Wish, before: Sequence[int]) -> bool:
    """Whether a wish has a number of its own, other than the one at these tokens."""
    return not set(wish.told.get(QUANTITY, ())) <= set(before)
