"""Changes that Flask-Security makes to people, written in one short transaction at the end of the request.

Its views read through the reading session; hashing a password therefore never holds a lock. What must happen together
with such a change (the row of the session, history, a mail) joins the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import after_this_request, g, has_request_context
from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response

from app.accounts.mail import queue_mail
from app.accounts.models import User
from app.foundation.db import read_session, write_transaction

Act = Callable[[Session], Any]


@dataclass(slots=True)
class _Work:
    people: list[User] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)


def find_person(**by: Any) -> User | None:
    """Return the account with this one attribute, detached, or None. Ended and not yet activated ones have no address.

    Args:
        by: exactly one of `id`, `email`, `fs_uniquifier`.
    """
    ((attribute, value),) = by.items()
    conditions = [getattr(User, attribute) == value, User.ended_at.is_(None)]
    if attribute == "email":
        conditions = [User.email == normal_address(str(value)), User.ended_at.is_(None), User.activated_at.is_not(None)]
    session = read_session()
    statement = select(User).options(joinedload(User.roles)).where(*conditions)
    person = session.scalars(statement.execution_options(populate_existing=True)).unique().one_or_none()
    if person is not None:
        session.expunge(person)
    return person


def normal_address(typed: str) -> str:
    """Return the one form in which an e-mail address is kept and looked up."""
    return typed.strip().lower()


def changed(person: User) -> None:
    """Write at the end of the request what was changed on `person`, who is detached."""
    work = _work()
    if all(known is not person for known in work.people):
        work.people.append(person)


def also(act: Act) -> None:
    """Run `act` in the transaction at the end of the request."""
    _work().acts.append(act)


def commit() -> None:
    """Write what is waiting; nothing happens when nothing is."""
    work: _Work | None = g.pop("identity_work", None)
    if work is None:
        return
    with write_transaction(None) as session:
        for person in work.people:
            _write(session, person)
        for act in work.acts:
            act(session)


def queue_code(person: User, secret: str) -> None:
    """Queue the mail with a one-time code.

    Args:
        person: the recipient, detached.
        secret: the encrypted secret from which the code is computed when the mail leaves.
    """
    person.tf_mailed_secret = secret
    changed(person)
    person_id = person.id
    also(lambda session: queue_mail(session, person_id, "accounts.two_factor_code"))


def _work() -> _Work:
    if "identity_work" not in g:
        g.identity_work = _Work()
        if has_request_context():
            after_this_request(_commit_after)
    work: _Work = g.identity_work
    return work


def _commit_after(response: Response) -> Response:
    commit()
    return response


def _write(session: Session, person: User) -> None:
    """Write only the columns that changed, so that two requests about one person do not undo each other."""
    state = inspect(person)
    columns = [column.key for column in state.mapper.column_attrs]
    values = {key: getattr(person, key) for key in columns if state.attrs[key].history.has_changes()}
    if values:
        session.execute(update(User).where(User.id == person.id).values(values))
