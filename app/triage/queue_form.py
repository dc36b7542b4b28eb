"""The filter panel of the queue: a form that is sent by GET and ends in the address."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from sqlalchemy.orm import Session
from wtforms import Form, SearchField, SelectField, SelectMultipleField

from app.casework.texts import TYPE_TEXTS, state_text
from app.foundation.errors import FieldError
from app.foundation.fields import choice
from app.foundation.forms import sentence
from app.foundation.i18n import current_locale
from app.reference.states import state_choices
from app.reference.texts import REGIONAL_GROUPS
from app.triage.queue_query import ENDLESS, SEARCH_LENGTH, Due, Origin, QueueQuery, entered
from app.workflow.vocabulary import State

DUE_TEXTS = {
    Due.OVERDUE: _l("Overdue"),
    Due.WEEK: _l("In the next 7 days"),
    Due.MONTH: _l("In the next 30 days"),
    Due.NONE: _l("Without a date"),
}
ORIGIN_TEXTS = {
    Origin.REAL: _l("Member States and observers"),
    Origin.DEMO: _l("Invented States of the demo"),
}


class FilterForm(Form):
    """The filters. What is allowed stands in `QueueQuery`; here are labels and choices."""

    q = SearchField(
        _l("Search"),
        description=_l("Number or its end, words of the title, State, officer or contact"),
        render_kw={"maxlength": SEARCH_LENGTH},
    )
    states = SelectMultipleField(_l("Status"), validate_choice=False)
    group = SelectField(_l("Regional group"), validate_choice=False)
    member_state = SelectField(_l("State"), validate_choice=False, render_kw={"translate": "no"})
    type = SelectField(_l("Type of assistance"), validate_choice=False)
    due = SelectField(_l("Due"), validate_choice=False)
    origin = SelectField(_l("Kind of State"), validate_choice=False)

    def offer(self, session: Session, query: QueueQuery, *, demo: bool) -> None:
        """Fill the lists: the States from memory, the states of the view; `demo` adds the invented States."""
        words = str(current_locale())
        self.states.choices = _choices({state: state_text(state) for state in State if state in query.holds})
        self.group.choices = [choice("", _("All groups")), *_choices(REGIONAL_GROUPS)]
        self.member_state.choices = [
            choice("", _("All States")),
            *_choices(dict(state_choices(session, words, include_demo=demo))),
        ]
        self.type.choices = [choice("", _("All types")), *_choices(TYPE_TEXTS)]
        self.due.choices = [choice("", _("Any time")), *_choices(DUE_TEXTS)]
        self.origin.choices = [choice("", _("All")), *_choices(ORIGIN_TEXTS)]
        if len(query.holds) == 1:
            del self.states
        if query.view in ENDLESS:
            del self.due
        if not demo:
            del self.origin

    def place(self, problem: ValidationError) -> None:
        """Put each error beside its field; what has none stands at the top."""
        for error in problem.errors():
            name = str(error["loc"][0])
            field = self._fields.get(name)
            message = sentence(FieldError(name, error["type"], error.get("ctx") or {}))
            if field is None:
                self.form_errors = [*self.form_errors, message]
            else:
                field.errors = [message]


def _choices(words: Mapping[Any, Any]) -> list[Any]:
    return [choice(str(code), name) for code, name in words.items()]


def read(args: Any) -> tuple[FilterForm, QueueQuery, bool]:
    """Return the form, what it asks for, and whether all of it could be understood.

    Args:
        args: the address's parameters (a Werkzeug MultiDict).
    """
    form = FilterForm(args)
    given = entered(args, args.getlist("states"))
    try:
        return form, QueueQuery.model_validate(given), True
    except ValidationError as problem:
        form.place(problem)
        wrong = {error["loc"][0] for error in problem.errors()}
        rest = {name: value for name, value in given.items() if name not in wrong}
        return form, QueueQuery.model_validate(rest), False
