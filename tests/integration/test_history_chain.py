"""The history of a case: every edit is named, nothing can be edited in the first place, erasure keeps the chain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.casework.history import HASHED
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.verify import (
    ForgedCheckpoint,
    Report,
    latest_checkpoint,
    read_checkpoint,
    verify_all,
    write_checkpoint,
)
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.foundation.hashchain import GENESIS
from app.workflow.vocabulary import State
from tests.factories.cases import Made, at_home, make_cases
from tests.factories.people import Cast, cast_of
from tests.support.databases import Database

SECRET = "a secret that is only for tests"
#: What an edit of each hashed column writes, in SQL; a column that is hashed and not here fails the test.
EDITS = {
    "case_id": None,  # a row that moved to another case: see the swap below
    "state_id": None,  # carried by the composite key: the database does not let it differ from the case's
    "seq": "seq + 100",
    "at": None,  # see the test about instants
    "actor_kind": None,  # together with the actor, by a CHECK: see below
    "actor_id": "(SELECT max(id) FROM users)",
    "on_behalf_of_id": "(SELECT min(id) FROM users)",
    "action": "'withdraw'",
    "from_state": "'closed'",
    "to_state": "'closed'",
    "version": "version + 1",
    "payload_digest": f"'{'0' * 64}'",
    "previous_hash": f"'{'1' * 64}'",
    "hash": f"'{'2' * 64}'",
}


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


@pytest.fixture
def made(app: Flask, cast: Cast) -> list[Made]:
    """Two cases with four entries each, and one that just began."""
    return make_cases(app, cast, [(state, at_home(cast)) for state in (State.RETURNED, State.IN_REVIEW, State.DRAFT)])


@contextmanager
def as_owner(database: Database) -> Iterator[Connection]:
    """The owner's connection, who sees all rows; what happens inside is committed."""
    engine = create_engine(database.owner_url, poolclass=NullPool)
    with engine.begin() as connection:
        if database.is_postgresql:
            connection.execute(text("SELECT set_config('accede.scope', 'all', true)"))
        yield connection
    engine.dispose()


def edit(database: Database, *statements: str, **values: Any) -> None:
    """Change what must not be changed, as somebody could who owns the tables and takes their triggers away."""
    with as_owner(database) as connection:
        if database.is_postgresql:
            for table in ("case_history", "history_payloads", "cases"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            triggers = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%histor%'")
            )
            for name in triggers.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            assert connection.execute(text(statement), values).rowcount > 0, f"nothing edited: {statement}"


def verified(app: Flask, heads: dict[str, tuple[int, str]] | None = None) -> Report:
    """What `flask history verify` finds."""
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        return verify_all(session, heads)


def problems(app: Flask, heads: dict[str, tuple[int, str]] | None = None) -> list[tuple[str, int, str]]:
    return [(finding.case_key, finding.seq, finding.problem) for finding in verified(app, heads).findings]


def test_untouched_histories_verify(app: Flask, made: list[Made]) -> None:
    report = verified(app)
    assert report.sound
    assert report.cases == 3
    assert report.rows == 4 + 4 + 1


def test_the_edits_cover_every_hashed_column() -> None:
    assert set(EDITS) == set(HASHED) | {"previous_hash", "hash"}
    kept = {"id", "hash", "previous_hash"}
    assert set(HistoryEntry.__table__.columns.keys()) - kept == set(HASHED), "a column that no hash covers"


@pytest.mark.parametrize("column", [name for name, value in EDITS.items() if value])
@pytest.mark.parametrize("seq", [1, 2, 4])
def test_an_edited_row_is_named(app: Flask, database: Database, made: list[Made], column: str, seq: int) -> None:
    victim = made[0]
    edit(
        database,
        f"UPDATE case_history SET {column} = {EDITS[column]} WHERE case_id = :case AND seq = :seq",
        case=victim.id,
        seq=seq,
    )
    ((key, row, problem),) = problems(app)
    assert key == victim.key
    # a row whose own number was changed is missing where it was
    assert row == seq
    expected = {"seq": {"missing_row", "cut_tail"}, "previous_hash": {"wrong_link"}}
    assert problem in expected.get(column, {"changed_row"})


