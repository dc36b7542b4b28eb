"""Recommendations: listed by the officer, followed up by State and Branch, also after the request was closed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.commands import CaseCommand, OptionalWords
from app.casework.content.fields import empty_is_none, plain_text
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, record
from app.delivery.models import OWNER_LENGTH, NoRecommendations, Recommendation, RecommendationChange
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience

#: More would be no list that anybody follows.
MOST = 100
Owner = Annotated[str, StringConstraints(max_length=OWNER_LENGTH), AfterValidator(plain_text)]
Day = Annotated[date | None, BeforeValidator(empty_is_none)]


class Recommend(CaseCommand):
    """List a recommendation, or say that there is none.

    Attributes:
        owner: who is to do it; may follow later, at the latest before the request is closed.
        due_on: until when.
        none: nothing is recommended.
    """

    none: bool = False
    text: Annotated[OptionalWords, Field(validate_default=True)] = ""
    owner: Owner = ""
    due_on: Day = None

    @field_validator("text")
    @classmethod
    def _something(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("none"):
            raise PydanticCustomError("recommendation.text_needed", "nothing was recommended")
        if value and info.data.get("none"):
            raise PydanticCustomError("recommendation.none_with_text", "a text would be lost")
        return value


class FollowRecommendation(CaseCommand):
    """Say what became of a recommendation.

    Attributes:
        recommendation: its public key.
        status: where it stands.
        owner: who has it from then on; empty leaves it.
        due_on: until when; None leaves it.
    """

    recommendation: str = ""
    status: Annotated[RecommendationStatus | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    owner: Owner = ""
    due_on: Day = None
    note: OptionalWords = ""

    @field_validator("status")
    @classmethod
    def _chosen(cls, value: RecommendationStatus | None) -> RecommendationStatus:
        if value is None:
            raise PydanticCustomError("recommendation.status_needed", "a status is needed")
        return value


@use_case
def recommend(session: Session, actor: Actor, command: Recommend) -> None:
    """List a recommendation of a delivery, or say that there is none.

    Raises:
        InvalidCommand: there are some already, or too many.
        NotFound, Stale, Forbidden: see `lock_case` and `record`.
    """
    case = _open(session, actor, command, Action.RECOMMEND)
    of_case = {"case_id": case.id, "state_id": case.state_id}
    listed = session.scalars(select(Recommendation.id).where(Recommendation.case_id == case.id)).all()
    session.execute(delete(NoRecommendations).where(NoRecommendations.case_id == case.id))
    payload: dict[str, Any] = {"none": True}
    if command.none:
        if listed:
            raise InvalidCommand(FieldError("", "recommendation.some_listed"))
        session.add(NoRecommendations(**of_case, said_by_id=actor.user_id))
    else:
        if len(listed) >= MOST:
            raise InvalidCommand(FieldError("text", "recommendation.too_many", {"most": MOST}))
        said = {"text": command.text, "owner": command.owner, "due_on": command.due_on}
        row = Recommendation(**of_case, **said, lang=case.lang)
        session.add(row)
        session.flush()
        payload = {"recommendation": row.key}
    record(session, case, Action.RECOMMEND, actor, Said(payload, seen_by=Readership.STATE_TPB), bump=True)


@use_case
def follow_recommendation(session: Session, actor: Actor, command: FollowRecommendation) -> None:
    """Say what became of a recommendation; who has it, or its day, may change with it.

    Raises:
        InvalidCommand: the case has no such recommendation.
        NotFound, Stale, Forbidden, Refused: see `lock_case` and `record`.
    """
    case = _open(session, actor, command, Action.FOLLOW_RECOMMENDATION)
    wanted = select(Recommendation).where(
        Recommendation.case_id == case.id, Recommendation.key == command.recommendation
    )
    row = session.scalars(wanted).first()
    if row is None or command.status is None:
        raise InvalidCommand(FieldError("recommendation", "recommendation.choose"))
    row.status, row.owner, row.due_on = command.status, command.owner or row.owner, command.due_on or row.due_on
    session.add(
        RecommendationChange(
            recommendation_id=row.id,
            case_id=case.id,
            state_id=case.state_id,
            status=command.status,
            owner=row.owner,
            due_on=row.due_on,
            note=command.note,
            lang=case.lang,
            changed_by_id=actor.user_id,
        )
    )
    payload = {"recommendation": row.key, "status": command.status.value}
    said = Said(payload, note=command.note, audience=Audience.STATE_TPB, seen_by=Readership.STATE_TPB)
    record(session, case, Action.FOLLOW_RECOMMENDATION, actor, said, bump=True)


def _open(session: Session, actor: Actor, command: CaseCommand, action: Action) -> AssistanceRequest:
    case = lock_case(session, actor, command.key, command.version)
    if not policy.may(actor, action, core_of(session, case, actor, involved=True)):
        raise Forbidden
    return case
