"""A cast for tests: one person of each role, and the same again in another State, made in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.kinds import BODY_OF_KIND, kind_of
from app.accounts.models import User, UserRole
from app.accounts.people import new_uniquifier
from app.accounts.security import hash_password
from app.accounts.security_history import Event, record_all
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from tests.support.people import PASSWORD

#: Codes of the State whose people ask, and of the one whose people must never see it.
HOME: Final = "KEN"
AWAY: Final = "FJI"

#: name: (roles, State, lets submit)
CAST: Final[dict[str, tuple[tuple[Role, ...], str | None, bool]]] = {
    "focal_point": ((Role.FOCAL_POINT,), HOME, False),
    "colleague": ((Role.FOCAL_POINT,), HOME, False),
    "focal_alone": ((Role.FOCAL_POINT,), HOME, True),
    "mission": ((Role.MISSION,), HOME, False),
    "away_focal_point": ((Role.FOCAL_POINT,), AWAY, False),
    "away_mission": ((Role.MISSION,), AWAY, False),
    "intake_officer": ((Role.INTAKE_OFFICER,), None, False),
    "case_officer": ((Role.CASE_OFFICER,), None, False),
    "other_officer": ((Role.CASE_OFFICER,), None, False),
    "branch_chief": ((Role.BRANCH_CHIEF,), None, False),
    "programme_support": ((Role.PROGRAMME_SUPPORT,), None, False),
    "other_support": ((Role.PROGRAMME_SUPPORT,), None, False),
    "ctc_liaison": ((Role.CTC_LIAISON,), None, False),
    "ola_liaison": ((Role.OLA_LIAISON,), None, False),
    "manager": ((Role.MANAGER,), None, False),
    "auditor": ((Role.AUDITOR,), None, False),
    "administrator": ((Role.ADMINISTRATOR,), None, False),
}
_hashed: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cast."""

    id: int
    key: str
    name: str
    email: str
    actor: Actor


class Cast:
    """The people by name: `cast.mission`, `cast["mission"]`; `cast.of(role)` for one of a role at home."""

    def __init__(self, members: dict[str, Member]) -> None:
        self._members = members

    def __getattr__(self, name: str) -> Member:
        try:
            return self._members[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Member:
        return self._members[name]

    def of(self, role: Role) -> Member:
        """The person of `role`, of the State at home for its roles."""
        return self._members[role.value]

    @property
    def members(self) -> dict[str, Member]:
        """Everybody by name."""
        return dict(self._members)


def cast_of(app: Flask) -> Cast:
    """Write the cast; addresses are `name`@example.org, the password is `tests.support.people.PASSWORD`.

    All at once, and the same as if `app.accounts.services.create_account` had written one after the other.
    """
    with app.app_context():
        hashed = _hashed.setdefault(PASSWORD, hash_password(PASSWORD))
        with write_transaction(None) as session:
            codes = select(StateRecord.alpha3, StateRecord.id).where(StateRecord.alpha3.in_((HOME, AWAY)))
            states: dict[str | None, int] = {row.alpha3: row.id for row in session.execute(codes)}
            accounts = {name: _account(name, hashed, states) for name in CAST}
            session.add_all(accounts.values())
            session.flush()
            _give_roles(session, accounts)
            return Cast({name: _member(account, CAST[name][0]) for name, account in accounts.items()})


def _account(name: str, hashed: str, states: dict[str | None, int]) -> User:
    roles, state, may_submit = CAST[name]
    kind = kind_of(roles[0])
    return User(
        kind=kind,
        name=f"{name.replace('_', ' ').title()} Quill",
        email=f"{name}@example.org",
        state_id=states.get(state),
        body=BODY_OF_KIND.get(kind),
        fs_uniquifier=new_uniquifier(),
        password=hashed,
        may_submit=may_submit,
        activated_at=now(),
        active=True,
    )


def _give_roles(session: Session, accounts: dict[str, User]) -> None:
    events = []
    for name, account in accounts.items():
        roles = CAST[name][0]
        given = {"kind": account.kind, "state_id": account.state_id, "roles": sorted(roles)}
        events.append(Event("account_opened", account.id, given))
        session.add_all(
            UserRole(user_id=account.id, kind=account.kind, role=role, granted_by_id=None, valid_from=now())
            for role in roles
        )
    session.flush()
    record_all(session, Actor.system(), events)


def _member(account: User, roles: tuple[Role, ...]) -> Member:
    return Member(account.id, account.key, account.name, account.email, _actor(account, roles))


def _actor(account: User, roles: tuple[Role, ...]) -> Actor:
    return Actor(
        user_id=account.id,
        kind=ActorKind.USER,
        name=account.name,
        roles=frozenset(roles),
        state_id=account.state_id,
        body=account.body,
        may_submit=account.may_submit,
    )
