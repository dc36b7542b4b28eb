"""Requests that begin otherwise than with a draft of the State: proposed, or following an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from flask import Flask
from sqlalchemy import select

from app.casework.content.tasks import Language
from app.casework.models import AssistanceRequest
from app.delivery.models import Recommendation, Renewal
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.requests.commands import ProposeRequest, RequestFollowUp
from app.requests.follow_up import request_follow_up
from app.requests.models import Proposal
from app.requests.proposing import propose_request
from app.triage.paper.models import PaperNote
from app.workflow.actor import Actor
from tests.factories.cases import Made
from tests.factories.people import HOME, Member

REASON: Final = "CTED recommended it after its last visit."
ANSWERS: Final[dict[str, Any]] = {
    "title": "Law on the freezing of assets",
    "types": ["legislative_drafting"],
    "problem": "The procedure for designations is not yet in the law.",
    "cted_recommendation": "S/2026/12, paragraph 40",
}


def propose(app: Flask, actor: Actor, state: str = HOME, language: Language = Language.EN, **answers: Any) -> str:
    """Propose a draft; returns the key of the case, which its proposer never learns."""
    command = ProposeRequest(state=state, language=language, reason=REASON, answers={**ANSWERS, **answers})
    with app.app_context():
        propose_request(actor, command)
        with write_transaction(Scope(Reach.ALL)) as session:
            newest = select(AssistanceRequest.key).join(Proposal, Proposal.case_id == AssistanceRequest.id)
            return session.scalars(newest.order_by(AssistanceRequest.id.desc()).limit(1)).one()


def recommended(
    app: Flask, case: Made, *texts: str, status: RecommendationStatus = RecommendationStatus.OPEN
) -> list[str]:
    """Write recommendations of `case`; returns their keys."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        rows = [
            Recommendation(
                case_id=case.id, state_id=case.state_id, text=text, status=status, owner="Ministry of Justice"
            )
            for text in texts
        ]
        rows[0].due_on = date(2027, 3, 1)
        session.add_all(rows)
        session.flush()
        return [row.key for row in rows]


def keep_beginnings(app: Flask, case: Made, proposer: Member) -> None:
    """Write one row about `case` into every table of this kind."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        of_case = {"case_id": case.id, "state_id": case.state_id}
        recommendation = Recommendation(**of_case, text="Name a central authority.")
        session.add_all(
            (
                recommendation,
                Proposal(**of_case, title=case.title, lang="en", reason=REASON, proposed_by_id=proposer.id),
            )
        )
        session.flush()
        session.add(Renewal(**of_case, recommendation_id=recommendation.id))
        numbered = {"note_number": "NV 1", "note_mark": "nv1", "note_date": date(2026, 2, 1)}
        session.add(PaperNote(**of_case, **numbered, registered_by_id=proposer.id))


def follow_up_of(app: Flask, actor: Actor, parent: Made, recommendations: Sequence[str] = ()) -> str:
    """Begin a follow-up; returns the key of the new draft."""
    command = RequestFollowUp(key=parent.key, recommendations=tuple(recommendations))
    with app.app_context():
        return request_follow_up(actor, command).key
