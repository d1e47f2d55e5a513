"""What a message is to do to the draft: mostly its likeliest intent, unless its clauses say more."""

from collections.abc import Mapping, Sequence

from engine.clause.wish import Wish
from engine.extraction.utterance import Utterance
from engine.language import Role
from engine.order import ORDERING, Intent

_PLAIN_ORDER = 0.4  # how likely an order has to be where the clauses are those of one
_ASKED = 0.25  # where a product is asked for in a variant that is said
_MORE = 0.2  # where more of something is wanted
_CALLED_OFF = 0.4  # how likely a message has to call the order off before all of it goes
_SAID_OFF, _NEAR = 0.1, 2  # how likely a cancelling has to be that is said of all; tokens in which it is
_REPEATED = 0.1  # where the order of the last time is named
_TAKEN_UP = 0.04  # where something is to be given once more
_ELSEWHERE = 0.4  # from which on it is asked about, or its address meant
_CONTENT = 0.2  # how likely a pleasantry behind a summary has to agree to it
_WANTING = frozenset({Role.WANT, Role.GIVE, Role.ADD})
_ASKING = frozenset({Role.ASK_PRICE, Role.ASK_STOCK, Role.ASK_PHOTO, Role.ASK_QUANTITY, Role.COMPLAINT, Role.DAY})
_WHEN = frozenset({Role.DAY, Role.MONTH})


def purpose(
    utterance: Utterance,
    wishes: Sequence[Wish],
    probabilities: Mapping[Intent, float],
    *,
    is_summed_up: bool = False,
    is_offered: bool = False,
    is_cancelled: bool = False,
) -> Intent | None:
    """The intent to act on; None where a message has none.

    `is_summed_up`: the seller just told the order back. `is_offered`: he offered something for what is gone.
    `is_cancelled`: it was called off before.

    Buying and changing are one thing here, so their probabilities add up. Where the clauses count
    products or want more, less likelihood is enough, since a message with an order in it is often
    mainly about something else.
    """
    if not probabilities:
        return None
    if _repeats(utterance, probabilities) or (is_cancelled and _takes_up(utterance, wishes, probabilities)):
        return Intent.PURCHASE
    if probabilities.get(Intent.CANCEL, 0.0) >= _SAID_OFF and _calls_all_off(utterance, wishes):
        return Intent.CANCEL
    if not calls_off(probabilities) or _fetches(utterance) or _puts_off(utterance, wishes):
        probabilities = {intent: p for intent, p in probabilities.items() if intent is not Intent.CANCEL}
    likeliest = max(probabilities, key=probabilities.__getitem__, default=None)
    ordering = likely_to_order(probabilities)
    rest = max((p for intent, p in probabilities.items() if intent not in ORDERING), default=0.0)
    if likeliest is not Intent.CANCEL and ordering:
        is_plain = ordering >= _PLAIN_ORDER and _counts_products(wishes)
        is_plain = is_plain or (ordering >= _ASKED and _asks_for(utterance, wishes))
        is_more = ordering >= _MORE and _wants_more(utterance)
        is_pointed = ordering >= _MORE and _wants_all(utterance) and not utterance.has(Role.LATER)
        is_one_more = ordering >= _REPEATED and _asks_for(utterance, wishes, also=True)
        rest = 0.0 if is_plain or is_more or is_pointed or is_one_more else rest
    if ordering and ordering >= rest and (likeliest in ORDERING or ordering >= _PLAIN_ORDER or not rest):
        return max(ORDERING, key=lambda intent: probabilities.get(intent, 0.0))
    is_content = is_summed_up and not wishes and not utterance.has(Role.LATER)
    agrees = is_content and probabilities.get(Intent.CONFIRM, 0.0) >= _CONTENT  # "now you hear me!"
    agrees = agrees or (is_offered and _takes_that(utterance, wishes))  # "very well, give that"
    return Intent.CONFIRM if likeliest is Intent.SMALLTALK and agrees else likeliest


def likely_to_order(probabilities: Mapping[Intent, float]) -> float:
    """How likely a message says what is wanted: buying and changing are one thing here."""
    return sum(probabilities.get(intent, 0.0) for intent in ORDERING)


