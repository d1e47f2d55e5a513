"""A chat as it stands in a file."""

from dataclasses import dataclass

from engine.conversation import Message


@dataclass(frozen=True, slots=True)
class Chat:
    """The messages of one customer with the shop, oldest first.

    `catalog` names the shop's catalogue where the file says it. `customer` is the customer's name in
    the seller's address book, where the file is an exported chat.
    """

    id: str
    messages: tuple[Message, ...]
    catalog: str | None = None
    customer: str | None = None


class ChatFileError(ValueError):
    """Raised when a chat file cannot be read; says where, what was expected and what to do."""

    def __init__(self, file: str, message: str, *, line: int = 0) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{file}, line {line}: {message}" if line else f"{file}: {message}")
