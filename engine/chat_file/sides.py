"""From an export's messages to chats: which side is the shop, whose chat it is, where one order's talk ends."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.chat_file.chat import Chat, ChatFileError
from engine.chat_file.export import ExportedMessage, clean_name
from engine.conversation import Message, Sender

QUIET = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sides:
    """The shop's name and its customers', in the order in which they first wrote."""

    shop: str
    customers: tuple[str, ...]


def chats_of(
    messages: Sequence[ExportedMessage],
    file: str,
    stem: str,
    *,
    me: str | None = None,
    quiet: timedelta | None = QUIET,
) -> tuple[Chat, ...]:
    """Each customer's chats, oldest first.

    In a group, a customer's chat is what she wrote and what the shop wrote to her: its messages after hers,
    until another customer writes, those that mention her (`@Asha`), and those from before anybody else wrote.
    A silence of `quiet` begins another chat, since an export holds years of orders; None keeps all together.
    """
    sides = find_sides([message.sender for message in messages], file, stem, me)
    chats: list[Chat] = []
    for customer, own in _by_customer(messages, sides).items():
        name = f"{stem} / {customer}" if len(sides.customers) > 1 else stem
        chats += _episodes(own, sides.shop, name, customer, quiet)
    return tuple(chats)


def find_sides(senders: Iterable[str], file: str, stem: str, me: str | None) -> Sides:
    """Who is the shop: `me`, else the one of two whom the file is not named after.

    Raises ChatFileError that lists the names to choose from.
    """
    names = tuple(dict.fromkeys(senders))
    shop = _called(names, me) if me else _not_in_title(names, stem)
    if shop is None and me and len(names) == 1:
        return Sides(me, names)  # the shop has not answered yet
    if shop is None:
        raise ChatFileError(file, _who_is_who(names, me))
    return Sides(shop, tuple(name for name in names if name != shop))


def _called(names: Sequence[str], me: str) -> str | None:
    return next((name for name in names if _plain(name) == _plain(me)), None)


def _plain(name: str) -> str:
    return clean_name(name).casefold()


def _not_in_title(names: Sequence[str], stem: str) -> str | None:
    """A phone names an export after the other side: "WhatsApp Chat with Asha Rao.txt"."""
    others = [name for name in names if _plain(name) not in _plain(stem)]
    return others[0] if len(names) == 2 and len(others) == 1 else None


def _who_is_who(names: Sequence[str], me: str | None) -> str:
    listed = ", ".join(repr(name) for name in names[:20])
    if me:
        return f"nobody here is called {me!r}; give the shop's name as the chat writes it, --me one of: {listed}"
    return f"which side is the shop? Say it with --me and one of: {listed}"


def _by_customer(messages: Iterable[ExportedMessage], sides: Sides) -> Mapping[str, list[ExportedMessage]]:
    chats: dict[str, list[ExportedMessage]] = {name: [] for name in sides.customers}
    speaking: tuple[str, ...] = sides.customers
    for message in messages:
        if message.sender != sides.shop:
            speaking = (message.sender,)
        for name in _mentioned(message, sides) or speaking:
            chats[name].append(message)
    return chats


def _mentioned(message: ExportedMessage, sides: Sides) -> tuple[str, ...]:
    if message.sender != sides.shop or "@" not in message.text:
        return ()
    return tuple(name for name in sides.customers if f"@{name.casefold()}" in message.text.casefold())


def _episodes(
    messages: Sequence[ExportedMessage], shop: str, name: str, customer: str, quiet: timedelta | None
) -> Iterator[Chat]:
    parts = list(_parted(messages, quiet))
    day = "%Y-%m-%d" if quiet and quiet >= timedelta(days=1) else "%Y-%m-%d %H:%M"
    for part in parts:
        sides = (Sender.BUSINESS if message.sender == shop else Sender.CUSTOMER for message in part)
        said = tuple(
            Message(id=f"m{number}", sender=sender, at=message.at, kind=message.kind, text=message.text)
            for number, (sender, message) in enumerate(zip(sides, part, strict=True), 1)
        )
        yield Chat(f"{name} {part[0].at:{day}}" if len(parts) > 1 else name, said, customer=customer)


def _parted(messages: Sequence[ExportedMessage], quiet: timedelta | None) -> Iterator[list[ExportedMessage]]:
    """The messages, cut where nobody wrote for `quiet`."""
    part: list[ExportedMessage] = []
    for message in messages:
        if part and quiet and message.at - part[-1].at >= quiet:
            yield part
            part = []
        part.append(message)
    if part:
        yield part
