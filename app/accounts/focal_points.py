"""What a Permanent Mission does with its State's focal points: nominate, replace, end, let one submit alone.

A mission touches its own State's people only; anybody else does not exist for it (process page, People).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import people
from app.accounts.commands import LetSubmit, Nominate, OfPerson, Person, Replace
from app.accounts.models import User
from app.accounts.security_history import record
from app.accounts.services import Account
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role


def _own_state(actor: Actor) -> int:
    if not actor.has(Role.MISSION) or actor.state_id is None:
        raise Forbidden
    return actor.state_id


def _focal_point(session: Session, actor: Actor, key: str) -> User:
    account = people.locked(session, key, state_id=_own_state(actor), role=Role.FOCAL_POINT)
    if account.id in actor.person_ids:  # a focal point who stands in for the mission decides nothing about themselves
        raise Forbidden
    return account


def _answer(account: User) -> Account:
    return Account(id=account.id, key=account.key)


def _nominate(session: Session, actor: Actor, person: Person) -> User:
    """Invite; only the State's own people are compared, so that the answer says nothing about other accounts."""
    state_id = _own_state(actor)
    own = select(User.id).where(User.state_id == state_id, User.email == person.email, User.ended_at.is_(None))
    if session.scalar(own) is not None:
        raise InvalidCommand(FieldError("email", "already_nominated"))
    return people.invite(session, actor, person, (Role.FOCAL_POINT,), state_id)


@use_case
def nominate(session: Session, actor: Actor, command: Nominate) -> Account:
    """Name a focal point and send the invitation.

    Raises:
        Forbidden: the actor is no mission.
        InvalidCommand: the State has somebody with this address.
    """
    return _answer(_nominate(session, actor, command))


@use_case
def replace(session: Session, actor: Actor, command: Replace) -> Account:
    """Name somebody in the place of a focal point, whose account ends in the same transaction."""
    leaving = _focal_point(session, actor, command.key)
    people.end(session, actor, leaving)
    session.flush()
    coming = _nominate(session, actor, command)
    record(session, actor, "focal_point_replaced", subject_id=coming.id, payload={"instead_of": leaving.id})
    return _answer(coming)


@use_case
def end_focal_point(session: Session, actor: Actor, command: OfPerson) -> Account:
    """End the account of a focal point."""
    account = _focal_point(session, actor, command.key)
    people.end(session, actor, account)
    return _answer(account)


@use_case
def let_submit(session: Session, actor: Actor, command: LetSubmit) -> Account:
    """Let a focal point submit without confirmation, or no longer."""
    account = _focal_point(session, actor, command.key)
    if account.may_submit != command.allowed:
        account.may_submit = command.allowed
        payload = {"allowed": command.allowed}
        record(session, actor, "may_submit_changed", subject_id=account.id, payload=payload)
    return _answer(account)


@use_case
def invite_focal_point_again(session: Session, actor: Actor, command: OfPerson) -> Account:
    """Send the invitation once more."""
    account = _focal_point(session, actor, command.key)
    if account.activated_at is not None:
        raise InvalidCommand(FieldError("key", "already_activated"))
    people.invite_again(session, actor, account)
    return _answer(account)


@use_case
def reset_focal_point_factor(session: Session, actor: Actor, command: OfPerson) -> Account:
    """Take the second factor of a focal point away, after the mission recognised the person."""
    account = _focal_point(session, actor, command.key)
    people.reset_second_factor(session, actor, account)
    return _answer(account)
