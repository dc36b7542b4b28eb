"""Who can get a case: the list to choose from, and whoever was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session
from wtforms import SelectField

from app.accounts.models import User, UserRole
from app.casework.models import AssistanceRequest
from app.casework.models.case import OPEN_CASES
from app.casework.steps import StepForm
from app.casework.visibility import visible_cases
from app.foundation.errors import FieldError, InvalidCommand
from app.foundation.fields import choice
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role


class OfficerForm(StepForm):
    """Who gets the case. The command says whether the answer is one."""

    officer = SelectField(_l("Case officer"), validate_choice=False)

    def offer(self, officers: Iterable[Any], current_key: str | None = None) -> None:
        """Fill the list with officers and how many open requests each has.

        Args:
            officers: rows of key, name and open_cases.
            current_key: whose choice stands when nothing was posted.
        """
        self.officer.choices = officer_choices(officers)
        if not self.is_submitted():
            self.officer.data = current_key or ""


def officer_choices(officers: Iterable[Any]) -> list[Any]:
    """Return officers and how many open requests each has as choices: rows of key, name and open_cases."""
    words = {one.key: _("%(name)s – open requests: %(num)s", name=one.name, num=one.open_cases) for one in officers}
    return [choice("", _("Choose an officer")), *(choice(key, text) for key, text in words.items())]


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


def officer_under(session: Session, key: str) -> int:
    """Return who may get a case under this key of an account: anybody active with the role of case officer."""
    holds_role = (UserRole.user_id == User.id) & (UserRole.role == Role.CASE_OFFICER) & UserRole.ended_at.is_(None)
    found = session.scalar(select(User.id).join(UserRole, holds_role).where(User.key == key, User.active))
    if found is None:
        raise InvalidCommand(FieldError("officer", "not_offered"))
    return found
