"""What somebody asked of the matrix: which States, and which day. All of it stands in the address."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session
from wtforms import Form, SearchField, SelectField

from app.foundation.clock import now
from app.foundation.errors import FieldError
from app.foundation.fields import DateThree, choice
from app.foundation.forms import sentence
from app.foundation.texts import register_texts
from app.reference.states import StateInfo, state_by_id
from app.reference.texts import REGIONAL_GROUPS, STATE_STATUSES
from app.reference.vocabulary import RegionalGroup, StateStatus
from app.workflow.actor import Actor

#: The Charter entered into force on this day; no treaty of the United Nations is older.
EARLIEST = date(1945, 10, 24)
ALL = "all"
OBSERVERS = StateStatus.OBSERVER.value
DEMO = StateStatus.DEMO.value
_PARTS = ("on-day", "on-month", "on-year")

register_texts(
    {
        "day_ahead": _l("Choose today or a day before: what comes is not known"),
        "day_too_early": _l("Choose a day from 24 October 1945 on"),
        "unknown_group": _l("Choose one of the groups in the list"),
    }
)


def _past(day: date) -> date:
    if day > now().date():
        raise PydanticCustomError("day_ahead", "lies ahead")
    if day < EARLIEST:
        raise PydanticCustomError("day_too_early", "before the Charter")
    return day


def _known_group(group: str) -> str:
    if group not in {ALL, OBSERVERS, DEMO, *RegionalGroup}:
        raise PydanticCustomError("unknown_group", "no such group")
    return group


class MatrixQuery(BaseModel):
    """Which States, and which day; `on` None is the latest that is known."""

    model_config = ConfigDict(frozen=True)

    group: Annotated[str, AfterValidator(_known_group)]
    on: Annotated[date, AfterValidator(_past)] | None = None

    def holds(self, state: StateInfo) -> bool:
        """Whether `state` is among the States asked for; invented ones never stand among real ones."""
        if self.group == ALL:
            return state.status is StateStatus.MEMBER
        if self.group in {OBSERVERS, DEMO}:
            return state.status == self.group
        return state.status is StateStatus.MEMBER and state.regional_group == self.group

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of the address that shows this, with `changes`."""
        asked = self.model_copy(update=changes)
        return {"group": asked.group} | ({"on": asked.on.isoformat()} if asked.on else {})


class MatrixForm(Form):
    """Group and day; what is allowed stands in `MatrixQuery`."""

    group = SelectField(_l("States"), validate_choice=False)
    on = DateThree(_l("As known on this day"), description=_l("Leave empty for the latest that is known"))

    def offer(self, *, demo: bool) -> None:
        """Fill the list of groups; `demo` adds the invented States."""
        self.group.choices = [
            *(choice(group.value, name) for group, name in REGIONAL_GROUPS.items()),
            choice(ALL, _("All 193 Member States")),
            choice(OBSERVERS, STATE_STATUSES[StateStatus.OBSERVER]),
            *([choice(DEMO, STATE_STATUSES[StateStatus.DEMO])] if demo else []),
        ]


class SearchForm(Form):
    """Part of a State's name, or its code."""

    q = SearchField(_l("Name or code"), description=_l("In any of the six languages"), render_kw={"maxlength": 80})

    @property
    def wanted(self) -> str:
        """What is looked for: no name is longer than what is kept of it."""
        return (self.q.data or "")[:80].strip()


def day_of(text: str | None) -> date | None:
    """Return the past day that an address names as 2005-07-22; None for anything else, which asks for the latest."""
    try:
        return _past(date.fromisoformat(text or ""))
    except (ValueError, PydanticCustomError):
        return None


def own_group(session: Session, actor: Actor, *, demo: bool) -> str:
    """Return the group that a reader sees first: that of their State, else the first one.

    The people of an invented State see the invented ones where `demo` shows them.
    """
    if actor.state_id is None:
        return RegionalGroup.AFRICAN.value
    state = state_by_id(session, actor.state_id)
    if state.regional_group is None or (state.is_demo and demo):
        return state.status.value
    return state.regional_group.value


def read(args: Any, *, default_group: str, demo: bool) -> tuple[MatrixForm, MatrixQuery, bool]:
    """Return the form, what it asks for, and whether all of it could be understood.

    Args:
        args: the address's parameters (a Werkzeug MultiDict): `group`, and a day as `on` (2005-07-22) or in the three
            inputs of the form.
        default_group: shown when no group is asked for.
        demo: whether invented States may be asked for.
    """
    typed = any(args.get(part) for part in _PARTS)
    given: dict[str, Any] = {"group": args.get("group") or default_group}
    form = MatrixForm(args if typed else None, data=given)
    form.offer(demo=demo)
    if not typed and args.get("on"):
        given["on"] = args["on"]
    elif typed and form.on.data is not None:
        given["on"] = form.on.data
    understood = not (typed and form.on.process_errors)
    if not understood:
        form.on.errors = list(form.on.process_errors)
    if given["group"] == DEMO and not demo:
        given["group"] = ""
    query, wrong = _checked(given, default_group)
    for name, message in wrong.items():
        form[name].errors = [message]
    if query.on is not None and not typed:
        form.on.process(None, query.on)
    form.group.data = query.group
    return form, query, understood and not wrong


def _checked(given: dict[str, Any], default_group: str) -> tuple[MatrixQuery, dict[str, str]]:
    """Return the query without what is wrong in it, and the messages by field."""
    try:
        return MatrixQuery.model_validate(given), {}
    except ValidationError as problem:
        wrong = {str(error["loc"][0]): sentence(FieldError("", error["type"])) for error in problem.errors()}
        rest = {name: value for name, value in given.items() if name not in wrong}
        return MatrixQuery.model_validate({"group": default_group, **rest}), wrong
