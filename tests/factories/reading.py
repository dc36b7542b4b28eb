"""What a test reads back behind the product's back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Select, func, select

from app.casework.models import AssistanceRequest, HistoryEntry
from app.foundation.db import Base, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: what a refused act must leave as it was."""

    state: State
    version: int
    officer_id: int | None
    history: tuple[str, ...]


def rows(app: Flask, statement: Select[Any]) -> Sequence[Any]:
    """Run a select that sees every case."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return session.execute(statement).all()


def standing(app: Flask, key: str) -> Standing:
    """Where the case stands now, with the actions of its history, oldest first."""
    case = AssistanceRequest
    (row,) = rows(app, select(case.id, case.state, case.version, case.officer_id).where(case.key == key))
    entries = rows(app, select(HistoryEntry.action).where(HistoryEntry.case_id == row.id).order_by(HistoryEntry.seq))
    return Standing(row.state, row.version, row.officer_id, tuple(entry.action for entry in entries))


def count_of(app: Flask, model: type[Base], *conditions: Any) -> int:
    """How many rows of `model` fulfil `conditions`."""
    return int(rows(app, select(func.count()).select_from(model).where(*conditions))[0][0])
