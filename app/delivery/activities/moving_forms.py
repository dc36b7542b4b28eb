"""Forms that move or cancel an activity: labels and widgets; the rules stand in `moving_commands`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField, RadioField, TextAreaField

from app.casework.forms.kinds import MoneyPart
from app.casework.steps import StepForm
from app.delivery.activities.models import Activity
from app.foundation.errors import FieldError
from app.foundation.fields import DateThree, choice
from app.foundation.formatting import date_range, one_line


class ActivityChoice(StepForm):
    """Base: one of the activities that can be changed."""

    activity = RadioField(_l("Which activity?"), validate_choice=False)

    def offer(self, activities: Sequence[Activity], wanted: str | None) -> None:
        """Offer activities; the wanted one, or the only one, is chosen.

        Args:
            wanted: key of the one that the address names.
        """
        self.activity.choices = [
            choice(one.key, one_line(one.title, one.lang), hint=date_range(one.starts_on, one.ends_on))
            for one in activities
        ]
        chosen = next((one for one in activities if one.key == wanted), activities[0] if len(activities) == 1 else None)
        if chosen is not None and not self.is_submitted():
            self.activity.data = chosen.key
            self.begin_with(chosen)

    def begin_with(self, activity: Activity) -> None:
        """Show what the activity says now."""


class MoveForm(ActivityChoice):
    """Other dates."""

    starts_on = DateThree(_l("First day"), description=_l("For example 15 3 2027"))
    ends_on = DateThree(_l("Last day"))
    reason = TextAreaField(_l("Why?"), render_kw={"rows": 5})

    def begin_with(self, activity: Activity) -> None:
        """Begin with the dates that stand."""
        self.starts_on.process(None, activity.starts_on)
        self.ends_on.process(None, activity.ends_on)


class AnswerMoveForm(StepForm):
    """What the State says to other dates."""

    move = HiddenField()
    accepted = RadioField(
        _l("Do the other dates suit your State?"),
        choices=[
            choice("true", _l("Yes, we accept them")),
            choice("false", _l("No, the agreed dates stand")),
        ],
        validate_choice=False,
    )
    remark = TextAreaField(_l("Remark"), render_kw={"rows": 3})


class CancelForm(ActivityChoice):
    """Why, and what it costs."""

    reason = TextAreaField(_l("Why is it cancelled?"), render_kw={"rows": 5})
    cost = FormField(MoneyPart, label=_l("What the cancellation costs"))

    def values(self) -> dict[str, Any]:
        """Return what was entered, the amount in minor units."""
        return {**super().values(), **(self.cost.form.as_answer() or {"currency": self.cost.form.currency.data})}

    def put_beside(self, *errors: FieldError) -> None:
        """Put what is wrong with the amount beside its two fields."""
        inner = {"minor", "currency"}
        super().put_beside(
            *(FieldError(f"cost.{one.path}", one.code, one.params) if one.path in inner else one for one in errors)
        )
