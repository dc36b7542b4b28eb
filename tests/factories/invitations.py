"""Plans with other States in them, invited as people invite them: put by the officer, agreed to by the host."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select, update

from app.delivery.participation.answering import answer_invitation
from app.delivery.participation.commands import AnswerInvitation, Disclose, OfCase
from app.delivery.participation.models import Participation
from app.delivery.participation.services import disclose, put_invitations
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.vocabulary import Scope
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach
from app.foundation.db.scope import Scope as Reading
from app.reference.models import StateRecord
from app.workflow.vocabulary import AssistanceType, Body, State
from tests.factories.cases import Made, at_home, away, make_case
from tests.factories.people import AWAY, HOME, Cast, Member
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import rows

TITLE = "Regional course on extradition"


@dataclass(frozen=True, slots=True)
class Invited:
    """A case with a plan in which another State takes part, and the key of its invitation."""

    case: Made
    key: str


def workshop(*guests: str, title: str = TITLE, starts_on: date | None = None) -> PlannedActivity:
    """A regional workshop in which `guests` (codes) take part; the days are known."""
    first = starts_on or (now() + timedelta(days=90)).date()
    changes = {
        "key": "regional0000",
        "type": AssistanceType.REGIONAL_WORKSHOP,
        "title": title,
        "scope": Scope.REGIONAL,
        "starts_on": first,
        "ends_on": first + timedelta(days=2),
    }
    return PlannedActivity(changes, guests)


def planned(
    app: Flask, cast: Cast, *guests: str, title: str = "Secret of the host", bodies: tuple[Body, ...] = ()
) -> Made:
    """A case in planning whose plan names `guests`, invitations put to the host."""
    case = make_case(app, cast, State.PLANNING, at_home(cast, title=title, bodies=bodies))
    put_plan(app, case, cast.case_officer, [workshop(*(guests or (AWAY,)))], proposed=True)
    put_before_the_host(app, cast, case)
    return case


def put_before_the_host(app: Flask, cast: Cast, case: Made) -> None:
    """Put the invitations that the plan of a case calls for to its State."""
    with app.app_context():
        put_invitations(cast.case_officer.actor, OfCase(key=case.key))


def invited(app: Flask, cast: Cast) -> Invited:
    """The same once the host agreed that the State of `cast.away_mission` is told."""
    case = planned(app, cast)
    ((key,),) = rows(app, select(Participation.key).where(Participation.case_id == case.id))
    agree(app, cast, case, key)
    return Invited(case, key)


def planned_elsewhere(app: Flask, cast: Cast) -> str:
    """An invitation of the State at home to an activity of the other State, asked; returns its key."""
    case = make_case(app, cast, State.PLANNING, away(cast, title="Secret of the host"))
    put_plan(app, case, cast.case_officer, [workshop(HOME)], proposed=True)
    put_before_the_host(app, cast, case)
    with app.app_context():
        (key,) = keys_of(app, case)
        disclose(cast.away_mission.actor, Disclose(key=case.key, participations=(key,), agree=True))
    return key


def keys_of(app: Flask, case: Made) -> list[str]:
    """The keys of the invitations of a case that stand, in the order in which the plan names the States."""
    mine = select(Participation.key).where(Participation.case_id == case.id, Participation.closed_at.is_(None))
    return [row.key for row in rows(app, mine.order_by(Participation.id))]


def give_up(app: Flask, key: str) -> None:
    """Give up the terms of an invitation, as a plan that changes does."""
    with app.app_context(), write_transaction(Reading(Reach.ALL)) as session:
        session.execute(update(Participation).where(Participation.key == key).values(closed_at=now()))


def guest_of(app: Flask, cast: Cast, code: str) -> Member:
    """Somebody who speaks for the State with this code, which has no people of its own."""
    ((state_id,),) = rows(app, select(StateRecord.id).where(StateRecord.alpha3 == code))
    person = cast.away_mission
    return replace(person, actor=replace(person.actor, state_id=state_id))


def agree(app: Flask, cast: Cast, case: Made, *keys: str, agreed: bool = True) -> None:
    """Let the host agree to disclosures, or not."""
    with app.app_context():
        disclose(cast.mission.actor, Disclose(key=case.key, participations=keys, agree=agreed))


def answer(
    app: Flask, person: Member, key: str, said: ParticipationAnswer = ParticipationAnswer.CONSENT, **more: object
) -> None:
    """Let an invited State answer on the page as it is now."""
    ((version,),) = rows(app, select(Participation.version).where(Participation.key == key))
    with app.app_context():
        answer_invitation(person.actor, AnswerInvitation(key=key, seen=version, answer=said, **more))
