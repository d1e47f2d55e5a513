"""How sure the engine is, in the colors of a terminal."""

SURE, UNSURE = 0.9, 0.6


def color_of(confidence: float) -> str:
    """Green where a person may look away, yellow where she should look, red where she has to.

    >>> color_of(0.95), color_of(0.7), color_of(0.3)
    ('green', 'yellow', 'red')
    """
    return "green" if confidence >= SURE else "yellow" if confidence >= UNSURE else "red"
