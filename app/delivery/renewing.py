"""What happens to recommendations when a State asks for a follow-up."""

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.models import Recommendation, Renewal
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.errors import FieldError, InvalidCommand
from app.workflow.actor import Actor


class Renewing(Protocol):
    """The part of the command that names recommendations by their public keys."""

    @property
    def recommendations(self) -> Collection[str]: ...


def renew(session: Session, case: AssistanceRequest, actor: Actor, command: Renewing) -> None:
    """Effect of `request_follow_up`: note which open recommendations of its parent the new case takes up again.

    Raises:
        InvalidCommand: one of them is no open recommendation of the parent.
    """
    del actor
    wanted = set(command.recommendations)
    if not wanted:
        return
    known = select(literal(case.id), Recommendation.id, Recommendation.state_id).where(
        Recommendation.case_id == case.parent_id,
        Recommendation.status == RecommendationStatus.OPEN,
        Recommendation.key.in_(wanted),
    )
    columns = [Renewal.case_id, Renewal.recommendation_id, Renewal.state_id]
    noted = session.execute(insert(Renewal).from_select(columns, known).returning(Renewal.recommendation_id)).all()
    if len(noted) < len(wanted):
        raise InvalidCommand(FieldError("recommendations", "not_offered"))
