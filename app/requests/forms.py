"""The forms of steps: send, confirm, return, withdraw, revive, discard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from wtforms import (
    BooleanField,
    HiddenField,
    SelectMultipleField,
    TextAreaField,
)

from app.casework.steps import StepForm
from app.foundation.fields import choice
from app.foundation.formatting import date_filter, one_line
from app.foundation.forms import CommandForm


class StartForm(CommandForm):
    """Begin a draft, on demand with an instrument."""

    instrument = HiddenField()


class SendForm(StepForm):
    """Send a draft, with the declaration."""

    answers_checked = BooleanField(
        _l("We have checked these answers. They are correct, and we ask for the assistance on behalf of our Government")
    )


class DeclineForm(StepForm):
    """Decline a proposed draft."""

    reason = TextAreaField(
        _l("Why does your State not adopt it?"),
        description=_l("Your colleagues read this. Who proposed the draft learns only that it was not adopted."),
        render_kw={"rows": 4},
    )


class FollowUpForm(CommandForm):
    """Begin a follow-up of an earlier request."""

    recommendations = SelectMultipleField(
        _l("Recommendations that the follow-up takes up again"),
        description=_l("Leave out what is no longer needed. You can begin without any."),
        choices=[],
        validate_choice=False,
    )

    def offer(self, recommendations: Iterable[Any]) -> None:
        """Offer the open recommendations, all ticked at first.

        Args:
            recommendations: rows of key, text, lang, owner and due_on.
        """
        offered = list(recommendations)
        self.recommendations.choices = [
            choice(one.key, one_line(one.text, one.lang), _owner_and_due(one)) for one in offered
        ]
        if not self.is_submitted():
            self.recommendations.data = [one.key for one in offered]


def _owner_and_due(recommendation: Any) -> Markup | None:
    owner = one_line(recommendation.owner) if recommendation.owner else None
    due = escape(_("by %(date)s", date="\0")).replace("\0", date_filter(recommendation.due_on))
    shown = [part for part in (owner, due if recommendation.due_on else None) if part]
    return Markup(" · ").join(shown) or None


class ReturnForm(StepForm):
    """Return a request to draft."""

    what_to_change = TextAreaField(
        _l("What should be changed?"),
        description=_l("Your colleagues read this above the task list."),
        render_kw={"rows": 6},
    )


class WithdrawForm(StepForm):
    """Withdraw a request."""

    committed_costs = TextAreaField(
        _l("Costs already committed"),
        description=_l(
            "Bookings, contracts or travel that your State or we have already committed for this request, as far as "
            "you know. Write “none” if there are none."
        ),
        render_kw={"rows": 3},
    )
    reason = TextAreaField(_l("Reason (optional)"), render_kw={"rows": 4})
