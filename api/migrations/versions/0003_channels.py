"""channels"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channels", sa.Column("verified_name", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("quality_rating", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("throughput", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("platform_type", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("messaging_limit", sa.Text(), nullable=True))
    op.add_column("channels", sa.Column("webhooks_subscribed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channels", sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "channels",
        sa.Column("trouble", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    )
    op.add_column("channels", sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channels", sa.Column("check_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channels", sa.Column("templates_synced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channels", sa.Column("templates_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channels", sa.Column("media_errors_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "templates",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("waba_id", sa.Text(), nullable=False),
        sa.Column("meta_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("parameter_format", sa.Text(), nullable=False),
        sa.Column("components", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_templates_business_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_templates")),
        sa.UniqueConstraint(
            "business_id", "waba_id", "name", "language", name=op.f("uq_templates_business_id_waba_id_name_language")
        ),
    )
    op.create_index(op.f("ix_templates_business_id_id"), "templates", ["business_id", "id"], unique=False)
    op.create_index(op.f("ix_templates_waba_id_meta_id"), "templates", ["waba_id", "meta_id"], unique=False)
    op.create_table(
        "media",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("meta_media_id", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("pending", "stored", "failed", name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("mime_type", sa.Text(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("declared_sha256", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uploaded_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_media_business_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_media_channel_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.id"], name=op.f("fk_media_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(op.f("ix_media_business_id_id"), "media", ["business_id", "id"], unique=False)
    op.create_index("ix_media_due", "media", ["due_at"], unique=False, postgresql_where=sa.text("due_at IS NOT NULL"))
    op.create_table(
        "media_uploads",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("business_id", sa.BigInteger(), nullable=False),
        sa.Column("media_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("meta_media_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_media_uploads_business_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_media_uploads_channel_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_media_uploads_media_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_uploads")),
        sa.UniqueConstraint("media_id", "channel_id", name=op.f("uq_media_uploads_media_id_channel_id")),
    )
    op.add_column("messages", sa.Column("media_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_messages_media_id"), "messages", "media", ["media_id"], ["id"])
    op.create_index(
        "ix_messages_media_id",
        "messages",
        ["media_id"],
        unique=False,
        postgresql_where=sa.text("media_id IS NOT NULL"),
    )
