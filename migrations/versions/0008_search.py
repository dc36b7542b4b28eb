"""Terms under which cases are found, indexes for the orders of the queue, own views of it.

Revision: 0008
Follows: 0007
"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.casework.search.terms import STATE_MARK, terms_of, terms_of_number
from migrations.protection import grant, is_postgresql, part_by_state

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TERM = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

#: The states of open cases, as the indexes of the first revision name them.
OPEN = sa.text(
    "state IN ('decision', 'delivered', 'evaluation', 'in_coordination', 'in_delivery', 'in_review', 'on_hold', "
    "'planning', 'returned', 'scheduled', 'screening', 'submitted')"
)
INDEXES = {
    "ix_cases_open_state": ["state_id", "id"],
    "ix_cases_open_received": ["submitted_at", "id"],
    "ix_cases_open_since": ["state_since", "id"],
}
#: Cases whose terms are stored at once.
BATCH = 500


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "cases", columns, postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_table(
        "case_search",
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("term", TERM, nullable=False),
        sa.Column("state_id", BIGINT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "state_id"],
            ["cases.id", "cases.state_id"],
            name=op.f("fk_case_search_case_id_state_id_cases"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("case_id", "term", name=op.f("pk_case_search")),
        sqlite_with_rowid=False,
    )
    op.add_column("cases", sa.Column("terms", JSON, nullable=True))
    op.create_index("ix_case_search_term", "case_search", ["term", "case_id"])
    op.create_table(
        "saved_views",
        sa.Column("id", BIGINT, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("key", name=op.f("uq_saved_views_key")),
        sa.UniqueConstraint("user_id", "name", name="uq_saved_views_user_id_name"),
    )
    part_by_state("case_search")
    grant(("case_search", "saved_views"))
    spread()
    fill()


def spread() -> None:
    """Have the database keep `case_search` as the column `terms` says, whoever writes it."""
    if is_postgresql():
        op.execute(
            "CREATE FUNCTION cases_spread_terms() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "DELETE FROM case_search WHERE case_id = NEW.id; "
            "IF jsonb_typeof(NEW.terms) = 'array' THEN "
            "INSERT INTO case_search (case_id, term, state_id) "
            "SELECT NEW.id, term, NEW.state_id FROM jsonb_array_elements_text(NEW.terms) AS term; "
            "END IF; RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER cases_spread_terms AFTER INSERT OR UPDATE OF terms ON cases "
            "FOR EACH ROW EXECUTE FUNCTION cases_spread_terms()"
        )
        return
    for event in ("INSERT", "UPDATE OF terms"):
        op.execute(
            f"CREATE TRIGGER cases_terms_{event[:6].lower()} AFTER {event} ON cases BEGIN "
            "DELETE FROM case_search WHERE case_id = NEW.id; "
            "INSERT INTO case_search (case_id, term, state_id) "
            "SELECT NEW.id, value, NEW.state_id FROM json_each(NEW.terms) WHERE value IS NOT NULL; END"
        )


def fill() -> None:
    """Store the terms of the cases that are there; what a later version finds them by is stored by its nightly job."""
    connection = op.get_bind()
    if is_postgresql():
        connection.execute(sa.text("SELECT set_config('accede.scope', 'all', true)"))
    submitted = sa.text(
        "SELECT c.id, c.state_id, c.number, c.title, s.alpha3, o.name AS officer, d.name AS drafter, "
        "(SELECT data FROM case_content w WHERE w.case_id = c.id ORDER BY w.revision DESC LIMIT 1) AS data "
        "FROM cases c JOIN states s ON s.id = c.state_id LEFT JOIN users o ON o.id = c.officer_id "
        "LEFT JOIN users d ON d.id = c.drafted_by_id WHERE c.number IS NOT NULL AND c.id > :after "
        "ORDER BY c.id LIMIT :batch"
    )
    store = sa.text("UPDATE cases SET terms = :terms WHERE id = :id").bindparams(sa.bindparam("terms", type_=JSON))
    after = 0
    while rows := connection.execute(submitted, {"after": after, "batch": BATCH}).all():
        connection.execute(store, [{"id": row.id, "terms": sorted(terms(row))} for row in rows])
        after = rows[-1].id


def terms(row: sa.Row) -> set[str]:
    data = json.loads(row.data) if isinstance(row.data, str) else row.data or {}
    contact = ((data.get("who") or {}).get("contact") or {}).get("name")
    words = (terms_of(text) for text in (row.title, row.officer, row.drafter, contact) if text)
    return {STATE_MARK + row.alpha3, *terms_of_number(row.number)}.union(*words)


def downgrade() -> None:
    if is_postgresql():
        op.execute("DROP FUNCTION cases_spread_terms() CASCADE")
    else:
        op.execute("DROP TRIGGER cases_terms_insert")
        op.execute("DROP TRIGGER cases_terms_update")
    op.drop_column("cases", "terms")
    op.drop_table("saved_views")
    op.drop_table("case_search")
    for name in INDEXES:
        op.drop_index(name, "cases")
