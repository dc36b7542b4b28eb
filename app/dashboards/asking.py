"""What somebody asked of the dashboard: a period and filters. All of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session
from wtforms import Form, SelectField

from app.casework.content.fields import empty_is_none
from app.casework.texts import TYPE_TEXTS
from app.foundation.clock import now
from app.foundation.errors import FieldError
from app.foundation.fields import DateThree, choice
from app.foundation.forms import sentence
from app.foundation.i18n import current_locale
from app.foundation.texts import register_texts
from app.reference.states import state_choices
from app.reference.texts import REGIONAL_GROUPS
from app.reference.vocabulary import RegionalGroup
from app.workflow.vocabulary import AssistanceType
from app.workflow.workdays import ONE_DAY, add_months

#: The resolution was adopted in this year; the service has no request from before.
EARLIEST: Final = date(2005, 1, 1)
LATEST: Final = date(2100, 1, 1)
_DAYS: Final = ("since", "until")

register_texts(
    {
        "period_order": _l("The period ends before it begins. Check both days"),
        "period_day": _l("Choose a day between 1 January 2005 and 1 January 2100"),
        "dashboard_choice": _l("Choose one of the list"),
    }
)


class Origin(StrEnum):
    """Which States count: invented ones never stand among real ones."""

    REAL = "real"
    DEMO = "demo"


ORIGIN_TEXTS: Final = {Origin.REAL: _l("Member States and observers"), Origin.DEMO: _l("Invented States of the demo")}


def _in_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError("period_day", "out of range")
    return day


def _state_code(code: str) -> str:
    if len(code) != 3 or not code.isascii() or not code.isupper():
        raise PydanticCustomError("dashboard_choice", "no such State")
    return code


def _one_of(words: type[StrEnum]) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value not in (None, "") and value not in set(words):
            raise PydanticCustomError("dashboard_choice", "not in the list")
        return empty_is_none(value)

    return BeforeValidator(check)


class Asked(BaseModel):
    """A period [since, until) in UTC, and filters.

    Attributes:
        group: regional group of the State that filed.
        type: of assistance that the request asks for, possibly among others.
        member_state: its code of three letters.
        origin: real or invented States.
    """

    model_config = ConfigDict(frozen=True)

    since: Annotated[date, AfterValidator(_in_range)]
    until: Annotated[date, AfterValidator(_in_range)]
    group: Annotated[RegionalGroup | None, _one_of(RegionalGroup)] = None
    type: Annotated[AssistanceType | None, _one_of(AssistanceType)] = None
    member_state: Annotated[str, AfterValidator(_state_code)] | None = None
    origin: Annotated[Origin, _one_of(Origin)] = Origin.REAL

    @model_validator(mode="after")
    def _ends_after_start(self) -> Asked:
        if self.until <= self.since:
            raise PydanticCustomError("period_order", "ends before it begins")
        return self

    @property
    def begins(self) -> datetime:
        """The first instant of the period."""
        return datetime.combine(self.since, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.until, time(), UTC)

    def address(self, **more: Any) -> dict[str, Any]:
        """Return the parameters of the address that asks this, with `more`."""
        given: dict[str, Any] = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        given |= {name: str(value) for name in ("group", "type", "member_state") if (value := getattr(self, name))}
        return {**given, "origin": self.origin.value, **more}


A = TypeVar("A", bound=Asked)


class PeriodForm(Form):
    """A period and a State."""

    since = DateThree(_l("From"))
    until = DateThree(_l("Until, this day not counted"))
    member_state = SelectField(_l("State"), validate_choice=False, render_kw={"translate": "no"})

    #: Codes of the States that are offered.
    codes: frozenset[str] = frozenset()
    #: Fields besides the two days.
    plain: tuple[str, ...] = ("member_state",)

    def offer(self, session: Session, *, demo: bool) -> None:
        """Fill the list of States from memory; `demo` adds the invented ones."""
        states = dict(state_choices(session, str(current_locale()), include_demo=demo))
        self.codes = frozenset(states)
        self.member_state.choices = [choice("", _("All States")), *_choices(states)]


F = TypeVar("F", bound=PeriodForm)


class AskForm(PeriodForm):
    """Period and filters; what is allowed stands in `Asked`."""

    group = SelectField(_l("Regional group"), validate_choice=False)
    type = SelectField(_l("Type of assistance"), validate_choice=False)
    origin = SelectField(_l("Kind of State"), validate_choice=False)
    plain = ("group", "type", "member_state", "origin")

    def offer(self, session: Session, *, demo: bool) -> None:
        """Fill the lists."""
        super().offer(session, demo=demo)
        self.group.choices = [choice("", _("All groups")), *_choices(REGIONAL_GROUPS)]
        self.type.choices = [choice("", _("All types")), *_choices(TYPE_TEXTS)]
        self.origin.choices = _choices(ORIGIN_TEXTS)
        if not demo:
            del self.origin


def _choices(words: Mapping[Any, Any]) -> list[Any]:
    return [choice(str(code), name) for code, name in words.items()]


def default_period() -> dict[str, date]:
    """Return the last twelve months, today among them (UTC)."""
    until = now().date() + ONE_DAY
    return {"since": add_months(until, -12), "until": until}


def first_asked(*, demo: bool) -> Asked:
    """Return what is asked for when the address says nothing; `demo` says that invented States are shown."""
    return Asked.model_validate({**default_period(), "origin": Origin.DEMO if demo else Origin.REAL})


def read(session: Session, args: Any, *, demo: bool) -> tuple[AskForm, Asked, bool]:
    """Return the form of the dashboard, what it asks for, and whether all of it could be understood; see `read_as`."""
    return read_as(AskForm, Asked, session, args, demo=demo)


def read_as(form_type: type[F], asked_type: type[A], session: Session, args: Any, *, demo: bool) -> tuple[F, A, bool]:
    """Return the form, what it asks for, and whether all of it could be understood.

    Args:
        session: for the names of the States.
        args: the address's parameters (a Werkzeug MultiDict): days as `since` and `until` (2026-01-01), or in the three
            inputs of the form.
        demo: whether invented States are shown; then they are what is asked for unless said otherwise.
    """
    typed = any(args.get(f"{name}-{part}") for name in _DAYS for part in ("day", "month", "year"))
    given: dict[str, Any] = {**default_period(), "origin": Origin.DEMO if demo else Origin.REAL}
    plain = {name: args[name] for name in form_type.plain if args.get(name)}
    form = form_type(args if typed else None, data={**given, **plain})
    form.offer(session, demo=demo)
    if plain.get("member_state") not in {None, *form.codes}:
        plain["member_state"] = "?"
    wrong = _read_days(form, args, given, typed=typed)
    asked, more = _checked(asked_type, given | plain, given)
    for name, message in more.items():
        form[name].errors = [message]
    if not typed:
        form.since.process(None, asked.since)
        form.until.process(None, asked.until)
        for name in set(more) & set(_DAYS):
            form[name].errors = [more[name]]
    return form, asked, not (wrong or more)


def _read_days(form: PeriodForm, args: Any, given: dict[str, Any], *, typed: bool) -> bool:
    """Put the days that were asked for into `given`; tells whether one could not be read."""
    wrong = False
    for name in _DAYS:
        if not typed:
            given |= {name: args[name]} if args.get(name) else {}
        elif form[name].process_errors:
            form[name].errors, wrong = list(form[name].process_errors), True
        elif form[name].data is not None:
            given[name] = form[name].data
    return wrong


def _checked(asked_type: type[A], given: dict[str, Any], fallback: dict[str, Any]) -> tuple[A, dict[str, str]]:
    """Return what is asked without what is wrong in it, and the messages by field."""
    try:
        return asked_type.model_validate(given), {}
    except ValidationError as problem:
        wrong = {
            str(error["loc"][0]) if error["loc"] else "until": sentence(FieldError("", error["type"]))
            for error in problem.errors()
        }
    days = default_period() if set(wrong) & set(_DAYS) else {}
    rest = {name: value for name, value in given.items() if name not in wrong}
    return asked_type.model_validate({"origin": fallback["origin"], **rest, **days}), wrong
