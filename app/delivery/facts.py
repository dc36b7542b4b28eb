"""What the guards ask of a delivery: activities, the people who came, recommendations, what the State said of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, literal, select, union_all
from sqlalchemy.orm import Session

from app.delivery.activities.models import Activity
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.evaluation.models import Evaluation, LookBack
from app.delivery.models import NoRecommendations, Recommendation
from app.delivery.vocabulary import RecommendationStatus
from app.workflow.facts import CaseCore, DeliveryFacts
from app.workflow.vocabulary import EvaluationAnswer

_ACTIVITY, _RECOMMENDATION, _NONE, _EVALUATION = "activity", "recommendation", "none", "evaluation"
_LOOK_BACK = "look_back"
_EXPECTED = frozenset({ActivityStatus.PLANNED.value, ActivityStatus.CONFIRMED.value})


def delivery_facts(session: Session, case_id: int, core: CaseCore) -> DeliveryFacts:
    """Provide `Section.DELIVERY` by one statement.

    Of several evaluations the latest counts; a recommendation that was done or dropped needs no owner and no date.
    """
    del core
    rows = session.execute(_statement(case_id)).all()
    activities = [row for row in rows if row.kind == _ACTIVITY]
    cancelled = [row for row in activities if row.code == ActivityStatus.CANCELLED.value]
    held = [row for row in activities if row.code == ActivityStatus.HELD.value]
    answers = sorted((row for row in rows if row.kind == _EVALUATION), key=lambda row: row.place)
    recommended = [row for row in rows if row.kind == _RECOMMENDATION]
    return DeliveryFacts(
        begun=sum(row.first for row in activities),
        open_activities=tuple(row.key for row in activities if row.code in _EXPECTED),
        cancelled_without_reason=tuple(row.key for row in cancelled if row.second == 0),
        participants_uncounted=tuple(row.key for row in held if row.second == 0),
        recommendations=len(recommended),
        recommendations_listed=bool(recommended) or any(row.kind == _NONE for row in rows),
        recommendations_incomplete=tuple(
            row.key
            for row in recommended
            if row.code == RecommendationStatus.OPEN.value and not (row.first and row.second)
        ),
        evaluation=EvaluationAnswer(answers[-1].code) if answers else None,
        look_backs_open=sum(row.kind == _LOOK_BACK for row in rows),
    )


def _statement(case_id: int) -> Any:
    # what the second flag says of an activity depends on how it ended
    accounted = case(
        (Activity.status == ActivityStatus.CANCELLED, _flag(Activity.cancel_reason != "")),
        else_=_flag(Activity.counted_at.is_not(None)),
    )
    complete = (_flag(Recommendation.owner != ""), _flag(Recommendation.due_on.is_not(None)))
    begun, sure = _flag(Activity.begun_at.is_not(None)), (literal(1), literal(1))
    activities = _part(_ACTIVITY, Activity.key, Activity.status, begun, accounted, Activity.place)
    listed = _part(_RECOMMENDATION, Recommendation.key, Recommendation.status, *complete, Recommendation.id)
    none = _part(_NONE, literal(""), literal(""), *sure, literal(0))
    answers = _part(_EVALUATION, literal(""), Evaluation.answer, *sure, Evaluation.seq)
    asked = _part(_LOOK_BACK, literal(""), literal(""), *sure, LookBack.number)
    return union_all(
        activities.where(Activity.case_id == case_id),
        listed.where(Recommendation.case_id == case_id),
        none.where(NoRecommendations.case_id == case_id),
        answers.where(Evaluation.case_id == case_id),
        asked.where(LookBack.case_id == case_id, LookBack.answered_at.is_(None)),
    )


def _part(kind: str, key: Any, code: Any, first: Any, second: Any, place: Any) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        cast(key, String).label("key"),
        cast(code, String).label("code"),
        first.label("first"),
        second.label("second"),
        place.label("place"),
    )


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
