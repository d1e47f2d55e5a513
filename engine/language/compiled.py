"""Word lists kept compiled beside their files, as Python keeps its modules."""

import marshal
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_Stamp = tuple[tuple[int, int], ...]


def compiled(sources: Sequence[Path], make: Callable[[], Any]) -> Any:  # noqa: ANN401 - what `make` gives
    """What `make` makes of some files: plain tuples, strings and numbers.

    It is kept beside the first file, in `__pycache__`, for as long as none of them changes. Where nothing can be kept
    there it is made anew in each process.
    """
    kept = Path(cache_from_source(str(sources[0])))
    stamp = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in sources)
    try:
        stamped, value = marshal.loads(kept.read_bytes())  # noqa: S302 - written here, as Python writes its modules
        if stamped == stamp:
            return value
    except (OSError, EOFError, ValueError, TypeError):
        pass  # never kept, or by another version of Python
    value = make()
    _keep(kept, stamp, value)
    return value


def _keep(kept: Path, stamp: _Stamp, value: Any) -> None:  # noqa: ANN401 - as above
    """Write a file that others, who may be reading it, see whole or not at all."""
    written = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # the folder may be someone else's
        kept.parent.mkdir(exist_ok=True)
        written.write_bytes(marshal.dumps((stamp, value)))
        written.replace(kept)
