"""Plans with other States in them, invited as people invite them: put by the officer, agreed to by the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.delivery.participation.answering import answer_invitation
from app.delivery.participation.commands import AnswerInvitation, Disclose, OfCase
from app.delivery.participation.models import Participation
from app.delivery.participation.services import disclose, put_invitations
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.vocabulary import Scope
from app.foundation.clock import now
from app.workflow.vocabulary import AssistanceType, Body, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.people import AWAY, Cast, Member
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
    with app.app_context():
        put_invitations(cast.case_officer.actor, OfCase(key=case.key))
    return case


def invited(app: Flask, cast: Cast) -> Invited:
    """The same once the host agreed that the State of `cast.away_mission` is told."""
    case = planned(app, cast)
    ((key,),) = rows(app, select(Participation.key).where(Participation.case_id == case.id))
    agree(app, cast, case, key)
    return Invited(case, key)


def agree(app: Flask, cast: Cast, case: Made, *keys: str) -> None:
    """Let the host agree to disclosures."""
    with app.app_context():
        disclose(cast.mission.actor, Disclose(key=case.key, participations=keys, agree=True))


def answer(
    app: Flask, person: Member, key: str, said: ParticipationAnswer = ParticipationAnswer.CONSENT, **more: object
) -> None:
    """Let an invited State answer on the page as it is now."""
    ((version,),) = rows(app, select(Participation.version).where(Participation.key == key))
    with app.app_context():
        answer_invitation(person.actor, AnswerInvitation(key=key, seen=version, answer=said, **more))
