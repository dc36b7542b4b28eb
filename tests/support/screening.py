"""An invented State with its people, and requests of it as intake finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.casework.content.details import DocumentRef
from app.casework.drafts import set_document_refs, store_tasks
from app.casework.models import AssistanceRequest, CaseType
from app.casework.perform import lock_case
from app.casework.system_answers import with_system_answers
from app.foundation.clock import now
from app.foundation.db import new_public_key, use_case, write_transaction
from app.foundation.db.scope import scope_of
from app.reference import cache
from app.reference.models import StateRecord
from app.reference.vocabulary import RegionalGroup, StateStatus
from app.requests.commands import DraftRequest, SendRequest
from app.requests.drafting import draft_request, draft_to_edit
from app.requests.services import submit
from app.workflow.actor import SYSTEM, Actor
from app.workflow.states import ENDED
from app.workflow.vocabulary import AssistanceType, Party, Role, State
from tests.factories.answers import answers
from tests.support.accounts import Somebody, make_person

PROBLEM = "A law is to be drafted."
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


@dataclass
class Branch:
    """The Branch and one State that asks it.

    Attributes:
        intake, officer, chief: people of TPB.
        focal: a focal point whom the mission lets submit alone.
    """

    app: Flask
    state: str
    intake: Somebody
    officer: Somebody
    focal: Somebody
    others: dict[Role, Somebody] = field(default_factory=dict)

    def person(self, role: Role) -> Somebody:
        """Somebody of TPB with `role`, made when first asked for."""
        if role not in self.others:
            self.others[role] = make_person(self.app, role, name=f"The {role.value.replace('_', ' ')}".title())
        return self.others[role]


def invented_state(app: Flask, alpha3: str = "XTA", name: str = "Aurelia", **values: Any) -> str:
    """Add an invented State unless there is one; returns its code."""
    with app.app_context(), write_transaction(None) as session:
        if session.scalar(select(StateRecord.id).where(StateRecord.alpha3 == alpha3)) is None:
            names = {f"name_{language}": name for language in LANGUAGES}
            given = {"regional_group": RegionalGroup.AFRICAN, "time_zone": "Africa/Nairobi"} | values
            session.add(
                StateRecord(
                    alpha3=alpha3, status=StateStatus.DEMO, formal_name_en=name, ldc=False, lldc=False, sids=False,
                    source="invented for a test", **names, **given,
                )
            )  # fmt: skip
            cache.changed(session)
    cache.forget()
    return alpha3


def make_branch(app: Flask, alpha3: str = "XTA") -> Branch:
    """Make the people that screening needs."""
    state = invented_state(app, alpha3)
    return Branch(
        app,
        state,
        intake=make_person(app, Role.INTAKE_OFFICER, name="Ines Take"),
        officer=make_person(app, Role.CASE_OFFICER, name="Cato Officer"),
        focal=make_person(app, Role.FOCAL_POINT, name="Fay Point", state=state, may_submit=True),
    )


def filled_in(
    actor: Actor, key: str, title: str, types: Iterable[AssistanceType] = (AssistanceType.LEGISLATIVE_DRAFTING,)
) -> None:
    """Save every task of a draft together, complete for submission, over what it began with; call it in an app."""
    written = answers(title, types)
    written["need"]["problem"] = PROBLEM
    _fill_in(actor, key, written)


@use_case
def _fill_in(session: Session, actor: Actor, key: str, written: Mapping[str, dict[str, Any]]) -> None:
    case = draft_to_edit(session, actor, key)
    whole = {task: with_system_answers(session, case, task, said) for task, said in written.items()}
    store_tasks(session, case, actor, whole)


@use_case
def attach_texts(session: Session, actor: Actor, key: str, refs: list[DocumentRef]) -> None:
    """Name texts in a draft, as the page of the documents does after it stored them."""
    set_document_refs(session, lock_case(session, actor, key), actor, refs)


def submitted(
    branch: Branch,
    title: str = "Review of a draft law",
    types: Iterable[AssistanceType] = (AssistanceType.LEGISLATIVE_DRAFTING,),
) -> str:
    """Draft and submit a request as its State does; returns the public key of the case."""
    actor = branch.focal.actor
    with branch.app.app_context():
        key = draft_request(actor, DraftRequest()).key
        filled_in(actor, key, title, types)
        submit(actor, SendRequest(key=key, version=case_of(branch.app, key).version, answers_checked=True))
    return key


def case_of(app: Flask, key: str) -> AssistanceRequest:
    """The case's row as it stands now, detached."""
    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        found = session.scalars(select(AssistanceRequest).where(AssistanceRequest.key == key)).one()
        session.expunge(found)
        return found


def rows_of(app: Flask, model: type[Any], key: str) -> list[Any]:
    """The rows of `model` that belong to the case `key`, oldest first, detached."""
    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        case_id = select(AssistanceRequest.id).where(AssistanceRequest.key == key).scalar_subquery()
        rows = list(session.scalars(select(model).where(model.case_id == case_id).order_by(model.id)))
        session.expunge_all()
        return rows


def fill_queue(app: Flask, alpha3: str, cases: Iterable[Mapping[str, Any]]) -> list[str]:
    """Put cases straight into the table, for lists: `state`, `due_in` (hours, or None), `officer_id`, `title`,
    `type`, `score`.

    Returns:
        The public keys, in the order given.
    """
    keys = []
    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        state_id = session.scalars(select(StateRecord.id).where(StateRecord.alpha3 == alpha3)).one()
        done = session.scalar(select(func.count(AssistanceRequest.id))) or 0
        for place, given in enumerate(cases, start=done + 1):
            row = _row(state_id, place, given)
            keys.append(row["key"])
            case_id = session.scalar(insert(AssistanceRequest).values(row).returning(AssistanceRequest.id))
            if kind := given.get("type"):
                session.execute(insert(CaseType).values(case_id=case_id, state_id=state_id, type=kind))
    return keys


def _row(state_id: int, place: int, given: Mapping[str, Any]) -> dict[str, Any]:
    state = given.get("state", State.SUBMITTED)
    at: datetime = now() - timedelta(days=given.get("age", 10))
    due_in = given.get("due_in", place)
    return {
        "key": new_public_key(),
        "state_id": state_id,
        "number": f"TPB-2026-{place:04d}",
        "state": state,
        "title": given.get("title", f"Request {place}"),
        "officer_id": given.get("officer_id"),
        "score": given.get("score"),
        "submitted_at": at,
        "state_since": at,
        "ended_at": now() if state in ENDED else None,
        "due_at": None if due_in is None or state in ENDED else now() + timedelta(hours=due_in),
        "holder": given.get("holder", Party.TPB),
    }
