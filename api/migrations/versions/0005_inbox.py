"""inbox"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The customer waits since her first message after the shop's last one. What needs no look needs no answer.
WAITING = """
    UPDATE conversations SET answered_at = (
        SELECT max(timestamp) FROM messages
        WHERE messages.business_id = conversations.business_id AND conversation_id = conversations.id
        AND direction = 'outbound' AND type NOT IN ('edit', 'revoke')
    );
    UPDATE conversations SET unanswered_since = (
        SELECT min(timestamp) FROM messages
        WHERE messages.business_id = conversations.business_id AND conversation_id = conversations.id
        AND direction = 'inbound' AND NOT historic
        AND type NOT IN ('reaction', 'revoke', 'system', 'request_welcome')
        AND (answered_at IS NULL OR timestamp > answered_at)
    );
"""


def upgrade() -> None:
    op.add_column("conversations", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("unanswered_since", sa.DateTime(timezone=True), nullable=True))
    op.execute(WAITING)
    op.create_index(
        "ix_conversations_unanswered",
        "conversations",
        ["business_id", "unanswered_since", "id"],
        postgresql_where=sa.text("unanswered_since IS NOT NULL"),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_changes_business_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(
        op.f("ix_changes_business_id_transaction_id"), "changes", ["business_id", "transaction_id"], unique=False
    )
    op.create_table(
        "websocket_tickets",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_websocket_tickets_business_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_websocket_tickets_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_websocket_tickets")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_websocket_tickets_ticket_hash")),
    )
    op.create_index(op.f("ix_websocket_tickets_expires_at"), "websocket_tickets", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("websocket_tickets")
    op.drop_table("changes")
    op.drop_index("ix_conversations_unanswered", table_name="conversations")
    op.drop_column("conversations", "unanswered_since")
    op.drop_column("conversations", "answered_at")
