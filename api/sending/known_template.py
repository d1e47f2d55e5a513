"""What is known of a template that is to be sent, as it was last fetched from Meta."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.identity.models import Channel
from api.template.models import Template

MARKETING, APPROVED = "MARKETING", "APPROVED"
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """A template: `body` is its text with variables like `{{1}}`; `header_format` is `TEXT`, `IMAGE` or another."""

    name: str
    category: str
    status: str
    body: str
    header: str
    header_format: str | None

    @property
    def is_sendable(self) -> bool:
        """Whether Meta sends it."""
        return self.status.upper() == APPROVED

    @property
    def is_marketing(self) -> bool:
        """Whether only customers who want it may get it."""
        return self.category.upper().startswith(MARKETING)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the body's variables, each once, in their order."""
        return tuple(dict.fromkeys(_VARIABLE.findall(self.body)))

    @property
    def needs_header(self) -> bool:
        """Whether its heading has to be filled in: a file, or words with a variable."""
        return self.header_format not in {None, "TEXT"} or bool(_VARIABLE.search(self.header))

    def rendered(self, values: Mapping[str, str]) -> str:
        """The body with its variables' values; those that are not given stay as they are."""
        return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), self.body)


def known_template(session: Session, channel: Channel, told: Mapping[str, Any]) -> KnownTemplate | None:
    """The template that a message names, None where it is not known here: Meta may know it all the same."""
    if channel.waba_id is None:
        return None
    row = session.scalar(
        select(Template).where(
            Template.business_id == channel.business_id,
            Template.waba_id == channel.waba_id,
            Template.name == told["name"],
            Template.language == told["language"]["code"],
        )
    )
    return _known(row) if row is not None else None


def _known(row: Template) -> KnownTemplate:
    parts = {str(part.get("type", "")).upper(): part for part in row.components if isinstance(part, dict)}
    header = parts.get("HEADER", {})
    return KnownTemplate(
        name=row.name,
        category=row.category,
        status=row.status,
        body=str(parts.get("BODY", {}).get("text") or ""),
        header=str(header.get("text") or ""),
        header_format=str(header.get("format") or "TEXT").upper() if header else None,
    )
