"""Paid answers kept as they come, and leases on runs, so that another process can go on with one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table of answers, and let runs say whose they are and where they lead."""
    op.create_table(
        "answers",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "question", name="pk_answers"),
        sa.ForeignKeyConstraint(["thread_id"], ["runs.thread_id"], name="fk_answers_thread_id", ondelete="CASCADE"),
    )
    op.add_column("runs", sa.Column("result_id", sa.Uuid()))
    op.add_column("runs", sa.Column("lease_until", _MOMENT))


def downgrade() -> None:
    """Drop them, with the answers that they hold."""
    op.drop_table("answers")
    op.drop_column("runs", "lease_until")
    op.drop_column("runs", "result_id")
