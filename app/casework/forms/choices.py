"""Options that come from reference data, in the reader's language; call them in a request."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.foundation import access
from app.foundation.db import read_session
from app.foundation.fields import choice
from app.foundation.formatting import one_line
from app.foundation.i18n import current_locale
from app.reference.states import all_states, instruments, state_by_id, state_choices
from app.reference.texts import REGIONAL_GROUPS
from app.reference.vocabulary import RegionalGroup

#: Currencies in which a contribution is valued, the United Nations' own first.
CURRENCIES = ("USD", "EUR", "CHF", "CNY", "GBP", "JPY")
_OTHER_STATES = _l("Other States")


def state_options_or_none() -> list[Any]:
    """Return "choose one", then every State by name."""
    return [choice("", _l("Choose one")), *(choice(code, name) for code, name in _named_states())]


def grouped_state_options() -> list[Any]:
    """Return every State by regional group, then name; a State without group stands last."""
    session = read_session()
    groups = {state.alpha3: state.regional_group for state in all_states(session, include_demo=True)}
    order = [*RegionalGroup, None]
    named = sorted(_named_states(), key=lambda one: order.index(groups[one[0]]))
    return [
        choice(code, one_line(name), group=REGIONAL_GROUPS[group] if (group := groups[code]) else _OTHER_STATES)
        for code, name in named
    ]


def instrument_options() -> list[Any]:
    """Return every instrument by its short name."""
    return [choice(one.code, one.short_name) for one in instruments(read_session())]


def currency_options() -> list[Any]:
    """Return the currencies by their codes."""
    return [choice(code, code) for code in CURRENCIES]


def _named_states() -> list[tuple[str, str]]:
    """Return (code, name) sorted by name; invented States only for the people of one, and for staff."""
    session, actor = read_session(), access.current_actor()
    own = actor.state_id if actor is not None else None
    demo = own is None or state_by_id(session, own).is_demo
    return state_choices(session, current_locale(), include_demo=demo)
