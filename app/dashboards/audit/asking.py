"""What the auditor asks of the histories: a period, who, what, of which State and request; and the form for it."""

from __future__ import annotations

from typing import Annotated, Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session
from wtforms import SearchField, SelectField

from app.casework.texts import done_text
from app.dashboards.asking import Asked, PeriodForm, read_as
from app.foundation.fields import choice
from app.workflow.vocabulary import Action, Mark

#: Longest name and number in an address.
LONGEST: Final = 80
#: What histories hold.
KINDS: Final = (*Action, *Mark)
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST)]


def _known(code: str) -> str:
    if code and code not in set(KINDS):
        raise PydanticCustomError("dashboard_choice", "no such action")
    return code


class AskedHistory(Asked):
    """A period and what narrows the entries.

    Attributes:
        person: part of the name of who acted.
        action: code of a step, act or mark.
        number: of the request, or its end.
    """

    person: Short = ""
    action: Annotated[str, AfterValidator(_known)] = ""
    number: Short = ""

    def address(self, **more: Any) -> dict[str, Any]:
        """Return the parameters of the address that asks this, with `more`."""
        given = super().address()
        given.pop("origin")
        return given | {name: value for name in ("person", "action", "number") if (value := getattr(self, name))} | more


class HistoryForm(PeriodForm):
    """Period, State, who acted, what was done, and the request."""

    action = SelectField(_l("What was done"), validate_choice=False)
    person = SearchField(_l("Who acted"), description=_l("Part of the name"), render_kw={"maxlength": LONGEST})
    number = SearchField(
        _l("Request"), description=_l("Its number, or the end of it"), render_kw={"maxlength": LONGEST}
    )
    plain = ("member_state", "action", "person", "number")

    def offer(self, session: Session, *, demo: bool) -> None:
        """Fill the lists."""
        super().offer(session, demo=demo)
        self.action.choices = [choice("", _("Everything")), *(choice(code.value, done_text(code)) for code in KINDS)]


def read(session: Session, args: Any, *, demo: bool) -> tuple[HistoryForm, AskedHistory, bool]:
    """Return the form, what it asks for, and whether all of it could be understood; see `asking.read_as`."""
    return read_as(HistoryForm, AskedHistory, session, args, demo=demo)
