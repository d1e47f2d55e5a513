"""sending"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATUSES = ("received", "queued", "sending", "unknown", "sent", "delivered", "read", "failed")


def upgrade() -> None:
    op.create_table(
        "send_buckets",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("used_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_send_buckets_business_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_send_buckets_channel_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_send_buckets_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_send_buckets")),
        sa.UniqueConstraint(
            "channel_id",
            "conversation_id",
            name=op.f("uq_send_buckets_channel_id_conversation_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.add_column("channels", sa.Column("messages_per_second", sa.Integer(), nullable=True))
    op.add_column("conversations", sa.Column("free_entry_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("tracker", sa.Text(), nullable=True))
    op.add_column("messages", sa.Column("send_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("send_attempts", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("messages", sa.Column("send_slot", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("messages", sa.Column("sent_by", sa.BigInteger(), nullable=True))
    op.create_unique_constraint(op.f("uq_messages_channel_id_tracker"), "messages", ["channel_id", "tracker"])
    op.create_foreign_key(op.f("fk_messages_sent_by"), "messages", "users", ["sent_by"], ["id"])
    op.drop_constraint(op.f("ck_messages_status"), "messages")
    op.create_check_constraint(op.f("ck_messages_status"), "messages", sa.column("status").in_(STATUSES))
    waiting = sa.text("send_due_at IS NOT NULL")
    op.create_index("ix_messages_send_due", "messages", ["send_due_at"], postgresql_where=waiting)
    op.create_index("ix_messages_to_send", "messages", ["conversation_id", "id"], postgresql_where=waiting)
