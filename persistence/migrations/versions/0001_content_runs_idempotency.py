"""Content, runs and idempotency keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables of the first release."""
    _create_content()
    _create_runs()
    _create_idempotency()


def _create_content() -> None:
    op.create_table(
        "content",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False, server_default="public"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("theme_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Uuid()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_content"),
    )
    for columns in (
        ["tenant", "created_at", "id"],
        ["tenant", "type", "created_at", "id"],
        ["tenant", "status", "created_at", "id"],
        ["tenant", "campaign_id", "created_at", "id"],
        ["thread_id"],
    ):
        op.create_index(f"ix_content_{'_'.join(columns)}", "content", columns)


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False, server_default="public"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("content_id", sa.Uuid()),
        sa.Column("error_code", sa.Text()),
        sa.Column("input_tokens", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("cached_tokens", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("output_tokens", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("reasoning_tokens", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("cost_nano_usd", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("calls", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("thread_id", name="pk_runs"),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], name="fk_runs_content_id", ondelete="SET NULL"),
    )
    op.create_index("ix_runs_status_started_at", "runs", ["status", "started_at"])
    op.create_index("ix_runs_content_id", "runs", ["content_id"])


def _create_idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("tenant", sa.Text(), nullable=False, server_default="public"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name="pk_idempotency"),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], name="fk_idempotency_content_id", ondelete="CASCADE"),
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"])
    op.create_index("ix_idempotency_content_id", "idempotency", ["content_id"])


def downgrade() -> None:
    """Drop them, with all that they hold."""
    op.drop_table("idempotency")
    op.drop_table("runs")
    op.drop_table("content")
