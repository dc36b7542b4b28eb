"""What happens to an account, in the caller's transaction; who may ask for it is decided by the services."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.accounts import sessions
from app.accounts.commands import Person
from app.accounts.kinds import BODY_OF_KIND, AccountKind, kind_of
from app.accounts.mail import queue_mail
from app.accounts.models import StandIn, User, UserRole
from app.accounts.security_history import record
from app.foundation.clock import now
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role


def new_uniquifier() -> str:
    """Return a fresh value that binds links and cookies to an account as it is now."""
    return secrets.token_hex(32)


def locked(session: Session, key: str, *, state_id: int | None = None, role: Role | None = None) -> User:
    """Return the account with this key, locked for the transaction.

    Args:
        session: a writing session.
        key: public key.
        state_id: only of this State.
        role: only somebody who holds this role.

    Raises:
        NotFound: no such account, it ended, or it is another State's: the same answer.
    """
    statement = select(User).where(User.key == key, User.ended_at.is_(None)).with_for_update()
    if state_id is not None:
        statement = statement.where(User.state_id == state_id)
    if role is not None:
        held = select(UserRole.user_id).where(UserRole.role == role, UserRole.ended_at.is_(None))
        statement = statement.where(User.id.in_(held))
    person = session.scalar(statement)
    if person is None:
        raise NotFound
    return person


def invite(session: Session, actor: Actor, person: Person, roles: Iterable[Role], state_id: int | None) -> User:
    """Open an account that waits for its person to choose a password, and send the invitation."""
    account = open_account(session, actor, person, tuple(roles), state_id)
    account.invited_at = now()
    queue_mail(session, account.id, "accounts.invitation")
    return account


def open_account(session: Session, actor: Actor, person: Person, roles: tuple[Role, ...], state_id: int | None) -> User:
    """Write a new account with its roles, not active."""
    kind = kind_of(roles[0])
    account = User(
        kind=kind,
        name=person.name,
        email=person.email,
        title=person.title or None,
        telephone=person.telephone or None,
        locale=person.locale,
        state_id=state_id,
        body=BODY_OF_KIND.get(kind),
        fs_uniquifier=new_uniquifier(),
    )
    session.add(account)
    session.flush()
    payload = {"kind": kind, "state_id": state_id, "roles": sorted(roles)}
    record(session, actor, "account_opened", subject_id=account.id, payload=payload)
    for role in roles:
        _hold(session, actor, account, role)
    return account


def invite_again(session: Session, actor: Actor, account: User) -> None:
    """Send the invitation once more; the earlier link is worth nothing from now on."""
    account.fs_uniquifier = new_uniquifier()
    account.invited_at = now()
    record(session, actor, "invited_again", subject_id=account.id)
    queue_mail(session, account.id, "accounts.invitation")


def grant(session: Session, actor: Actor, account: User, role: Role) -> None:
    """Give a role.

    Raises:
        InvalidCommand: this kind of account may not hold it, or holds another one that excludes it.
    """
    held = held_roles(session, account.id)
    if role is Role.SYSTEM or kind_of(role) is not account.kind:
        raise InvalidCommand(FieldError("role", "roles_do_not_fit"))
    if role in held:
        return
    if account.kind is AccountKind.STATE and held:
        raise InvalidCommand(FieldError("role", "roles_do_not_fit"))
    _hold(session, actor, account, role)
    record(session, actor, "role_granted", subject_id=account.id, payload={"role": role})
    queue_mail(session, account.id, "accounts.roles_changed")


def take(session: Session, actor: Actor, account: User, role: Role) -> None:
    """Take a role away; nothing happens when it is not held."""
    open_role = (UserRole.user_id == account.id, UserRole.role == role, UserRole.ended_at.is_(None))
    if session.execute(update(UserRole).where(*open_role).values(ended_at=now())).rowcount:  # type: ignore[attr-defined]
        record(session, actor, "role_taken", subject_id=account.id, payload={"role": role})
        queue_mail(session, account.id, "accounts.roles_changed")


def held_roles(session: Session, user_id: int) -> set[Role]:
    """Return the roles somebody holds now."""
    return set(session.scalars(select(UserRole.role).where(UserRole.user_id == user_id, UserRole.ended_at.is_(None))))


def end(session: Session, actor: Actor, account: User) -> None:
    """End an account for good: its sessions, roles and stand-ins with it; the row and its name stay for history."""
    at = now()
    account.active, account.may_submit, account.ended_at = False, False, at
    account.fs_uniquifier = new_uniquifier()
    session.execute(
        update(UserRole).where(UserRole.user_id == account.id, UserRole.ended_at.is_(None)).values(ended_at=at)
    )
    either = or_(StandIn.absent_id == account.id, StandIn.stand_in_id == account.id)
    session.execute(update(StandIn).where(either, StandIn.revoked_at.is_(None)).values(revoked_at=at))
    ended = sessions.revoke_all(session, account.id)
    record(session, actor, "account_ended", subject_id=account.id, payload={"sessions_ended": ended})
    queue_mail(session, account.id, "accounts.ended")


def end_sessions(session: Session, actor: Actor, account: User) -> None:
    """End every session of a person."""
    ended = sessions.revoke_all(session, account.id)
    record(session, actor, "sessions_revoked", subject_id=account.id, payload={"sessions_ended": ended})


def reset_second_factor(session: Session, actor: Actor, account: User) -> None:
    """Take second factor and recovery codes away; the person sets up a new one at the next sign-in."""
    account.tf_primary_method = account.tf_totp_secret = account.tf_mailed_secret = None
    account.mf_recovery_codes = None
    sessions.revoke_all(session, account.id)
    record(session, actor, "second_factor_reset", subject_id=account.id)
    queue_mail(session, account.id, "accounts.two_factor_changed")


def address_in_use(session: Session, email: str) -> bool:
    """Tell whether an activated account has this address; never told to a mission."""
    found = select(User.id).where(User.email == email, User.ended_at.is_(None), User.activated_at.is_not(None))
    return session.scalar(found) is not None


def _hold(session: Session, actor: Actor, account: User, role: Role) -> None:
    session.add(
        UserRole(user_id=account.id, kind=account.kind, role=role, granted_by_id=actor.user_id, valid_from=now())
    )
    session.flush()
