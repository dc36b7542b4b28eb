"""When a request was approved, why it rests, since when it is urgent.

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHECKS = {
    "ck_cases_hold_reason": "hold_reason IN ('money', 'security', 'authority_unclear', 'consent_withdrawn', "
    "'rights_concern')",
    "ck_cases_held_with_reason": "(hold_reason IS NOT NULL) = (state = 'on_hold')",
}


def upgrade() -> None:
    op.add_column("cases", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("urgent_since", sa.DateTime(timezone=True), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        # In one statement: SQLite adds a check with its column only, and building the table anew drops its triggers.
        checks = " ".join(f"CONSTRAINT {name} CHECK ({rule})" for name, rule in CHECKS.items())
        op.execute(f"ALTER TABLE cases ADD COLUMN hold_reason VARCHAR(40) {checks}")
        return
    op.add_column("cases", sa.Column("hold_reason", sa.String(length=40), nullable=True))
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(name), "cases", rule)


def downgrade() -> None:
    for name in ("hold_reason", "urgent_since", "approved_at"):
        op.drop_column("cases", name)
