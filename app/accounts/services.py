"""What an administrator does with accounts. Every act is in the security history."""

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from app.accounts import people
from app.accounts.commands import ChangeRole, EditPerson, InvitePerson, OfPerson, Person
from app.accounts.kinds import kind_of
from app.accounts.mail import queue_mail
from app.accounts.models import User
from app.accounts.security_history import record
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role


class Account(BaseModel):
    """Which account an act was about."""

    model_config = ConfigDict(frozen=True)

    id: int
    key: str


def _administer(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden


def _somebody_else(actor: Actor, account: User) -> None:
    """Nobody locks themselves out: another administrator does it."""
    if account.id in actor.person_ids:
        raise InvalidCommand(FieldError("key", "own_account"))


def _answer(account: User) -> Account:
    return Account(id=account.id, key=account.key)


@use_case
def invite_person(session: Session, actor: Actor, command: InvitePerson) -> Account:
    """Open an account and send the invitation.

    Raises:
        Forbidden: the actor is no administrator.
        InvalidCommand: the address belongs to an account in use.
    """
    _administer(actor)
    if people.address_in_use(session, command.email):
        raise InvalidCommand(FieldError("email", "address_in_use"))
    return _answer(people.invite(session, actor, command, command.roles, command.state_id))


@use_case
def invite_again(session: Session, actor: Actor, command: OfPerson) -> Account:
    """Send the invitation once more to somebody who has not accepted it.

    Raises:
        InvalidCommand: the account is in use already.
    """
    _administer(actor)
    account = people.locked(session, command.key)
    if account.activated_at is not None:
        raise InvalidCommand(FieldError("key", "already_activated"))
    people.invite_again(session, actor, account)
    return _answer(account)


@use_case
def edit_person(session: Session, actor: Actor, command: EditPerson) -> Account:
    """Change name, title and telephone."""
    _administer(actor)
    account = people.locked(session, command.key)
    account.name = command.name
    account.title, account.telephone = command.title or None, command.telephone or None
    record(session, actor, "account_edited", subject_id=account.id)
    return _answer(account)


@use_case
def grant_role(session: Session, actor: Actor, command: ChangeRole) -> Account:
    """Grant a role.

    Raises:
        InvalidCommand: the account's kind excludes it (process page, People).
    """
    _administer(actor)
    account = people.locked(session, command.key)
    people.grant(session, actor, account, command.role)
    return _answer(account)


@use_case
def take_role(session: Session, actor: Actor, command: ChangeRole) -> Account:
    """Take a role away; nobody takes their own."""
    _administer(actor)
    account = people.locked(session, command.key)
    _somebody_else(actor, account)
    people.take(session, actor, account, command.role)
    return _answer(account)


@use_case
def end_account(session: Session, actor: Actor, command: OfPerson) -> Account:
    """End an account for good; nobody ends their own."""
    _administer(actor)
    account = people.locked(session, command.key)
    _somebody_else(actor, account)
    people.end(session, actor, account)
    return _answer(account)


@use_case
def end_sessions(session: Session, actor: Actor, command: OfPerson) -> Account:
    """End every session of a person."""
    _administer(actor)
    account = people.locked(session, command.key)
    people.end_sessions(session, actor, account)
    return _answer(account)


@use_case
def reset_second_factor(session: Session, actor: Actor, command: OfPerson) -> Account:
    """Take the second factor away, after the person was recognised by another way."""
    _administer(actor)
    account = people.locked(session, command.key)
    _somebody_else(actor, account)
    people.reset_second_factor(session, actor, account)
    return _answer(account)


def create_account(
    session: Session,
    person: Person,
    roles: tuple[Role, ...],
    *,
    password_hash: str,
    state_id: int | None = None,
    may_submit: bool = False,
    time_zone: str = "UTC",
) -> User:
    """Write an account that is in use at once: for the command line and the demo, never for a page.

    Args:
        session: a writing session.
        person: name, address, title, telephone, language.
        roles: one or more of one kind.
        password_hash: from `app.accounts.security.hash_password`, made before the transaction.
        state_id: for State roles.
        may_submit: for a focal point who submits alone.
        time_zone: IANA name.

    Raises:
        ValueError: the roles are of different kinds.
    """
    if len({kind_of(role) for role in roles}) != 1:
        raise ValueError("roles of different kinds")
    account = people.open_account(session, Actor.system(), person, roles, state_id)
    account.password, account.time_zone, account.may_submit = password_hash, time_zone, may_submit
    account.activated_at = now()
    account.active = True
    session.flush()
    return account


def tell_password_changed(session: Session, user_id: int) -> None:
    """Queue the notice that a password was changed."""
    queue_mail(session, user_id, "accounts.password_changed")
