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
    op.add_column("channels", sa.Column("media_paused_until", sa.DateTime(timezone=True), nullable=True))
