"""workplace"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_replies",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("shortcut", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("used_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_saved_replies_business_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_replies")),
        sa.UniqueConstraint("business_id", "shortcut", name=op.f("uq_saved_replies_business_id_shortcut")),
    )
    op.create_index(op.f("ix_saved_replies_business_id_id"), "saved_replies", ["business_id", "id"], unique=False)
    op.create_table(
        "tags",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_tags_business_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
    )
    op.create_index("uq_tags_name", "tags", ["business_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "catalog_imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("preview", sa.Boolean(), nullable=False),
        sa.Column("skip_bad_rows", sa.Boolean(), nullable=False),
        sa.Column("set_stock", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            server_default="waiting",
            nullable=False,
        ),
        sa.Column("rows_done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("problem", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_catalog_imports_business_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_catalog_imports_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_imports")),
    )
    op.create_index(op.f("ix_catalog_imports_business_id_id"), "catalog_imports", ["business_id", "id"], unique=False)
    op.create_index(
        "ix_catalog_imports_due",
        "catalog_imports",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "customer_tags",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_customer_tags_business_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_customer_tags_customer_id")),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_customer_tags_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("customer_id", "tag_id", name=op.f("pk_customer_tags")),
    )
    op.create_index(
        op.f("ix_customer_tags_business_id_tag_id_customer_id"),
        "customer_tags",
        ["business_id", "tag_id", "customer_id"],
        unique=False,
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("join", "reset", name="kind", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("admin", "agent", "viewer", name="role", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_invitations_business_id")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_invitations_created_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(op.f("ix_invitations_business_id_id"), "invitations", ["business_id", "id"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_notes_author_id")),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_notes_business_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_notes_conversation_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_notes_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(
        op.f("ix_notes_business_id_conversation_id_id"), "notes", ["business_id", "conversation_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_notes_business_id_customer_id_id"), "notes", ["business_id", "customer_id", "id"], unique=False
    )
    op.create_table(
        "order_reviews",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "draft",
                "confirmed",
                "fulfilled",
                "rejected",
                "cancelled",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("lines_proposed", sa.Integer(), nullable=False),
        sa.Column("lines_kept", sa.Integer(), nullable=False),
        sa.Column("lines_sku", sa.Integer(), nullable=False),
        sa.Column("lines_quantity", sa.Integer(), nullable=False),
        sa.Column("lines_price", sa.Integer(), nullable=False),
        sa.Column("lines_removed", sa.Integer(), nullable=False),
        sa.Column("lines_added", sa.Integer(), nullable=False),
        sa.Column("details_changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_order_reviews_business_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_order_reviews_decided_by")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_reviews_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_reviews")),
    )
    op.create_index(
        op.f("ix_order_reviews_business_id_decided_at"), "order_reviews", ["business_id", "decided_at"], unique=False
    )
    op.add_column("businesses", sa.Column("locale", sa.Text(), server_default=sa.text("'en-IN'"), nullable=False))
    op.add_column("businesses", sa.Column("address", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("businesses", sa.Column("phone", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("businesses", sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("businesses", sa.Column("website", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("customers", sa.Column("order_count", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("customers", sa.Column("spent_minor", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.create_index(
        op.f("ix_customers_business_id_order_count_id"), "customers", ["business_id", "order_count", "id"], unique=False
    )
    op.create_index(
        op.f("ix_customers_business_id_spent_minor_id"), "customers", ["business_id", "spent_minor", "id"], unique=False
    )
    op.create_index(
        "ix_messages_days",
        "messages",
        ["business_id", "timestamp"],
        unique=False,
        postgresql_include=["id", "conversation_id", "direction", "type", "sent_by", "tracker", "historic", "sequence"],
    )
    op.add_column(
        "orders",
        sa.Column(
            "reason_code",
            sa.Enum(
                "not_an_order",
                "duplicate",
                "changed_mind",
                "out_of_stock",
                "unreachable",
                "test",
                "other",
                name="reason_code",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
    )
    op.create_index(op.f("ix_orders_business_id_confirmed_at"), "orders", ["business_id", "confirmed_at"], unique=False)
    op.create_index(op.f("ix_orders_business_id_created_at"), "orders", ["business_id", "created_at"], unique=False)
    op.create_index(
        op.f("ix_orders_business_id_status_confidence_id"),
        "orders",
        ["business_id", "status", "confidence", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_orders_business_id_updated_at_id"), "orders", ["business_id", "updated_at", "id"], unique=False
    )
    op.add_column("sessions", sa.Column("user_agent", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "users",
        sa.Column(
            "language",
            sa.Enum("en", "hi", name="language", native_enum=False, create_constraint=True, length=20),
            server_default="en",
            nullable=False,
        ),
    )
    op.add_column(
        "users",
        sa.Column(
            "theme",
            sa.Enum("auto", "light", "dark", name="theme", native_enum=False, create_constraint=True, length=20),
            server_default="auto",
            nullable=False,
        ),
    )
    op.create_index(op.f("ix_audit_entries_business_id_user_id_id"), "audit_entries", ["business_id", "user_id", "id"])
    op.create_index(op.f("ix_audit_entries_business_id_created_at"), "audit_entries", ["business_id", "created_at"])
    op.drop_constraint(op.f("ck_users_role"), "users")
    op.create_check_constraint(op.f("ck_users_role"), "users", sa.column("role").in_(("admin", "agent", "viewer")))
    op.execute("UPDATE businesses SET locale = 'en-' || country_code WHERE country_code ~ '^[A-Z]{2}$'")
    op.execute("""
        UPDATE customers SET order_count = bought.orders, spent_minor = bought.spent
        FROM (
            SELECT customer_id, count(*) AS orders, sum(total_amount) AS spent
            FROM orders WHERE status IN ('confirmed', 'fulfilled') GROUP BY customer_id
        ) AS bought
        WHERE customers.id = bought.customer_id
    """)
