"""What the pages of the steps show beside their forms: what stands in the way, the officers, the due date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.casework.officers import OfficerForm, officers
from app.casework.page import CasePage
from app.casework.steps import StepForm, reasons_against, shows
from app.triage.checks import judgements
from app.triage.limits import answer_due_on
from app.triage.screening_page import answer_words
from app.triage.texts import CHECK_TEXTS
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, EligibilityCheck


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
    reasons = reasons_against(session, actor, page, action)
    shows(form, page)
    if isinstance(form, OfficerForm):
        form.offer(officers(session, actor), page.header.officer.key if page.header.officer else None)
    if action is Action.ACCEPT:
        return StepShown(reasons, checks=_checks(session, page))
    if action in (Action.RETURN_FOR_INFORMATION, Action.ASK_STATE):
        return StepShown(reasons, due=answer_due_on(session, page.case.state_id))
    return StepShown(reasons)


def _checks(session: Session, page: CasePage) -> list[tuple[str, str, str | None]]:
    """Return the answers that count: those of this screening."""
    judged = judgements(session, page.case.id)
    since = page.case.state_since
    counted = {check: one for check, one in judged.items() if one.counts(since)}
    return [
        (check.value.upper(), str(CHECK_TEXTS[check]), answer_words(counted.get(check))) for check in EligibilityCheck
    ]
