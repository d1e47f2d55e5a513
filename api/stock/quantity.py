"""Quantities at the service's edge: decimal strings, never floats."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

LIMIT = Decimal(1_000_000_000)


def plain(quantity: Decimal) -> str:
    """A quantity as people write it.

    >>> plain(Decimal("2.000")), plain(Decimal("0.500")), plain(Decimal("100"))
    ('2', '0.5', '100')
    """
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# What the API shows: a decimal string.
QuantityOut = Annotated[
    Decimal, PlainSerializer(plain, return_type=str), Field(json_schema_extra={"type": "string"}, examples=["2", "0.5"])
]
# What it takes: a number or a decimal string with up to three decimals.
QuantityIn = Annotated[Decimal, Field(gt=0, lt=LIMIT, decimal_places=3, examples=["2"])]
CountIn = Annotated[Decimal, Field(ge=0, lt=LIMIT, decimal_places=3, examples=["12"])]
DeltaIn = Annotated[Decimal, Field(gt=-LIMIT, lt=LIMIT, decimal_places=3, examples=["-1"])]
