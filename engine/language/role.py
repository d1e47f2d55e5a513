"""What the words of a message can do, and where one does it."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a word can do in an order chat. The sections of `words.toml` are named alike."""

    NUMBER = "number"
    MULTIPLIER = "multiplier"
    FRACTION = "fraction"
    QUARTER = "quarter"
    PLUS = "plus"
    ADDED = "added"
    AMOUNT = "amount"
    NUMBER_AND = "number_and"
    POINT = "point"
    TOTAL = "total"
    NUMBER_SIGN = "number_sign"
    NUMBERED = "numbered"
    ORDINAL_ENDING = "ordinal_ending"
    COUNT = "count"
    PACK = "pack"
    UNIT = "unit"
    TIME = "time"
    AGE = "age"
    PEOPLE = "people"
    OWNED = "owned"
    TIME_BEFORE = "time_before"
    TIME_RANGE = "time_range"
    DATE_BEFORE = "date_before"
    CURRENCY_BEFORE = "currency_before"
    CURRENCY_AFTER = "currency_after"
    WORTH = "worth"
    SIZE = "size"
    SUPERLATIVE = "superlative"
    COLOR = "color"
    OPTION = "option"
    SIZE_SIGN = "size_sign"
    PAYMENT = "payment"
    DAY = "day"
    MONTH = "month"
    GOODS = "goods"
    WANT = "want"
    GIVE = "give"
    ADD = "add"
    MORE = "more"
    REMOVE = "remove"
    CHANGE = "change"
    INSTEAD = "instead"
    INSTEAD_AFTER = "instead_after"
    INTO = "into"
    INTO_AFTER = "into_after"
    REDUCE = "reduce"
    TOO_MUCH = "too_much"
    ONLY = "only"
    ONLY_AFTER = "only_after"
    PART = "part"
    OF = "of"
    FOR = "for"
    NOT = "not"
    YES = "yes"
    NO = "no"
    CANCEL = "cancel"
    REVIVE = "revive"
    QUESTION = "question"
    ASK_PRICE = "ask_price"
    ASK_STOCK = "ask_stock"
    ASK_QUANTITY = "ask_quantity"
    ASK_PHOTO = "ask_photo"
    AND = "and"
    OR = "or"
    IF = "if"
    ELSE = "else"
    THE = "the"
    ARTICLE = "article"
    THIS = "this"
    THAT = "that"
    THOSE = "those"
    SAME = "same"
    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    BOTH = "both"
    ALL = "all"
    OTHER = "other"
    AS_MANY = "as_many"
    AS_SHOWN = "as_shown"
    EACH = "each"
    LAST_TIME = "last_time"
    GREETING = "greeting"
    THANKS = "thanks"
    LATER = "later"
    PAID = "paid"
    STATUS = "status"
    CLOSED = "closed"
    COMPLAINT = "complaint"
    SOLD_OUT = "sold_out"
    STOP = "stop"
    ABBREVIATION = "abbreviation"
    AT_NAME = "at_name"
    AT_PHONE = "at_phone"
    AT_ADDRESS = "at_address"
    PLACE = "place"
    PICKUP = "pickup"
    HONORIFIC = "honorific"


NUMERIC = frozenset({
    Role.NUMBER, Role.MULTIPLIER, Role.FRACTION, Role.QUARTER, Role.PLUS, Role.ADDED, Role.AMOUNT, Role.NUMBER_AND,
    Role.COUNT,
})  # fmt: skip

# What words are beside what they mean: they tell how others are read.
SIGNS = frozenset({
    Role.OPTION, Role.SIZE_SIGN, Role.DATE_BEFORE, Role.ONLY_AFTER, Role.INTO_AFTER, Role.OF, Role.THE, Role.THOSE,
    Role.ABBREVIATION, Role.ARTICLE,
})  # fmt: skip
ANY_PACK = "any"  # the value of a pack of anything ("box"), whatever else is called so


class Tag(NamedTuple):
    """Tokens `start` to `end` (exclusive) can do `role`; `value` is the canonical word or the number's text.

    `by_sound`: the word is not spelled so in any list, it only sounds alike. `final` is set for words of languages
    that put verb and negation after what they are about.
    """

    start: int
    end: int
    role: Role
    value: str
    final: bool = False
    by_sound: bool = False

    @property
    def number(self) -> Decimal:
        """The value as a number; only of numeric roles."""
        return Decimal(self.value)