@pytest.mark.parametrize("by", [timedelta(microseconds=1), timedelta(days=-1)])
def test_an_edited_instant_is_named(app: Flask, database: Database, made: list[Made], by: timedelta) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        at = select(HistoryEntry.at).where(HistoryEntry.case_id == made[1].id, HistoryEntry.seq == 3)
        changed: datetime = session.scalars(at).one() + by
    value = changed if database.is_postgresql else changed.replace(tzinfo=None).isoformat(" ", "microseconds")
    edit(database, "UPDATE case_history SET at = :at WHERE case_id = :case AND seq = 3", at=value, case=made[1].id)
    assert problems(app) == [(made[1].key, 3, "changed_row")]


def test_an_act_laid_on_the_scheduler_is_named(app: Flask, database: Database, made: list[Made]) -> None:
    statement = "UPDATE case_history SET actor_kind = 'system', actor_id = NULL WHERE case_id = :case AND seq = 2"
    edit(database, statement, case=made[0].id)
    assert problems(app) == [(made[0].key, 2, "changed_row")]


def test_an_edited_payload_is_named(app: Flask, database: Database, made: list[Made]) -> None:
    value = "CAST(:payload AS jsonb)" if database.is_postgresql else ":payload"
    payload = json.dumps({"questions": []})
    statement = f"UPDATE history_payloads SET payload = {value} WHERE case_id = :case AND seq = 4"
    edit(database, statement, payload=payload, case=made[0].id)
    assert problems(app) == [(made[0].key, 4, "changed_payload")]


def test_a_missing_row_in_the_middle_is_named(app: Flask, database: Database, made: list[Made]) -> None:
    edit(database, "DELETE FROM case_history WHERE case_id = :case AND seq = 2", case=made[0].id)
    assert problems(app) == [(made[0].key, 2, "missing_row")]


def test_a_cut_tail_is_named(app: Flask, database: Database, made: list[Made]) -> None:
    edit(database, "DELETE FROM case_history WHERE case_id = :case AND seq > 2", case=made[0].id)
    assert problems(app) == [(made[0].key, 3, "cut_tail")]


def test_an_emptied_history_is_named(app: Flask, database: Database, made: list[Made]) -> None:
    edit(database, "DELETE FROM case_history WHERE case_id = :case", case=made[0].id)
    assert problems(app) == [(made[0].key, 1, "cut_tail")]


def test_two_swapped_rows_are_named(app: Flask, database: Database, made: list[Made]) -> None:
    swap = "UPDATE case_history SET seq = :to WHERE case_id = :case AND seq = :of"
    for of, to in ((2, 99), (3, 2), (99, 3)):
        edit(database, swap, case=made[0].id, of=of, to=to)
    assert problems(app) == [(made[0].key, 2, "wrong_link")]


def test_a_row_moved_to_another_case_is_named(app: Flask, database: Database, made: list[Made]) -> None:
    edit(
        database,
        "UPDATE case_history SET case_id = :to, seq = 2 WHERE case_id = :of AND seq = 4",
        of=made[0].id,
        to=made[2].id,
    )
    assert [(key, seq) for key, seq, _problem in problems(app)] == [(made[0].key, 4), (made[2].key, 2)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("history_hash = 'x'", "wrong_head"),
        ("history_seq = history_seq - 1", "wrong_head"),
        ("history_seq = history_seq + 1", "cut_tail"),
        ("state = 'submitted'", "wrong_state"),
    ],
)
def test_a_changed_head_or_state_is_named(
    app: Flask, database: Database, made: list[Made], change: str, expected: str
) -> None:
    edit(database, f"UPDATE cases SET {change} WHERE id = :case", case=made[0].id)
    assert [(key, problem) for key, _seq, problem in problems(app)] == [(made[0].key, expected)]


