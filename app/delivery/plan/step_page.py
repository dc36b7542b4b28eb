"""What the pages of a plan before the State show beside their forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.page import CasePage
from app.casework.steps import StepForm, reasons_against, shows, told_of
from app.delivery.plan.page import PlanShown, plan_shown
from app.delivery.plan.step_forms import VersionForm
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class StepShown:
    """What stands beside the form.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        told: whom it notifies, in words.
        plan: the version that it is about.
    """

    reasons: Sequence[str]
    told: Sequence[Markup]
    plan: PlanShown


def step_shown(session: Session, actor: Actor, page: CasePage, action: Action, form: StepForm) -> StepShown:
    """Return what stands beside the form of `action`, and let the form carry the versions that are shown.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, action)
    shows(form, page)
    plan = plan_shown(session, actor, page)
    if isinstance(form, VersionForm):
        form.carry(plan.version.number if plan.version else 1)
    return StepShown(reasons, told_of(session, actor, page.case, action), plan)
