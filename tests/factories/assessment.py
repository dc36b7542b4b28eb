"""Assessments of cases that were made: real rows, as an officer would have left them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessment.answers import questions_of
from app.assessment.models import Assessment, RightsReview, SavedPart, ScoreRow
from app.assessment.score import ScoreFacts, score_of
from app.assessment.vocabulary import Finding, Part, Priority
from app.casework.content.checking import LIGHT_TYPES
from app.casework.history import Entry, append
from app.casework.models import AssistanceRequest, CaseType
from app.casework.projection import project_cases
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.reference.settings import PRIORITY_WEIGHTS
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, ActorKind, Role
from tests.factories.cases import Made
from tests.factories.people import Member

#: What an officer would have answered to each part.
ANSWERS: Final[Mapping[Part, dict[str, Any]]] = {
    Part.NEED: {"finding": "confirmed", "text": "The law of 1987 was never brought in line with the conventions."},
    Part.EARLIER_ASSISTANCE: {"similar": False, "remark": ""},
    Part.RIGHTS_REVIEW: {"safeguards": "Defence lawyers take part in every course."},
    Part.CRIME_LINKS: {"chosen": ["money_laundering"], "remark": ""},
    Part.JUSTICE_MARKERS: {"chosen": ["courts", "prosecution"], "remark": ""},
    Part.RISKS: {"level": "low", "text": "The bill may wait for elections.", "measures": "Ask parliament in time."},
    Part.COST_ESTIMATE: {
        "value": {"minor": 2_400_000, "currency": "USD"},
        "basis": "Two experts for ten days each, with travel.",
    },
    Part.PRIORITY: {
        "cted": False,
        "text_ready": True,
        "host_named": True,
        "counterpart_named": True,
        "priority": "low",
        "reason": "",
    },
}
#: What the score was computed from: 20 points.
KNOWN: Final = ScoreFacts(
    date(2026, 11, 24), instruments=19, cted=False, similar=False, states_alike=1, ready={"text": True, "host": True}
)


def assessed(
    app: Flask,
    made: Made,
    *,
    officer: Member | None = None,
    signed: bool = True,
    without: Collection[Part] = (),
    answers: Mapping[Part, Mapping[str, Any]] | None = None,
) -> None:
    """Give the case an assessment by its case officer, in whatever state it stands.

    Args:
        officer: in place of the case officer; needed where there is none.
        signed: it is signed as well, which stands in the history; the version of the case stays as it was.
        without: parts that were not saved.
        answers: in place of those of `ANSWERS`, by part.
    """
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        case = session.scalars(select(AssistanceRequest).where(AssistanceRequest.id == made.id)).one()
        officer_id = officer.id if officer else case.officer_id
        assert officer_id is not None, "from review on a case has an officer"
        look = Assessment(case_id=case.id, state_id=case.state_id, begun_by_id=officer_id)
        session.add(look)
        session.flush()
        for part in Part:
            if part not in without:
                data = {**ANSWERS[part], **(answers or {}).get(part, {})}
                _save(session, look, part, data, officer_id)
        if signed:
            assert not any(part.required for part in without), "only a complete assessment is signed"
            _sign(session, case, look, officer_id)


def _save(session: Session, look: Assessment, part: Part, data: dict[str, Any], officer_id: int) -> None:
    children = {"case_id": look.case_id, "state_id": look.state_id}
    saved = SavedPart(
        **children, assessment_id=look.id, part=part, version=1, complete=True, data=data, saved_by_id=officer_id
    )
    session.add(saved)
    session.flush()
    if part is Part.RIGHTS_REVIEW:
        types = set(session.scalars(select(CaseType.type).where(CaseType.case_id == look.case_id)))
        for question in questions_of(confirms=types <= LIGHT_TYPES):
            session.add(RightsReview(**children, part_id=saved.id, question=question, finding=Finding.NO_CONCERN))


def _sign(session: Session, case: AssistanceRequest, look: Assessment, officer_id: int) -> None:
    actor = Actor(officer_id, ActorKind.USER, "", frozenset({Role.CASE_OFFICER}))
    payload = {"assessment": look.number, "seen_by": "tpb_only"}
    append(session, [(case, Entry(actor, Action.ASSESS, case.state, case.state, payload))])
    project_cases(session, [case])
    look.signed_at, look.signed_by_id, look.signed_seq = now(), officer_id, case.history_seq
    look.priority = look.advised = Priority.LOW
    look.cost_minor, look.cost_currency = 2_400_000, "USD"
    score = score_of(KNOWN, PRIORITY_WEIGHTS.default)
    look.score = case.score = score.total
    children = {"case_id": look.case_id, "state_id": look.state_id, "assessment_id": look.id}
    for one in score.parts:
        why = {"code": one.code, "params": dict(one.params)}
        session.add(ScoreRow(**children, part=one.part, points=one.points, most=one.most, why=why))
