"""A discarded draft loses what hangs on it, the messages that its State wrote among itself as well.

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import fix_columns, grant, is_postgresql, release_columns, revoke

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

#: What a draft holds, what refers to others before what is referred to. Its history and its row stay.
CONTENT = ("draft_tasks", "case_types", "consent_records", "documents", "message_reads", "messages")
#: What 0007 fixed of a message.
WRITTEN = (
    "key",
    "case_id",
    "state_id",
    "before_submission",
    "lang",
    "text",
    "written_as",
    "written_by_id",
    "on_behalf_of_id",
    "written_at",
)
DISCARDED = "(SELECT state FROM cases WHERE id = OLD.case_id) = 'discarded'"
FIXED = "messages keeps what was written"


def upgrade() -> None:
    let_messages_go()
    grant(("message_reads", "messages"), "DELETE")
    forget_with_draft()
    if is_postgresql():
        op.get_bind().execute(sa.text("SELECT set_config('accede.scope', 'all', true)"))
    for table in ("message_reads", "messages"):
        op.execute(f"DELETE FROM {table} WHERE case_id IN (SELECT id FROM cases WHERE state = 'discarded')")


def let_messages_go() -> None:
    """Refuse deletes of messages still, but for those of a discarded draft."""
    named = ", ".join(WRITTEN)
    if is_postgresql():
        op.execute("DROP TRIGGER messages_fixed ON messages")
        op.execute(
            f"CREATE TRIGGER messages_fixed BEFORE UPDATE OF {named} ON messages "
            "FOR EACH ROW EXECUTE FUNCTION messages_fixed()"
        )
        op.execute(
            "CREATE FUNCTION messages_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {DISCARDED} THEN RETURN OLD; END IF; RAISE EXCEPTION '{FIXED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER messages_kept BEFORE DELETE ON messages FOR EACH ROW EXECUTE FUNCTION messages_kept()"
        )
        return
    op.execute("DROP TRIGGER messages_no_delete")
    op.execute(
        f"CREATE TRIGGER messages_no_delete BEFORE DELETE ON messages WHEN {DISCARDED} IS NOT 1 "
        f"BEGIN SELECT RAISE(ABORT, '{FIXED}'); END"
    )


def forget_with_draft() -> None:
    """Have the database empty a draft in the statement that discards it, whoever writes it."""
    deletes = " ".join(f"DELETE FROM {table} WHERE case_id = NEW.id;" for table in CONTENT)
    when = "WHEN (NEW.state = 'discarded' AND OLD.state <> 'discarded')"
    if is_postgresql():
        op.execute(
            f"CREATE FUNCTION cases_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {deletes} RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER cases_forget AFTER UPDATE OF state ON cases FOR EACH ROW {when} "
            "EXECUTE FUNCTION cases_forget()"
        )
        return
    op.execute(f"CREATE TRIGGER cases_forget AFTER UPDATE OF state ON cases {when} BEGIN {deletes} END")


def downgrade() -> None:
    if is_postgresql():
        op.execute("DROP FUNCTION cases_forget() CASCADE")
        op.execute("DROP FUNCTION messages_kept() CASCADE")
        release_columns("messages")
    else:
        for trigger in ("cases_forget", "messages_no_delete", "messages_no_update"):
            op.execute(f"DROP TRIGGER {trigger}")
    fix_columns("messages", WRITTEN)
    revoke(("message_reads", "messages"), "DELETE")
