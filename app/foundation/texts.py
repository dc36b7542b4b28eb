"""Codes become sentences here, and only here.

Errors, refusals, history and messages carry a code and parameters. Each layer registers the table of its codes; a test
demands that every code has a sentence whose placeholders its parameters fill.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.foundation.formatting import number

_TABLE: dict[str, LazyString] = {}
#: Parameters that are the largest number allowed, from which size on they are read with separators: a year is below.
_LIMITS: Final = {"most": 1_000, "max_length": 1_000, "le": 10_000}


class UnknownCode(KeyError):
    """A code without a sentence."""


def register_texts(table: Mapping[str, LazyString]) -> None:
    """Add the sentences of one layer.

    Raises:
        ValueError: a code has a sentence already; two layers may not argue about words.
    """
    if twice := {code for code in table if code in _TABLE and _TABLE[code] is not table[code]}:
        raise ValueError(f"codes registered twice: {sorted(twice)}")
    _TABLE.update(table)


def text(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Return the sentence of `code` in the reader's language.

    Raises:
        UnknownCode: no layer registered it.
    """
    if code not in _TABLE:
        raise UnknownCode(code)
    sentence = str(_TABLE[code])
    return sentence % {name: _read(name, value) for name, value in params.items()} if params else sentence


def _read(name: str, value: Any) -> Any:
    """Return a limit as a number of the reader's language, anything else as it is."""
    counted = isinstance(value, int) and name in _LIMITS and value >= _LIMITS[name]
    return number(value) if counted else value


def known_codes() -> frozenset[str]:
    """Return every registered code."""
    return frozenset(_TABLE)


#: What pydantic finds wrong with one field, by its error type. Messages say how to mend, not what is invalid.
FIELD_TEXTS: dict[str, LazyString] = {
    "missing": _l("Enter an answer"),
    "string_too_short": _l("Enter an answer"),
    "string_too_long": _l("Use at most %(max_length)s characters"),
    "string_type": _l("Enter text"),
    "value_error": _l("Check this answer"),
    "enum": _l("Choose one of the answers in the list"),
    "literal_error": _l("Choose one of the answers in the list"),
    "too_short": _l("Choose at least one"),
    "too_long": _l("Choose at most %(max_length)s"),
    "int_parsing": _l("Enter a whole number"),
    "int_type": _l("Enter a whole number"),
    "greater_than_equal": _l("Enter %(ge)s or more"),
    "less_than_equal": _l("Enter %(le)s or less"),
    "bool_parsing": _l("Choose yes or no"),
    "bool_type": _l("Choose yes or no"),
    "date_from_datetime_parsing": _l("Enter a real date, for example 15 3 2027"),
    "date_parsing": _l("Enter a real date, for example 15 3 2027"),
    "email": _l("Enter an e-mail address, for example name@example.org"),
    "not_offered": _l("Choose one of the answers in the list"),
    "control_characters": _l("Remove the characters that cannot be shown"),
    "too_many_fields": _l("Too much was sent at once. Send it in smaller parts"),
}
register_texts(FIELD_TEXTS)
