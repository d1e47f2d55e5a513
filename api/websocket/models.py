"""The table of tickets."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, BusinessId, Id


class WebSocketTicket(Base):
    """Opens one WebSocket of a login, once, until `expires_at`. Only the SHA-256 of the ticket is kept."""

    __tablename__ = "websocket_tickets"
    __table_args__ = (Index(None, "expires_at"),)

    id: Mapped[Id]
    business_id: Mapped[BusinessId]
    session_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("sessions.id"))
    ticket_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime]
