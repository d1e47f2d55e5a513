"""A page of the documentation with parts that `make evaluate` writes."""

from collections.abc import Mapping
from pathlib import Path


def write(page: Path, parts: Mapping[str, str]) -> None:
    """Put each part between its marks, `<!-- NAME: make evaluate -->` and `<!-- end of NAME -->`.

    A page that has none of them becomes the parts one after another.
    """
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    written = text
    for name, part in parts.items():
        written = _put(written, name, part)
    page.write_text(
        written if written != text or _has_all(text, parts) else "\n".join(parts.values()), encoding="utf-8"
    )


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: make evaluate -->", f"<!-- end of {name} -->"


def _has_all(text: str, parts: Mapping[str, str]) -> bool:
    return all(mark in text for name in parts for mark in _marks(name))


def _put(text: str, name: str, part: str) -> str:
    begin, end = _marks(name)
    before, began, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    return f"{before}{begin}\n\n{part}\n{end}{after}" if began and ended else text
