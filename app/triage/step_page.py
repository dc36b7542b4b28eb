"""What the pages of the steps show beside their forms: what stands in the way, the officers, the due date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.casework.facts import load_facts
from app.casework.models import AssistanceRequest
from app.casework.page import CasePage
from app.casework.texts import refusal_texts
from app.casework.visibility import visible_cases
from app.foundation.errors import Forbidden
from app.reference.calendars import work_calendar
from app.triage.checks import judgements
from app.triage.forms import OfficerForm, StepForm
from app.triage.limits import answer_due
from app.triage.queue import OPEN_CASES
from app.triage.queue_page import last_day
from app.triage.screening_page import answer_words
from app.triage.texts import CHECK_TEXTS
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, EligibilityCheck, Role


@dataclass(frozen=True, slots=True)
class StepShown:
    """What the page of one step shows beside its form.

    Attributes:
        reasons: why the step cannot be taken now; its button is then disabled.
        checks: code, statement and answer of the eight checks, before an acceptance.
        due: last day of the limit that the step starts, where the State works.
    """

    reasons: Sequence[str]
    checks: Sequence[tuple[str, str, str | None]] = ()
    due: date | None = None


def shown(session: Session, actor: Actor, page: CasePage, action: Action, form: StepForm) -> StepShown:
    """Return what stands beside the form of `action`, and fill the form's version and lists.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    facts = load_facts(session, page.core, policy.sections_for(action, page.core.state))
    offers = policy.actions_open_to(actor, facts, {action})
    if not offers:
        raise Forbidden
    reasons = refusal_texts(offers[0].refusals)
    if not form.is_submitted():
        form.version.data = str(page.case.version)
    if isinstance(form, OfficerForm):
        form.offer(officers(session, actor), page.header.officer.key if page.header.officer else None)
    if action is Action.ACCEPT:
        return StepShown(reasons, checks=_checks(session, page))
    if action is Action.RETURN_FOR_INFORMATION:
        calendar = work_calendar(session, page.case.state_id)
        return StepShown(reasons, due=last_day(answer_due(session, page.case.state_id), calendar))
    return StepShown(reasons)


def officers(session: Session, actor: Actor) -> Sequence[Row[Any]]:
    """Return who can get a case, with how many open ones they have: one statement.

    Returns:
        Rows of key, name and open_cases, the least busy first.
    """
    theirs = visible_cases(actor, func.count(AssistanceRequest.id)).where(
        OPEN_CASES, AssistanceRequest.officer_id == User.id
    )
    busy = theirs.correlate(User).scalar_subquery().label("open_cases")
    holds_role = (UserRole.user_id == User.id) & (UserRole.role == Role.CASE_OFFICER) & UserRole.ended_at.is_(None)
    statement = select(User.key, User.name, busy).join(UserRole, holds_role).where(User.active)
    return session.execute(statement.order_by(busy, User.name)).all()


def _checks(session: Session, page: CasePage) -> list[tuple[str, str, str | None]]:
    """Return the answers that count: those of this screening."""
    judged = judgements(session, page.case.id)
    since = page.case.state_since
    counted = {check: one for check, one in judged.items() if one.counts(since)}
    return [
        (check.value.upper(), str(CHECK_TEXTS[check]), answer_words(counted.get(check))) for check in EligibilityCheck
    ]
