"""Proposals of officers to the chief, merged requests, and from when a request counts because of one.

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import append_only, drop_append_only, grant, part_by_state

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("outcome_proposals", "case_merges")


def upgrade() -> None:
    op.add_column("cases", sa.Column("counts_from", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "outcome_proposals",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("seq", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("proposed_in", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("state_agreed", sa.Boolean(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("officer_id", BIGINT, nullable=True),
        sa.Column("proposed_by_id", BIGINT, nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('ineligible', 'refer', 'discontinue')", name=op.f("ck_outcome_proposals_kind")),
        sa.CheckConstraint(
            "reason IN ('not_official_channel', 'not_authenticated', 'not_member_state', 'outside_paragraphs', 'operational', 'intelligence', 'equipment', 'security_funding', 'no_ctc_consent', 'duplicate', 'rights_unanswered', 'facts_missing', 'other_mandate', 'better_placed', 'state_asked', 'security', 'cooperation_ended', 'no_funds')",
            name=op.f("ck_outcome_proposals_reason"),
        ),
        sa.CheckConstraint(
            "proposed_in IN ('draft', 'awaiting_mission', 'submitted', 'screening', 'returned', 'in_review', 'in_coordination', 'decision', 'planning', 'on_hold', 'scheduled', 'in_delivery', 'delivered', 'evaluation', 'closed', 'not_eligible', 'declined', 'referred', 'merged', 'withdrawn', 'discontinued', 'lapsed', 'discarded')",
            name=op.f("ck_outcome_proposals_proposed_in"),
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_outcome_proposals_text")),
        sa.CheckConstraint(
            "kind <> 'ineligible' OR remedy <> ''", name=op.f("ck_outcome_proposals_ineligible_names_a_remedy")
        ),
        sa.CheckConstraint(
            "kind <> 'refer' OR provider <> ''", name=op.f("ck_outcome_proposals_referral_names_a_provider")
        ),
        sa.CheckConstraint(
            "kind <> 'discontinue' OR account <> ''", name=op.f("ck_outcome_proposals_discontinued_with_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_outcome_proposals_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["users.id"], name=op.f("fk_outcome_proposals_officer_id_users")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_outcome_proposals_proposed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_proposals")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_outcome_proposals_case_id_seq")),
        info={"case_bearing": True},
    )
    op.create_table(
        "case_merges",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.Column("target_id", BIGINT, nullable=False),
        sa.Column("merged_by_id", BIGINT, nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("target_id <> case_id", name=op.f("ck_case_merges_not_into_itself")),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_merges_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["target_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_merges_target_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["merged_by_id"], ["users.id"], name=op.f("fk_case_merges_merged_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merges")),
        info={"case_bearing": True},
    )
    op.create_index("ix_case_merges_case_id", "case_merges", ["case_id", "id"], unique=False)
    op.create_index("ix_case_merges_target_id", "case_merges", ["target_id", "case_id"], unique=False)
    for table in TABLES:
        part_by_state(table)
        append_only(table)
    grant(TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        drop_append_only(table)
        op.drop_table(table)
    op.drop_column("cases", "counts_from")
