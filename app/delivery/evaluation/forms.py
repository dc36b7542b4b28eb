"""Forms from confirmation to closure: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, RadioField, TextAreaField

from app.casework.forms.kinds import Part, Whole, answer_of, chosen
from app.casework.steps import StepForm
from app.casework.texts import TYPE_TEXTS
from app.delivery.evaluation.models import QUESTIONS
from app.delivery.evaluation.texts import BECAME_TEXTS, COUNT_TEXTS, GRADE_TEXTS, LOOK_BACK_TEXTS, QUESTION_TEXTS
from app.foundation.fields import choice
from app.workflow.vocabulary import AssistanceType

#: Name of the buttons that say whether the State evaluates.
ANSWER = "answer"


class ConfirmForm(StepForm):
    """What a State adds to its confirmation."""

    remark = TextAreaField(_l("Remark (optional)"), render_kw={"rows": 3})


class ContestForm(StepForm):
    """What was not delivered."""

    missing = TextAreaField(
        _l("What is missing?"),
        description=_l("Name what was agreed and did not take place, or what you were to get and did not."),
        render_kw={"rows": 6},
    )


class CloseForm(StepForm):
    """A last word."""

    remark = TextAreaField(_l("Closing remark (optional)"), render_kw={"rows": 3})


class ReopenForm(StepForm):
    """Why a closed request is opened again."""

    reason = TextAreaField(_l("Why should it be opened again?"), render_kw={"rows": 4})


def _grades(question: str) -> RadioField:
    choices = [choice(str(grade), words) for grade, words in GRADE_TEXTS.items()]
    return RadioField(QUESTION_TEXTS[question], choices=choices, validate_choice=False)


class EvaluationForm(StepForm):
    """The five questions; which button was pressed says whether they are answered."""

    relevance = _grades("relevance")
    quality = _grades("quality")
    timeliness = _grades("timeliness")
    use = _grades("use")
    cooperation = _grades("cooperation")
    remark = TextAreaField(_l("Remark (optional)"), render_kw={"rows": 5})

    @property
    def questions(self) -> list[RadioField]:
        """The fields of the five questions, in their order."""
        return [self[name] for name in QUESTIONS]

    def values(self) -> dict[str, Any]:
        """Return what was entered, with what the button said."""
        return {**super().values(), "answer": request.form.get(ANSWER)}


class MeasurePart(Part):
    """What became of the assistance of one type."""

    type = HiddenField()
    answer = RadioField(choices=chosen(BECAME_TEXTS), validate_choice=False)
    number = Whole(render_kw={"inputmode": "numeric"})
    words = TextAreaField(_l("In your own words (optional)"), render_kw={"rows": 2})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.type.data in set(AssistanceType):
            kind = AssistanceType(self.type.data)
            self.heading = TYPE_TEXTS[kind]
            self.answer.label.text, self.number.label.text = LOOK_BACK_TEXTS[kind], COUNT_TEXTS[kind]


class LookBackForm(StepForm):
    """What became of the assistance."""

    measures = FieldList(FormField(MeasurePart), max_entries=len(AssistanceType))
    remark = TextAreaField(_l("What else you would like to say (optional)"), render_kw={"rows": 4})

    def ask(self, types: Iterable[AssistanceType]) -> None:
        """Ask for each of `types`, unless the form was posted."""
        if not self.is_submitted():
            for one in types:
                self.measures.append_entry({"type": one.value})

    def values(self) -> dict[str, Any]:
        """Return the answers; a field that was not shown was not answered."""
        return {**super().values(), "measures": [answer_of(entry) for entry in self.measures]}
