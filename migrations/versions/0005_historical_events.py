"""Workshops and conferences on record, and the kind of file that brings them.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.protection import grant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("states", "instruments", "treaty", "snapshots", "holidays", "demo_states")
KIND_CHECK = "ck_reference_imports_kind"


def upgrade() -> None:
    texts = ("partners", "funding", "outcome", "source", "note")
    op.create_table(
        "historical_events",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "kind", "scope", "city")),
        sa.Column("host", sa.String(length=3), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("participants", JSON, nullable=False),
        sa.Column("observers", JSON, nullable=False),
        sa.Column("participants_text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.CheckConstraint(
            "(started_on IS NULL) = (ended_on IS NULL) AND (started_on IS NULL OR started_on <= ended_on)",
            name=op.f("ck_historical_events_dates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_historical_events")),
        sa.UniqueConstraint("code", name=op.f("uq_historical_events_code")),
    )
    grant(("historical_events",))
    allow(*KINDS[:5], "events", *KINDS[5:])


def downgrade() -> None:
    """Forget the events, and that files with them were read."""
    imports = "SELECT id FROM reference_imports WHERE kind = 'events'"
    op.execute(f"DELETE FROM reference_changes WHERE import_id IN ({imports})")
    op.execute("DELETE FROM reference_imports WHERE kind = 'events'")
    allow(*KINDS)
    op.drop_table("historical_events")


def allow(*kinds: str) -> None:
    """Let `reference_imports.kind` be one of `kinds`."""
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("reference_imports") as table:
        table.drop_constraint(op.f(KIND_CHECK), type_="check")
        table.create_check_constraint(op.f(KIND_CHECK), f"kind IN ({words})")