def calls_off(probabilities: Mapping[Intent, float]) -> bool:
    """Whether a message is believed to call the order, or what it names of it, off."""
    cancel = probabilities.get(Intent.CANCEL, 0.0)
    return cancel >= _CALLED_OFF and cancel >= max(probabilities.values())


def _repeats(utterance: Utterance, probabilities: Mapping[Intent, float]) -> bool:
    """ "same as last Christmas please": whether a message may order, and asks for what there was before."""
    if not utterance.has(Role.LAST_TIME) or utterance.asks or utterance.has(Role.COMPLAINT):
        return False
    ordering = likely_to_order(probabilities)
    return ordering >= _REPEATED and all(
        probabilities.get(i, 0.0) <= _ELSEWHERE for i in (Intent.INQUIRY, Intent.DETAILS)
    )


def _takes_up(utterance: Utterance, wishes: Sequence[Wish], probabilities: Mapping[Intent, float]) -> bool:
    """ "wait, do send it": whether what was called off is wanted after all."""
    ordering = likely_to_order(probabilities)
    is_named = any(not wish.bare for wish in wishes)
    is_other = utterance.has(Role.CANCEL, Role.COMPLAINT, Role.STATUS, Role.LATER, Role.NOT) or utterance.asks
    return ordering >= _TAKEN_UP and utterance.has(Role.GIVE, Role.WANT) and not is_named and not is_other


def _calls_all_off(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "cancel everything": with nothing named between the two words or beside them."""
    cancel = utterance.tags.any(Role.CANCEL)
    if cancel is None or utterance.asks:
        return False
    sentence, near = utterance.sentences[cancel.start], range(cancel.start - _NEAR, cancel.end + _NEAR)
    is_all = any(
        t.role is Role.ALL and t.start in near and utterance.sentences[t.start] == sentence for t in utterance.tags.all
    )
    return is_all and not any(w.start in near or w.end - 1 in near for w in wishes)


def _fetches(utterance: Utterance) -> bool:
    """ "I will pick it up myself, do not send it": who fetches an order calls nothing off."""
    return utterance.has(Role.PICKUP) and not utterance.has(Role.CANCEL)


def _puts_off(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "don't send it tomorrow, send it on Friday": who names another day calls nothing off."""
    tags = utterance.tags.all
    last = max((tag.end for tag in tags if tag.role is Role.CANCEL), default=0)
    behind = {tag.role for tag in tags if tag.start >= last}
    is_put_off = Role.GIVE in behind and not behind.isdisjoint(_WHEN) and not utterance.has(Role.ALL)
    days = sum(tag.role in _WHEN for tag in tags)
    return is_put_off and days > 1 and not any(wish.has_product_words for wish in wishes)


def _wants_more(utterance: Utterance) -> bool:
    """ "send one more": no answer to a question, whatever was asked."""
    return utterance.has(Role.MORE) and utterance.has(Role.GIVE, Role.WANT, Role.ADD) and not utterance.asks


def _wants_all(utterance: Utterance) -> bool:
    """ "send both then": no answer to a question either."""
    return utterance.has(Role.BOTH, Role.ALL) and utterance.has(Role.GIVE) and not utterance.asks


def _takes_that(utterance: Utterance, wishes: Sequence[Wish]) -> bool:
    """ "give me that one then": whether what was pointed at is asked for, and nothing else is named."""
    is_plain = not (utterance.asks or utterance.has(Role.LATER, Role.NOT, Role.CANCEL) or wishes)
    return is_plain and utterance.has(Role.GIVE, Role.WANT) and utterance.has(Role.THIS, Role.THAT)


def _asks_for(utterance: Utterance, wishes: Sequence[Wish], *, also: bool = False) -> bool:
    """ "could I order a box of 12 brownies?": whether a product is wanted in a variant that is said.

    With `also`, in words that ask for one thing more: "can you pop in a gold topper as well?".
    """
    for wish in wishes:
        said = utterance.roles_begun(utterance.sentences[wish.start])
        is_named = wish.group is not None and wish.has_product_words and bool(wish.options) and not wish.rivals
        is_wanted = bool(said & _WANTING) and (not also or Role.AND in said)
        if is_named and is_wanted and not said & _ASKING:
            return True
    return False


def _counts_products(wishes: Sequence[Wish]) -> bool:
    """Whether a clause says how many of a product of the shop."""
    return any(w.group is not None and not w.bare and (w.quantity or w.amount) for w in wishes)
