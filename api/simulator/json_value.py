"""JSON as it comes and goes."""

from typing import Any

Json = dict[str, Any]
