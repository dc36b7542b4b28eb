"""A cast for tests: one person of each role, and the same again in another State, made in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Flask
from sqlalchemy import select

from app.accounts.commands import Person
from app.accounts.models import User
from app.accounts.security import hash_password
from app.accounts.services import create_account
from app.foundation.db import write_transaction
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from tests.support.people import PASSWORD

#: Codes of the State whose people ask, and of the one whose people must never see it.
HOME: Final = "KEN"
AWAY: Final = "FJI"

#: name: (roles, State, lets submit)
_CAST: Final[dict[str, tuple[tuple[Role, ...], str | None, bool]]] = {
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
    """Write the cast; addresses are `name`@example.org, the password is `tests.support.people.PASSWORD`."""
    members: dict[str, Member] = {}
    with app.app_context():
        hashed = _hashed.setdefault(PASSWORD, hash_password(PASSWORD))
        with write_transaction(None) as session:
            codes = select(StateRecord.alpha3, StateRecord.id).where(StateRecord.alpha3.in_((HOME, AWAY)))
            states = {row.alpha3: row.id for row in session.execute(codes)}
            for name, (roles, state, may_submit) in _CAST.items():
                person = Person(name=f"{name.replace('_', ' ').title()} Quill", email=f"{name}@example.org")
                account = create_account(
                    session,
                    person,
                    roles,
                    password_hash=hashed,
                    state_id=states[state] if state else None,
                    may_submit=may_submit,
                )
                members[name] = Member(account.id, account.key, account.name, account.email, _actor(account, roles))
    return Cast(members)


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
