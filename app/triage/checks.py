"""The eight checks: what the system finds, and what an officer judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.content import check_task, missing_fields, types_of
from app.casework.models import AssistanceRequest, CaseRevision, CaseType
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.reference.states import state_by_id
from app.reference.vocabulary import StateStatus
from app.triage.facts import consent_in_force
from app.triage.models import ScreeningCheck
from app.workflow.actor import Actor
from app.workflow.states import ENDED
from app.workflow.vocabulary import Channel, EligibilityCheck, State
from app.workflow.workdays import add_months

#: How far back an ended request still counts as a possible duplicate (months).
DUPLICATE_MONTHS = 12
#: Possible duplicates that one page lists.
MOST_DUPLICATES = 10
E = EligibilityCheck


@dataclass(frozen=True, slots=True)
class Findings:
    """What the system knows of a request.

    Attributes:
        answers: the request as it was last submitted or answered, by task.
        revision: what that was read from; None for a request that was not submitted.
        passed: per check that the system can tell whether it passes; the others an officer judges.
        missing: paths of the minimum facts that are not there.
    """

    answers: Mapping[str, Any]
    passed: Mapping[EligibilityCheck, bool]
    missing: tuple[str, ...]
    revision: CaseRevision | None = None


def findings(session: Session, case: AssistanceRequest) -> Findings:
    """Return what the system finds about the checks of `case`: one statement."""
    newest = select(CaseRevision, consent_in_force(case.id)).where(CaseRevision.case_id == case.id)
    latest = session.execute(newest.order_by(CaseRevision.revision.desc()).limit(1)).first()
    revision, consented = (latest[0], bool(latest[1])) if latest else (None, False)
    answers = revision.data if revision else {}
    missing = missing_fields(answers, channel=case.channel)
    status = state_by_id(session, case.state_id).status
    passed = {
        # In the demo an invented State counts as a Member State; it never counts among the 193.
        E.E2: status in {StateStatus.MEMBER, StateStatus.DEMO},
        E.E5: consented,
        E.E7: _rights_answered(answers),
        E.E8: not missing,
    }
    # What came on paper is authenticated by an officer; the portal lets in nobody else than the State's own people.
    if case.channel is Channel.PORTAL:
        passed[E.E1] = True
    return Findings(answers, passed, missing, revision)


def _rights_answered(answers: Mapping[str, Any]) -> bool:
    checked = check_task("rights", answers.get("rights", {}), types_of(answers))
    return not checked.wrong and not checked.unanswered


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in force, with who made it."""

    row: ScreeningCheck
    judge: str | None

    def counts(self, since: datetime) -> bool:
        """Whether it was made in the screening that began at `since`."""
        return self.row.judged_at >= since


def judgements(session: Session, case_id: int) -> dict[EligibilityCheck, Judged]:
    """Return the judgements in force by check: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    statement = (
        select(ScreeningCheck, User.name)
        .outerjoin(User, User.id == ScreeningCheck.judged_by_id)
        .where(ScreeningCheck.case_id == case_id, ScreeningCheck.superseded_at.is_(None))
    )
    return {row.check: Judged(row, judge) for row, judge in session.execute(statement)}


def possible_duplicates(session: Session, actor: Actor, case: AssistanceRequest) -> Sequence[Row[Any]]:
    """Return requests of the same State with a type in common, open or ended within 12 months: one statement.

    Returns:
        Rows of key, number, title, lang, state and submitted_at, the newest first.
    """
    this, other = CaseType.__table__.alias("this_type"), CaseType.__table__.alias("other_type")
    common = (
        select(other.c.case_id)
        .join(this, this.c.type == other.c.type)
        .where(this.c.case_id == case.id, other.c.case_id == AssistanceRequest.id)
        .exists()
    )
    since = datetime.combine(add_months(now().date(), -DUPLICATE_MONTHS), time(), tzinfo=UTC)
    columns = (
        AssistanceRequest.key,
        AssistanceRequest.number,
        AssistanceRequest.title,
        AssistanceRequest.lang,
        AssistanceRequest.state,
        AssistanceRequest.submitted_at,
    )
    statement = (
        visible_cases(actor, *columns)
        .where(
            AssistanceRequest.state_id == case.state_id,
            AssistanceRequest.id != case.id,
            AssistanceRequest.state.not_in((*ENDED, State.DRAFT, State.AWAITING_MISSION))
            | (AssistanceRequest.ended_at >= since),
            common,
        )
        .order_by(AssistanceRequest.submitted_at.desc(), AssistanceRequest.id.desc())
        .limit(MOST_DUPLICATES)
    )
    return session.execute(statement).all()
