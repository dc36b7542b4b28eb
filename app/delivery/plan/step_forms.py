"""Forms of a plan before the State: labels and widgets; the rules stand in `step_commands`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from app.casework.steps import StepForm


class VersionForm(StepForm):
    """A step about the version of the plan that the page showed."""

    plan = HiddenField()

    def carry(self, number: int) -> None:
        """Take the number of the version that is shown, unless the form was sent."""
        if not self.is_submitted():
            self.plan.data = str(number)


class ChangesForm(VersionForm):
    """What should change."""

    comment = TextAreaField(_l("What should change?"), render_kw={"rows": 8})


class RescheduleForm(StepForm):
    """What changes in substance."""

    what_changed = TextAreaField(_l("What changes, and why?"), render_kw={"rows": 6})
