"""Forms of activities and recommendations: labels and widgets; the rules stand in the commands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from app.casework.content.detail_words import PROFESSIONS
from app.casework.forms.kinds import CHOOSE, AnswerDate, RowPart, Rows, Whole, answer_of, chosen
from app.casework.steps import StepForm
from app.delivery.activities.commands import AUDIENCES
from app.delivery.activities.texts import GENDER_TEXTS, READER_TEXTS
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.fields import choice
from app.workflow.vocabulary import Audience

#: Name of the button that adds a row; its value is the name of the list.
ADD = "add"
#: Name of the button that says that nothing is recommended.
NONE = "none"
_STATUS = {
    RecommendationStatus.OPEN: _l("Still open"),
    RecommendationStatus.DONE: _l("Done"),
    RecommendationStatus.DROPPED: _l("Given up"),
}


class BeginForm(StepForm):
    """Which activity began, and when."""

    activity = SelectField(_l("Activity"), validate_choice=False, render_kw={"data_content": True})
    began_on = AnswerDate(_l("It began on"), description=_l("For example 15 3 2027"))

    def offer(self, activities: Iterable[tuple[str, str]], preferred: str | None) -> None:
        """Offer the activities that have not begun, by key and title; `preferred` comes chosen."""
        self.activity.choices = [choice(key, title) for key, title in activities]
        if not self.is_submitted() and preferred:
            self.activity.data = preferred


class HoldForm(StepForm):
    """From when until when an activity was held, and what came of it."""

    began_on = AnswerDate(_l("First day"), description=_l("For example 15 3 2027"))
    ended_on = AnswerDate(_l("Last day"))
    outcome = TextAreaField(
        _l("What came of it"),
        description=_l("In words that the State will read when it confirms the delivery."),
        render_kw={"rows": 6},
    )


class NoteForm(StepForm):
    """One line of the log."""

    happened_on = AnswerDate(_l("Day"))
    text = TextAreaField(_l("What happened"), render_kw={"rows": 3})
    audience = RadioField(
        _l("Who reads it"),
        choices=[choice(one.value, READER_TEXTS[one]) for one in AUDIENCES],
        default=Audience.TPB_ONLY.value,
        validate_choice=False,
    )


class CountPart(RowPart):
    """One group of participants."""

    state = SelectField(_l("State"), validate_choice=False, choices=[], render_kw={"data_content": True})
    profession = SelectField(_l("Profession"), choices=[CHOOSE, *chosen(PROFESSIONS)], validate_choice=False)
    gender = SelectField(_l("Gender"), choices=[CHOOSE, *chosen(GENDER_TEXTS)], validate_choice=False)
    number = Whole(_l("How many"), render_kw={"inputmode": "numeric"})

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered beside the State, which may come chosen."""
        return not any(self[name].data for name in ("profession", "gender", "number"))


class CountForm(StepForm):
    """How many people came."""

    rows = Rows(CountPart, _l("Group"), _l("Participants"), add_label=_l("Add another group"))
    nobody = BooleanField(_l("Nobody was to be counted, for example because texts were delivered"))

    def offer(self, states: Iterable[tuple[str, str]]) -> None:
        """Offer the States from which people can have come, by code and name."""
        offered = [choice("", _l("Not noted")), *(choice(code, name) for code, name in states)]
        for row in self.rows:
            row.form.state.choices = offered

    def settle(self, add: str | None) -> None:
        """Leave out rows that are empty or to be removed; add one on demand."""
        self.rows.settle(add=add == self.rows.name)

    def values(self) -> dict[str, Any]:
        """Return what was entered, rows without those that are empty."""
        rows = [answer_of(row) for row in self.rows if not row.form.is_empty]
        return {**super().values(), "rows": rows}


class CorrectForm(CountForm):
    """How many people came, once the delivery was reported."""

    activity = HiddenField()
    reason = TextAreaField(_l("Why the numbers change"), description=_l("The State reads it."), render_kw={"rows": 3})


class ReportForm(StepForm):
    """What is said with the report."""

    remark = TextAreaField(_l("Remark to the State (optional)"), render_kw={"rows": 3})


class RecommendForm(StepForm):
    """One recommendation."""

    text = TextAreaField(_l("What should be done"), render_kw={"rows": 4})
    owner = StringField(
        _l("Who does it"), description=_l("An authority or office. Needed before the request is closed.")
    )
    due_on = AnswerDate(_l("Until when"), description=_l("Needed before the request is closed."))

    def values(self) -> dict[str, Any]:
        """Return what was entered, and whether the button said that nothing is recommended."""
        return {**super().values(), "none": NONE in request.form}


class FollowForm(StepForm):
    """What became of one recommendation."""

    recommendation = SelectField(_l("Recommendation"), validate_choice=False, render_kw={"data_content": True})
    status = RadioField(_l("Where does it stand?"), choices=chosen(_STATUS), validate_choice=False)
    owner = StringField(_l("Who has it (optional)"), description=_l("Leave it empty if nothing changes."))
    due_on = AnswerDate(_l("Until when (optional)"), description=_l("Leave it empty if nothing changes."))
    note = TextAreaField(_l("What was done (optional)"), render_kw={"rows": 3})

    def offer(self, recommendations: Iterable[tuple[str, str]], preferred: str | None) -> None:
        """Offer what was recommended, by key and text; `preferred` comes chosen."""
        self.recommendation.choices = [choice(key, text) for key, text in recommendations]
        if not self.is_submitted() and preferred:
            self.recommendation.data = preferred
