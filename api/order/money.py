"""Amounts in words that a customer reads."""

from decimal import Decimal

SIGNS = {"INR": "₹", "USD": "$", "EUR": "€", "GBP": "£"}
# ISO 4217 currencies whose minor unit is not a hundredth.
_DIGITS = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_GROUP, _LARGE_GROUP = 3, 2


def amount(minor: int, currency: str) -> str:
    """An amount as a plain number, as files have it.

    >>> amount(49950, "INR"), amount(1500, "JPY")
    ('499.50', '1500')
    """
    digits = _DIGITS.get(currency, 2)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def money(minor: int, currency: str) -> str:
    """An amount with its currency; rupees in lakhs and crores, whole amounts without decimals.

    >>> money(12345600, "INR"), money(49950, "INR"), money(1500, "JPY"), money(1234500, "AED")
    ('₹1,23,456', '₹499.50', 'JPY 1,500', 'AED 12,345')
    """
    digits = _DIGITS.get(currency, 2)
    amount = Decimal(minor).scaleb(-digits)
    whole, _, decimals = f"{amount:.{digits}f}".partition(".")
    grouped = _in_lakhs(whole) if currency == "INR" else f"{int(whole):,}"
    text = f"{grouped}.{decimals}" if decimals.strip("0") else grouped
    return f"{SIGNS[currency]}{text}" if currency in SIGNS else f"{currency} {text}"


def _in_lakhs(whole: str) -> str:
    head, tail = whole[:-_GROUP], whole[-_GROUP:]
    groups = [head[max(0, end - _LARGE_GROUP) : end] for end in range(len(head), 0, -_LARGE_GROUP)]
    return ",".join([*reversed(groups), tail])
