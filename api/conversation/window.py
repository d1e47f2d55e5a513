"""The time in which a customer may be written to freely; outside of it WhatsApp delivers templates only."""

from datetime import datetime, timedelta

from api.conversation.models import Conversation

# From the customer's last message on.
SERVICE_WINDOW = timedelta(hours=24)
# From the shop's answer on, where the customer came by an advertisement and was answered in the service window.
FREE_ENTRY_WINDOW = timedelta(hours=72)


def window_closes_at(conversation: Conversation) -> datetime | None:
    """Until when anything may be written, also where that is over; None where the customer never wrote."""
    heard = conversation.last_customer_message_at
    ends = [heard + SERVICE_WINDOW] if heard else []
    ends += [conversation.free_entry_until] if conversation.free_entry_until else []
    return max(ends, default=None)
