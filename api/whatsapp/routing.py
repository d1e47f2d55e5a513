"""Whose an item is: the channel by which it came in."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.identity.models import Channel, ChannelStatus
from api.whatsapp.item import Item, Source
from api.whatsapp.sender import digits


class Routes:
    """The active channels that some items may belong to."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._channels = sorted(channels, key=lambda channel: channel.id)
        self._by_number = {channel.phone_number_id: channel for channel in self._channels}

    @classmethod
    def of(cls, session: Session, items: Iterable[Item]) -> "Routes":
        """The routes of these items: one query."""
        sources = [item.source for item in items]
        numbers = {source.phone_number_id for source in sources if source.phone_number_id}
        accounts = {source.waba_id for source in sources if source.waba_id}
        if not numbers and not accounts:
            return cls(())
        wanted = or_(Channel.phone_number_id.in_(numbers), Channel.waba_id.in_(accounts))
        return cls(session.scalars(select(Channel).where(Channel.status == ChannelStatus.ACTIVE, wanted)))

    def channel(self, item: Item) -> Channel | None:
        """The channel of an item: by its phone_number_id, else by its account and number, where that is clear."""
        if item.source.phone_number_id is not None:
            return self._by_number.get(item.source.phone_number_id)
        channels = self.account(item.source)
        return named(channels, item.source) or next(iter(channels), None)

    def account(self, source: Source) -> Sequence[Channel]:
        """All channels of an item's account; none where it is of several businesses: whose would it be?"""
        channels = [channel for channel in self._channels if channel.waba_id and channel.waba_id == source.waba_id]
        return channels if len({channel.business_id for channel in channels}) == 1 else ()


def named(channels: Iterable[Channel], source: Source) -> Channel | None:
    """That one of an account's channels which an item names by its id or its number; None where it names none."""
    number = digits(source.display_phone_number)
    for channel in channels:
        if channel.phone_number_id == source.phone_number_id:
            return channel
        if number is not None and digits(channel.display_phone_number) == number:
            return channel
    return None
