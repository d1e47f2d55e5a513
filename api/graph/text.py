"""What Meta says, as PostgreSQL can keep it: without the NUL character and halves of letters."""

from typing import Any


def storable(text: str) -> str:
    r"""`text` without what PostgreSQL refuses.

    >>> storable("a\x00b\ud83d")
    'ab'
    """
    return text.replace("\0", "").encode(errors="ignore").decode()


def storable_json(value: Any) -> Any:  # noqa: ANN401 - any JSON
    r"""JSON with its texts and names made storable.

    >>> storable_json({"a\x00": ["b\x00", 1, None]})
    {'a': ['b', 1, None]}
    """
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(each) for each in value]
    if isinstance(value, dict):
        return {storable(name): storable_json(each) for name, each in value.items()}
    return value
