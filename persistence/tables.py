"""The tables. A change here needs a migration of the same shape; a test compares the two."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from persistence.columns import UtcDateTime

REVISIONS = ("0001", "0002")
"""Schema revisions from first to last, as the migration scripts have them (a test holds them equal): opening a
database compares with these and need not load Alembic, which takes 0.3 s."""
HEAD = REVISIONS[-1]
NANO_USD_PER_USD = 1_000_000_000
"""Money is stored as whole nano-dollars: sums are exact, and so is the price of a single token (0.005 US dollars
per million tokens are 5 nano-dollars each), which micro-dollars could not hold."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# JSON, not JSONB: the text comes back byte for byte, so that a replayed answer equals the first one. JSONB would
# sort the keys of the content and refuse the escape \u0000; nothing here searches inside documents.
content = Table(
    "content",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("thread_id", Uuid(), nullable=False),
    Column("tenant", Text(), nullable=False, server_default="public"),
    Column("type", Text(), nullable=False),
    Column("status", Text(), nullable=False),
    Column("edition", Text(), nullable=False),
    Column("theme_id", Text(), nullable=False),
    Column("campaign_id", Uuid()),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("schema_version", Integer(), nullable=False),
    Column("request", JSON(), nullable=False),
    Column("result", JSON(), nullable=False),
    # Each serves one filter of the list and its order, read backwards.
    Index(None, "tenant", "created_at", "id"),
    Index(None, "tenant", "type", "created_at", "id"),
    Index(None, "tenant", "status", "created_at", "id"),
    Index(None, "tenant", "campaign_id", "created_at", "id"),
    Index(None, "thread_id"),
)

runs = Table(
    "runs",
    metadata,
    Column("thread_id", Uuid(), primary_key=True),
    Column("tenant", Text(), nullable=False, server_default="public"),
    Column("type", Text(), nullable=False),
    Column("status", Text(), nullable=False),
    Column("request", JSON(), nullable=False),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("content_id", Uuid(), ForeignKey("content.id", ondelete="SET NULL")),
    Column("error_code", Text()),
    Column("input_tokens", BigInteger(), nullable=False, server_default="0"),
    Column("cached_tokens", BigInteger(), nullable=False, server_default="0"),
    Column("output_tokens", BigInteger(), nullable=False, server_default="0"),
    Column("reasoning_tokens", BigInteger(), nullable=False, server_default="0"),
    Column("cost_nano_usd", BigInteger(), nullable=False, server_default="0"),
    Column("calls", Integer(), nullable=False, server_default="0"),
    # The id that its result will have: a run that is taken up again keeps what its caller was told.
    Column("result_id", Uuid()),
    Column("lease_until", UtcDateTime()),
    Index(None, "status", "started_at"),
    Index(None, "content_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("thread_id", Uuid(), ForeignKey("runs.thread_id", ondelete="CASCADE"), nullable=False),
    Column("question", Text(), nullable=False),
    Column("answer", JSON(), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    PrimaryKeyConstraint("thread_id", "question"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant", Text(), nullable=False, server_default="public"),
    Column("key", Text(), nullable=False),
    Column("request_hash", Text(), nullable=False),
    Column("thread_id", Uuid(), nullable=False),
    # Deleting content frees the key: there is nothing left to replay.
    Column("content_id", Uuid(), ForeignKey("content.id", ondelete="CASCADE")),
    Column("created_at", UtcDateTime(), nullable=False),
    PrimaryKeyConstraint("tenant", "key"),
    Index(None, "created_at"),
    Index(None, "content_id"),
)
