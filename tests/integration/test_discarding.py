"""A discarded draft loses all that hangs on it, in whichever slice's table; its row and its history stay."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DatabaseError

from app.casework.models import CaseType, ConsentRecord, DraftTask
from app.correspondence.models import Message, MessageRead
from app.documents.models import Document
from app.foundation.db import Base, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import State
from tests.factories.cases import Made, make_case
from tests.factories.clients import signed_in
from tests.factories.documents import attach
from tests.factories.messages import put
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
CONTENT: Final = {model.__tablename__ for model in (DraftTask, CaseType, ConsentRecord, Document, Message, MessageRead)}
SECRET: Final = "سر – among ourselves – 秘密"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def full_draft(app: Flask, cast: Cast) -> Made:
    """A draft with answers, types, a consent, two documents, and messages that were read."""
    case = make_case(app, cast, State.DRAFT)
    attach(app, cast.focal_point, case)
    attach(app, cast.focal_point, case)
    put(app, case, cast.mission, SECRET, read_by=(cast.focal_point, cast.mission), number=3)
    return case


def held(app: Flask, case: Made) -> set[str]:
    """The tables that hold anything of this case."""
    tables = [table for table in Base.metadata.sorted_tables if "case_id" in table.columns]
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return {
            table.name
            for table in tables
            if session.execute(select(table.c.case_id).where(table.c.case_id == case.id).limit(1)).first()
        }


def test_nothing_is_left_of_a_full_draft_and_its_neighbour_keeps_everything(
    app: Flask, cast: Cast, statements: Recorded
) -> None:
    case, neighbour = full_draft(app, cast), full_draft(app, cast)
    kept = held(app, case)
    assert kept >= CONTENT
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/discard")
    with statements() as seen:
        assert client.submit(page).status_code == 303
    seen.at_most(14)
    assert held(app, case) == kept - CONTENT
    assert held(app, neighbour) == kept
    assert count_of(app, Message, Message.case_id == neighbour.id) == 3
    for tab in ("", "/messages", "/documents", "/history"):
        assert SECRET not in client.get(f"/cases/{case.key}{tab}").get_data(as_text=True)


def test_the_database_lets_no_message_go_but_with_its_draft(app: Flask, cast: Cast) -> None:
    case = full_draft(app, cast)

    def forget() -> None:
        with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
            session.execute(delete(MessageRead).where(MessageRead.case_id == case.id))
            session.execute(delete(Message).where(Message.case_id == case.id))

    with pytest.raises(DatabaseError, match="keeps what was written"):
        forget()
    assert count_of(app, Message, Message.case_id == case.id) == 3


def test_what_is_written_after_the_end_stays(app: Flask, cast: Cast) -> None:
    case = full_draft(app, cast)
    client = signed_in(app, cast.focal_point)
    client.submit(client.get(f"/cases/{case.key}/discard"))
    put(app, case, cast.focal_point, "Afterwards")
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(text("UPDATE cases SET state = 'discarded' WHERE id = :id"), {"id": case.id})
    assert count_of(app, Message, Message.case_id == case.id) == 1
