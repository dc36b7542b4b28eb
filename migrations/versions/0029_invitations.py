"""What a State was told and answered stays: terms never change, and who is invited writes its answer and nothing else.

Revision: 0029
Follows: 0028
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import fix_columns, is_postgresql, release_columns

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TERMS = (
    *("id", "key", "case_id", "state_id", "activity_key", "participant_id", "title", "lang"),
    *("starts_on", "ends_on", "city", "country", "made_at"),
)
#: What an invited State writes in its own row; everything else of it is the host's and the Branch's.
ANSWER = ("answer", "answered_at", "answered_by_id", "remark", "nominees", "version")


def upgrade() -> None:
    with op.batch_alter_table("participations") as batch:
        batch.add_column(sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reminders", BIGINT, nullable=False, server_default="0"))
        batch.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint("disclosed_or_withheld", "disclosed_at IS NULL OR withheld_at IS NULL")
    fix_columns("participations", TERMS)
    if is_postgresql():
        written = ", ".join(f"'{name}'" for name in ANSWER)
        op.execute(
            "CREATE OR REPLACE FUNCTION participations_answered() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF current_setting('accede.scope', true) = 'state' "
            "AND OLD.participant_id = NULLIF(current_setting('accede.state_id', true), '')::bigint "
            f"AND to_jsonb(NEW) - ARRAY[{written}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{written}] "
            "THEN RAISE EXCEPTION 'an invited State writes its answer only'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER participations_answered BEFORE UPDATE ON participations "
            "FOR EACH ROW EXECUTE FUNCTION participations_answered()"
        )


def downgrade() -> None:
    if is_postgresql():
        op.execute("DROP FUNCTION IF EXISTS participations_answered() CASCADE")
    else:
        for event in ("delete", "update"):
            op.execute(f"DROP TRIGGER IF EXISTS participations_no_{event}")
    release_columns("participations")
    with op.batch_alter_table("participations") as batch:
        batch.drop_constraint("disclosed_or_withheld", type_="check")
        for name in ("withheld_at", "answer_by", "reminders", "reminded_at"):
            batch.drop_column(name)
