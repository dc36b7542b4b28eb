"""Who acts in filled cases: the accounts of the demo, as they stand in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.demo.people import PARTS
from app.reference.calendars import case_calendars
from app.reference.limits import limits_in_force
from app.reference.settings import PRIORITY_BANDS, PRIORITY_WEIGHTS, setting
from app.reference.states import instruments, state_by_id
from app.reference.workweek import weekdays
from app.workflow.actor import SYSTEM, Actor
from app.workflow.calendar import Calendars
from app.workflow.model import Limit
from app.workflow.vocabulary import BODY_OF_ROLE, ActorKind, Body, Role
from app.workflow.workdays import MONDAY_TO_FRIDAY

if TYPE_CHECKING:
    from app.demo.filling.money import Funds

VIENNA = ZoneInfo("Europe/Vienna")


class NobodyThere(LookupError):
    """The accounts of the demo are missing."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts, with the office hours that count for them."""

    actor: Actor
    zone: ZoneInfo
    weekdays: frozenset[int]
    title: str = ""
    email: str = ""

    @property
    def id(self) -> int | None:
        """Primary key of the account; None for the scheduler."""
        return self.actor.user_id


@dataclass(frozen=True, slots=True)
class Home:
    """A State that files requests, with its people and the calendars by which its cases are counted."""

    state_id: int
    alpha3: str
    focal_point: Person
    mission: Person
    calendars: Calendars

    @property
    def alone(self) -> bool:
        """Whether the mission lets the focal point submit alone."""
        return self.focal_point.actor.may_submit


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody who acts.

    Attributes:
        staff: those of the Branch and the bodies, by role.
        limits: as they are in force.
        weights: of the priority score, and the `bands` of what it advises.
        offices: address to which notices go, by body.
        un_deposited: codes of the instruments of which the Secretary-General is the depositary.
        codes: of all instruments.
        funds: the sources of which cases get money.
    """

    homes: Sequence[Home]
    staff: Mapping[Role, Sequence[Person]]
    limits: Sequence[Limit]
    weights: Mapping[str, int]
    bands: Mapping[str, int]
    offices: Mapping[Body, str]
    un_deposited: frozenset[str]
    codes: Sequence[str]
    funds: Funds = field(default_factory=dict)

    @property
    def recorder(self) -> Person:
        """Who keeps the ledgers of the sources: what they allocate, somebody else approves."""
        return self.staff[Role.PROGRAMME_SUPPORT][0]


SCHEDULER = Person(SYSTEM, VIENNA, MONDAY_TO_FRIDAY)


def company_of(session: Session) -> Company:
    """Return everybody who acts: one statement beside reference data.

    Raises:
        NobodyThere: the demo was not loaded.
    """
    roles = {part.email: part for part in PARTS}
    users = {user.email: user for user in session.scalars(select(User).where(User.email.in_(roles)))}
    people = {email: _person(session, user, roles[email].role) for email, user in users.items()}
    staff: dict[Role, list[Person]] = {}
    for part in PARTS:
        if part.state is None and part.email in people:
            staff.setdefault(part.role, []).append(people[part.email])
    pairs = [(one.email, one.email.replace("focal.", "mission.", 1)) for one in PARTS if one.role is Role.FOCAL_POINT]
    # a demo that was loaded earlier may lack a State that joined since
    homes = [_home(session, people[one], people[two]) for one, two in pairs if {one, two} <= people.keys()]
    if not homes or {part.role for part in PARTS if part.state is None} - staff.keys():
        raise NobodyThere
    known = instruments(session)
    weights: dict[str, int] = setting(session, PRIORITY_WEIGHTS)
    bands: dict[str, int] = setting(session, PRIORITY_BANDS)
    deposited = frozenset(one.code for one in known if one.un_depositary)
    return Company(
        homes,
        staff,
        limits_in_force(session),
        weights,
        bands,
        {BODY_OF_ROLE[role]: staff[role][0].email for role in BODY_OF_ROLE},
        deposited,
        [one.code for one in known],
    )


def _home(session: Session, focal_point: Person, mission: Person) -> Home:
    state_id = focal_point.actor.state_id
    if state_id is None:
        raise NobodyThere
    state = state_by_id(session, state_id)
    return Home(state_id, state.alpha3, focal_point, mission, case_calendars(session, state_id))


def _person(session: Session, user: User, role: Role) -> Person:
    actor = Actor(
        user_id=user.id,
        kind=ActorKind.USER,
        name=user.name,
        roles=frozenset({role}),
        state_id=user.state_id,
        body=user.body,
        may_submit=user.may_submit,
    )
    days = MONDAY_TO_FRIDAY
    if user.state_id is not None:
        days = weekdays(state_by_id(session, user.state_id).working_days)
    return Person(actor, ZoneInfo(user.time_zone), days, user.title or "", user.email)
