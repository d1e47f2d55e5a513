"""As `linking`, with a million SKUs. Takes some two minutes, most of them rapidfuzz's."""

from collections.abc import Iterator

from tests.bench import linking

SKUS = 1_000_000
COMPARED = 20


def run() -> Iterator[tuple[str, float, str]]:
    """The rows of `linking`."""
    yield from linking.run(SKUS, COMPARED)