def _cut_with_its_head(database: Database, case: Made, app: Flask) -> None:
    """What somebody does who knows how the chain works and may write to every table."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        kept = select(HistoryEntry.hash).where(HistoryEntry.case_id == case.id, HistoryEntry.seq == 3)
        head = session.scalars(kept).one()
    edit(
        database,
        "DELETE FROM case_history WHERE case_id = :case AND seq > 3",
        "UPDATE cases SET history_seq = 3, history_hash = :head, state = 'screening' WHERE id = :case",
        case=case.id,
        head=head,
    )


def test_a_tail_cut_together_with_its_head_shows_against_the_checkpoint(
    app: Flask, database: Database, made: list[Made], tmp_path: Path
) -> None:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        path = write_checkpoint(session, tmp_path, SECRET)
    heads = read_checkpoint(path, SECRET)
    assert latest_checkpoint(tmp_path) == path
    assert problems(app, heads) == []
    _cut_with_its_head(database, made[0], app)
    assert problems(app) == [], "without the checkpoint nobody can tell; this is why it lies outside the database"
    assert problems(app, heads) == [(made[0].key, 4, "before_checkpoint")]


def test_a_case_that_is_gone_shows_against_the_checkpoint(app: Flask, made: list[Made]) -> None:
    heads = {"0123456789ab": (1, GENESIS)}
    assert problems(app, heads) == [("0123456789ab", 0, "before_checkpoint")]


def test_a_changed_checkpoint_is_refused(app: Flask, made: list[Made], tmp_path: Path) -> None:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        path = write_checkpoint(session, tmp_path, SECRET)
    with pytest.raises(ForgedCheckpoint):
        read_checkpoint(path, "another secret")
    path.write_text(path.read_text().replace(made[0].key, "0123456789ab"))
    with pytest.raises(ForgedCheckpoint):
        read_checkpoint(path, SECRET)


def test_an_erased_payload_keeps_the_chain(app: Flask, database: Database, made: list[Made]) -> None:
    with as_owner(database) as connection:
        gone = connection.execute(text("DELETE FROM history_payloads WHERE case_id = :case"), {"case": made[0].id})
        assert gone.rowcount == 4
    assert problems(app) == []


@pytest.mark.parametrize("table", ["case_history", "case_content", "security_history"])
def test_nobody_updates_or_deletes_what_is_written_once(
    app: Flask, database: Database, made: list[Made], table: str
) -> None:
    def attempt(statement: str) -> None:
        with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
            session.execute(text(statement))

    def as_the_owner(statement: str) -> None:
        with as_owner(database) as connection:
            connection.execute(text(statement))

    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        for way, words in ((attempt, ("permission denied", "append-only")), (as_the_owner, ("append-only",))):
            with pytest.raises(DBAPIError) as error:
                way(statement)
            assert any(word in str(error.value) for word in words), error.value


def test_a_payload_is_never_changed(app: Flask, database: Database, made: list[Made]) -> None:
    with pytest.raises(DBAPIError, match="append-only"), as_owner(database) as connection:
        connection.execute(text("UPDATE history_payloads SET salt = salt"))


def test_history_holds_no_name_and_no_address(app: Flask, cast: Cast, made: list[Made]) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        columns = ("action", "payload_digest", "hash")
        entries = [str([getattr(entry, name) for name in columns]) for entry in session.scalars(select(HistoryEntry))]
        payloads = [json.dumps(payload) for payload in session.scalars(select(HistoryPayload.payload))]
        assert session.scalars(select(AssistanceRequest.history_seq)).all()
    for member in cast.members.values():
        assert not [said for said in (*entries, *payloads) if member.name in said or member.email in said]


def test_the_command_says_so_and_fails(app: Flask, database: Database, made: list[Made]) -> None:
    runner = app.test_cli_runner()
    good = runner.invoke(args=["history", "verify"])
    if good.exit_code == 2:
        from app.cli import init_cli

        init_cli(app)
        good = runner.invoke(args=["history", "verify"])
    assert good.exit_code == 0, good.output
    assert "3 histories, 9 rows, 0 bad" in good.output
    edit(database, "UPDATE case_history SET version = 9 WHERE case_id = :case AND seq = 2", case=made[0].id)
    bad = runner.invoke(args=["history", "verify"])
    assert bad.exit_code == 1
    assert f"case {made[0].key}: row 2: changed_row" in bad.output
