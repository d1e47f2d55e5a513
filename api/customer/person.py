"""Who a person is, as far as one message tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from api.customer.models import IdKind

Key = tuple[IdKind, str]

# Mobile numbers of Brazil, Mexico and Argentina go by two forms, with and without a digit; both are one person's.
_TWO_FORMS = (
    (re.compile(r"^(55\d\d)9(\d{8})$"), r"\1\2"),
    (re.compile(r"^(52)1(\d{10})$"), r"\1\2"),
    (re.compile(r"^(54)9(\d{10})$"), r"\1\2"),
)


@lru_cache(maxsize=10_000)
def one_form(wa_id: str) -> str:
    """`wa_id` in the one form by which it is compared.

    >>> one_form("5511987654321") == one_form("551187654321")
    True
    """
    for pattern, form in _TWO_FORMS:
        wa_id = pattern.sub(form, wa_id)
    return wa_id


@dataclass(frozen=True, slots=True)
class Person:
    """Meta's ids of a person and what WhatsApp shows of her; at least one id is set.

    `wa_id` is the phone number in digits; it is missing where the person hides it behind a user name.
    `user_id` is Meta's id of her for this business's portfolio, `parent_user_id` for its enterprise.
    """

    wa_id: str | None = None
    user_id: str | None = None
    profile_name: str | None = None
    parent_user_id: str | None = None
    username: str | None = None

    @property
    def phone(self) -> str | None:
        """The number in international form, where it is known.

        >>> Person(wa_id="919000000001").phone
        '+919000000001'
        """
        return f"+{self.wa_id}" if self.wa_id and self.wa_id.isdigit() else None

    @property
    def keys(self) -> tuple[Key, ...]:
        """The ids by which she is found, the surest first."""
        given = (
            (IdKind.WA_ID, one_form(self.wa_id) if self.wa_id else None),
            (IdKind.USER_ID, self.user_id),
            (IdKind.PARENT_USER_ID, self.parent_user_id),
        )
        return tuple((kind, value) for kind, value in given if value)


def lock_keys(people: Iterable[Person]) -> set[str]:
    """What to hold (`api.customer.lock`) while these people's customers are found, made or changed."""
    return {f"person:{kind}:{value}" for person in people for kind, value in person.keys}
