"""The forms of steps: send, confirm, return, answer, withdraw, revive, discard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, TextAreaField

from app.casework.models import CaseQuestion
from app.foundation.errors import Refused
from app.foundation.forms import CommandForm
from app.foundation.texts import text


class StepForm(CommandForm):
    """A step on a case: the version that the page showed, nothing else."""

    form_errors: list[Any]
    version = HiddenField()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Run a use case; what it refuses is said in this form, and what was typed stays in it."""
        try:
            done, _nothing = self.submit(act)
        except Refused as refused:
            self.form_errors = [*self.form_errors, *(text(code, params) for code, params in refused.reasons)]
            return False
        return done


class StartForm(CommandForm):
    """Begin a draft."""


class SendForm(StepForm):
    """Send a draft, with the declaration."""

    answers_checked = BooleanField(
        _l("We have checked these answers. They are correct, and we ask for the assistance on behalf of our Government")
    )


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


class AnswerPart(Form):
    """What is said to one question."""

    question = HiddenField()
    answer = TextAreaField(_l("Your answer"), render_kw={"rows": 5})
    cannot_answer = TextAreaField(
        _l("If you cannot answer: why not?"),
        description=_l("The request goes on with this reason."),
        render_kw={"rows": 2},
    )
    correction = TextAreaField(
        _l("The text of your request, to correct if need be"),
        description=_l("What was submitted before is kept beside it."),
        render_kw={"rows": 5},
    )


class AnswerForm(StepForm):
    """The questions of the last round; `seen` marks what was saved when the page was shown."""

    seen = HiddenField()
    answers = FieldList(FormField(AnswerPart))

    def values(self) -> dict[str, Any]:
        """Return what `AnswerQuestions` takes."""
        return {"version": self.version.data, "seen": self.seen.data, "answers": [part.data for part in self.answers]}

    def fit(self, questions: Sequence[CaseQuestion], correctable: Callable[[str], bool]) -> bool:
        """Take the correction away where a question is tied to no text; tell whether the rows are these questions."""
        keys = [part.data["question"] for part in self.answers]
        for part, question in zip(self.answers, questions, strict=False):
            if not correctable(question.field_path):
                del part.form.correction
        return keys == [one.key for one in questions]
