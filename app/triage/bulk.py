"""Several requests get one officer: a check list before, a transaction for each, a result for each after.

Each request is assigned by the use case that assigns one, in its own transaction and under its own idempotency key,
derived from the form's: what was done before something failed stays done, and the form sent again repeats nothing
(docs/decisions/0011).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.changes import changes_since
from app.casework.commands import Command
from app.casework.models import AssistanceRequest
from app.casework.visibility import visible_cases
from app.foundation.db.idempotency import offer_claim
from app.foundation.errors import Forbidden, IdempotencyMismatch, InvalidCommand, NotFound, Refused, Stale
from app.foundation.forms import sentence
from app.foundation.texts import text
from app.triage.commands import ChooseOfficer
from app.triage.services import assign
from app.workflow.actor import Actor
from app.workflow.states import OPEN

C = AssistanceRequest
#: As many as a page of the queue shows.
MOST_CASES = 100


class Ticked(Command):
    """A request as the check list showed it."""

    key: Annotated[str, Field(max_length=12)]
    version: Annotated[int, Field(ge=1, lt=2**31)]


class AssignSeveral(Command):
    """Give several requests to one officer.

    Attributes:
        officer: public key of the officer's account.
        form_key: the idempotency key of the form.
    """

    officer: str
    cases: Annotated[tuple[Ticked, ...], Field(min_length=1, max_length=MOST_CASES)]
    form_key: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one request.

    Attributes:
        outcome: assigned, refused, changed or missing.
        reasons: why not, in words.
        changes: what happened since the check list was shown.
    """

    key: str
    outcome: str
    reasons: tuple[str, ...] = ()
    changes: Sequence[Any] = ()


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
    return [_assign(actor, command, one) for one in command.cases]


def _assign(actor: Actor, command: AssignSeveral, one: Ticked) -> Result:
    body = f"{one.key} {one.version} {command.officer}"
    offer_claim(_digest(f"{command.form_key} {one.key}"), _digest(body))
    try:
        assign(actor, ChooseOfficer(key=one.key, version=one.version, officer=command.officer))
    except NotFound:
        return Result(one.key, "missing")
    except Stale as stale:
        return Result(one.key, "changed", changes=changes_since(stale))
    except Forbidden:
        return Result(one.key, "refused", (text("bulk_not_now"),))
    except IdempotencyMismatch:
        return Result(one.key, "refused", (text("key_reused"),))
    except Refused as refused:
        return Result(one.key, "refused", tuple(text(code, params) for code, params in refused.reasons))
    except InvalidCommand as wrong:
        return Result(one.key, "refused", tuple(sentence(error) for error in wrong.errors))
    finally:
        offer_claim(None, "")
    return Result(one.key, "assigned")


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
