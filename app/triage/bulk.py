"""Several requests get one officer, see `casework.several`."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest
from app.casework.several import Result, SeveralCommand, Ticked, each
from app.casework.visibility import visible_cases
from app.foundation.texts import text
from app.triage.commands import ChooseOfficer
from app.triage.services import assign
from app.workflow.actor import Actor
from app.workflow.states import OPEN

C = AssistanceRequest


class AssignSeveral(SeveralCommand):
    """Give several requests to one officer.

    Attributes:
        officer: public key of the officer's account.
    """

    officer: str


def ticked(session: Session, actor: Actor, keys: Iterable[str]) -> Sequence[Row[Any]]:
    """Return the requests under `keys` that the reader may see, by number: one statement."""
    officer = aliased(User)
    rows = visible_cases(actor, C.key, C.number, C.title, C.lang, C.state, C.state_id, C.version)
    rows = rows.add_columns(officer.name.label("officer"), officer.key.label("officer_key"))
    rows = rows.outerjoin(officer, officer.id == C.officer_id).where(C.key.in_(set(keys)))
    return session.execute(rows.order_by(C.id)).all()


def why_not(row: Any) -> str | None:
    """Return why the request cannot be assigned now; None when it can (process, Acts: `assign`)."""
    return None if row.state in OPEN else text("bulk_ended")


def assign_several(actor: Actor, command: AssignSeveral) -> list[Result]:
    """Assign each request by itself; nothing that happens to one undoes another."""

    def act(one: Ticked) -> None:
        assign(actor, ChooseOfficer(key=one.key, version=one.version, officer=command.officer))

    return each(command, act, not_open="bulk_not_now", about=command.officer)
