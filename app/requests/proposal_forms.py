"""The form in which a draft is proposed to a State: labels and widgets. The rules are `casework.content`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField

from app.casework.content.labels import FIELD_LABELS as LABELS
from app.casework.content.tasks import Language
from app.casework.content.words import LANGUAGES, TYPE_HINTS
from app.casework.texts import TYPE_TEXTS
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.workflow.vocabulary import AssistanceType


class ProposeForm(CommandForm):
    """What is proposed to which State, and why."""

    state = SelectField(_l("State"), validate_choice=False, render_kw={"translate": "no"})
    language = SelectField(
        _l("Language of the draft"),
        description=_l("Best the language in which the State corresponds with us."),
        choices=[choice(code.value, label) for code, label in LANGUAGES.items()],
        default=Language.EN.value,
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Why you propose it"), description=_l("The State reads this above the draft."), render_kw={"rows": 3}
    )
    title = StringField(LABELS["need.title"])
    types = SelectMultipleField(
        LABELS["need.types"],
        description=_l("Choose everything that applies."),
        choices=[
            choice(code.value, label, TYPE_HINTS[code])
            for code, label in TYPE_TEXTS.items()
            # Only the State asks for a follow-up (3).
            if code is not AssistanceType.FOLLOW_UP
        ],
        validate_choice=False,
    )
    problem = TextAreaField(
        LABELS["need.problem"],
        description=_l("As you understand it. Do not write about single cases or persons."),
        render_kw={"rows": 8},
    )
    cted_recommendation = TextAreaField(
        LABELS["need.cted_recommendation"],
        description=_l("If there is one: which document and paragraph"),
        render_kw={"rows": 2},
    )

    def offer(self, states: Iterable[tuple[str, str]]) -> None:
        """Fill the list of States with (code, name)."""
        self.state.choices = [choice("", _("Choose a State")), *(choice(code, name) for code, name in states)]

    def values(self) -> dict[str, Any]:
        """Return what `ProposeRequest` takes."""
        need = (self.title, self.types, self.problem, self.cted_recommendation)
        said = {field.name: field.data for field in (self.state, self.language, self.reason)}
        return {**said, "answers": {field.name: field.data for field in need}}
