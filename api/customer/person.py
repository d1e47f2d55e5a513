"""Who a person is, as far as one message tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Meta's ids of a person and what WhatsApp shows of her; at least one id is set.

    `wa_id` is the phone number in digits; it is missing where the person hides it behind a user name.
    `user_id` is Meta's id of her for this business alone.
    """

    wa_id: str | None = None
    user_id: str | None = None
    profile_name: str | None = None

    @property
    def phone(self) -> str | None:
        """The number in international form, where it is known.

        >>> Person(wa_id="919000000001").phone
        '+919000000001'
        """
        return f"+{self.wa_id}" if self.wa_id and self.wa_id.isdigit() else None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that are known."""
        return tuple(known for known in (self.wa_id, self.user_id) if known)
