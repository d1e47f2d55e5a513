"""Money as integers of the currency's minor unit (paise, cents, kobo)."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# ISO 4217 currencies whose minor unit is not a hundredth.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"), 0),
    **dict.fromkeys(("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_AMOUNT = re.compile(r"^\s*(?P<amount>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<currency>[A-Za-z]{3})?\s*$")


def exponent(currency: str) -> int:
    """How many decimal digits a currency's minor unit has.

    >>> exponent("INR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return _EXPONENTS.get(currency.upper(), 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in minor units of a currency (ISO 4217 code, upper case)."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, default_currency: str | None = None) -> "Money":
        """Read `499.00 INR`, `1,299`, or `15.5 USD`; raise ValueError that says what is wrong.

        >>> Money.parse("499.00 INR")
        Money(minor=49900, currency='INR')
        """
        match = _AMOUNT.match(text)
        if not match:
            raise ValueError(f"{text!r} is not a price; write it like '499.00 INR'")
        currency = (match["currency"] or default_currency or "").upper()
        if not currency:
            raise ValueError(f"the price {text!r} has no currency; write it like '499.00 INR'")
        try:
            amount = Decimal(match["amount"].replace(",", "")).scaleb(exponent(currency))
        except InvalidOperation as error:  # pragma: no cover - the pattern admits only numbers
            raise ValueError(f"{text!r} is not a price") from error
        if amount != amount.to_integral_value():
            raise ValueError(f"{text!r} has more decimals than {currency} has")
        return cls(int(amount), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __str__(self) -> str:
        return f"{self.amount:,.{exponent(self.currency)}f} {self.currency}"
