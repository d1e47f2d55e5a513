"""inbound"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("waba_id", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("webhook_event_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_account_events_business_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_account_events_channel_id")),
        sa.ForeignKeyConstraint(
            ["webhook_event_id"], ["webhook_events.id"], name=op.f("fk_account_events_webhook_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_events")),
        sa.UniqueConstraint("business_id", "digest", name=op.f("uq_account_events_business_id_digest")),
    )
    op.create_index(op.f("ix_account_events_business_id_id"), "account_events", ["business_id", "id"], unique=False)
    op.create_table(
        "customer_identities",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "wa_id", "user_id", "parent_user_id", name="kind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_customer_identities_business_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_customer_identities_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_identities")),
        sa.UniqueConstraint("business_id", "kind", "value", name=op.f("uq_customer_identities_business_id_kind_value")),
    )
    op.create_index(
        op.f("ix_customer_identities_business_id_customer_id"),
        "customer_identities",
        ["business_id", "customer_id"],
        unique=False,
    )
    op.create_table(
        "order_payments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("reference_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("transaction_status", sa.Text(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_order_payments_business_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_order_payments_channel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_payments")),
        sa.UniqueConstraint(
            "business_id",
            "reference_id",
            "status",
            "transaction_id",
            "transaction_status",
            "timestamp",
            name="uq_order_payments_told",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "payment_configurations",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "history_sync",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.add_column("conversations", sa.Column("customer_user_id", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("username", sa.Text(), nullable=True))
    op.add_column("customers", sa.Column("name_synced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customers", sa.Column("identity_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customers", sa.Column("marketing_stopped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("customers", sa.Column("marketing_changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "customers",
        sa.Column("perhaps_same_as", sa.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("message_statuses", sa.Column("participant", sa.Text(), nullable=True))
    op.add_column("message_statuses", sa.Column("tracker", sa.Text(), nullable=True))
    op.alter_column("message_statuses", "timestamp", existing_type=postgresql.TIMESTAMP(timezone=True), nullable=True)
    op.drop_constraint(op.f("uq_message_statuses_channel_id_wamid_status"), "message_statuses", type_="unique")
    op.create_index(
        "ix_message_statuses_tracker",
        "message_statuses",
        ["channel_id", "tracker"],
        unique=False,
        postgresql_where=sa.text("tracker IS NOT NULL"),
    )
    op.create_unique_constraint(
        "uq_message_statuses_told",
        "message_statuses",
        ["channel_id", "wamid", "status", "participant", "timestamp"],
        postgresql_nulls_not_distinct=True,
    )
    op.add_column(
        "messages", sa.Column("pricing", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column("messages", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("changes_message_id", sa.BigInteger(), nullable=True))
    op.add_column("messages", sa.Column("historic", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "ix_messages_changes",
        "messages",
        ["channel_id", "reply_to_wamid"],
        unique=False,
        postgresql_where=sa.text("type IN ('edit', 'revoke')"),
    )
    op.create_foreign_key(
        op.f("fk_messages_changes_message_id"), "messages", "messages", ["changes_message_id"], ["id"]
    )
    op.add_column("orders", sa.Column("payment_reference", sa.Text(), nullable=True))
    op.add_column("orders", sa.Column("payment_status", sa.Text(), nullable=True))
    op.add_column("orders", sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(
        op.f("uq_orders_business_id_payment_reference"), "orders", ["business_id", "payment_reference"]
    )

    # The ids of the customers there are. Numbers of three countries come in two forms: Person.keys has one of them.
    op.execute(
        r"""
        INSERT INTO customer_identities (business_id, customer_id, kind, value)
        SELECT business_id, id, 'wa_id', regexp_replace(
            regexp_replace(coalesce(wa_id, substr(phone, 2)), '^(55\d\d)9(\d{8})$', '\1\2'), '^(52)1(\d{10})$|^(54)9(\d{10})$', '\1\2\3\4'
        ) FROM customers WHERE coalesce(wa_id, phone) IS NOT NULL ORDER BY wa_id IS NULL, id
        ON CONFLICT DO NOTHING
        """
    )
    op.execute(
        "INSERT INTO customer_identities (business_id, customer_id, kind, value)"
        " SELECT business_id, id, 'user_id', user_id FROM customers WHERE user_id IS NOT NULL"
    )
