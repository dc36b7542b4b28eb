"""What the guards ask of a plan: which version is the current one, and what it lacks, and what invited States said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.delivery.activities.moves import waiting_moves
from app.delivery.participation.models import Participation
from app.delivery.participation.terms import terms_of
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.completeness import missing_of
from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan
from app.workflow.facts import CaseCore, PlanFacts


def plan_facts(session: Session, case_id: int, core: CaseCore) -> PlanFacts:
    """Provide `Section.PLAN`: the newest version with what it lacks and how its invitations stand, by one statement.

    Of a participating State only its own invitations count: what others were asked is no matter of its answer.
    """
    rows = session.execute(_with_invitations(case_id)).all()
    if not rows:
        return PlanFacts()
    plan, costs = rows[0].ResponsePlan, bool(rows[0].with_costs)
    activities = list(dict.fromkeys(row.PlanActivity for row in rows if row.PlanActivity is not None))
    named = [row for row in rows if row.named is not None]
    with_others = frozenset(row.PlanActivity.id for row in named)
    guests = core.participating_state_ids
    theirs = [row for row in named if not guests or row.participant_id in guests]
    invited = [row.Participation for row in theirs if row.Participation is not None]
    return PlanFacts(
        version=plan.number,
        missing=missing_of(plan, activities, with_costs=costs, with_others=with_others),
        proposed_at=plan.proposed_at,
        answered_at=plan.answered_at,
        participations_missing=tuple(row.named for row in theirs if not _consented(row)),
        participations_asked=tuple(one.key for one in invited if one.asked_at is not None),
        undisclosed=tuple(one.key for one in invited if one.disclosed_at is None),
        move_waits=bool(rows[0].move_waits),
    )


def _with_invitations(case_id: int) -> Select[Any]:
    """Return the newest version by activity and State that it names, each with its standing invitation."""
    with_costs = exists().where(PlanCost.plan_id == ResponsePlan.id).label("with_costs")
    waits = waiting_moves(ResponsePlan.case_id).order_by(None).correlate(ResponsePlan).exists().label("move_waits")
    key, participant_id = PlanParticipation.key.label("named"), PlanParticipation.participant_id
    return (
        select(ResponsePlan, PlanActivity, key, participant_id, Participation, with_costs, waits)
        .outerjoin(PlanActivity, PlanActivity.plan_id == ResponsePlan.id)
        .outerjoin(PlanParticipation, PlanParticipation.activity_id == PlanActivity.id)
        .outerjoin(Participation, is_invitation_of(PlanActivity, PlanParticipation))
        .where(ResponsePlan.case_id == case_id, ResponsePlan.number == newest_number(case_id))
        .order_by(PlanActivity.place, PlanActivity.id, PlanParticipation.id)
    )


def is_invitation_of(activity: type[PlanActivity], named: type[PlanParticipation]) -> ColumnElement[bool]:
    """Return the condition that a participation is the standing invitation of a State that an activity names."""
    return (
        (Participation.case_id == activity.case_id)
        & (Participation.activity_key == activity.key)
        & (Participation.participant_id == named.participant_id)
        & Participation.closed_at.is_(None)
    )


def _consented(row: Any) -> bool:
    """Tell whether the State said yes to these terms, and no others."""
    invitation = row.Participation
    said_yes = invitation is not None and invitation.answer is ParticipationAnswer.CONSENT
    return said_yes and terms_of(invitation) == terms_of(row.PlanActivity)


def newest_number(case_id: Any, *, proposed: bool = False) -> object:
    """Return the number of the newest version of the plan of a case, or of the newest that was put to the State.

    As a subquery.
    """
    any_version = aliased(ResponsePlan)
    newest = select(func.max(any_version.number)).where(any_version.case_id == case_id)
    return (newest.where(any_version.proposed_at.is_not(None)) if proposed else newest).scalar_subquery()
