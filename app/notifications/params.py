"""What a message may carry: numbers, keys and dates, never a text, a name or a title (security.md, Outbox)."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

_NUMBER = re.compile(r"[A-Z]{2,5}-\d{4}-\d{4,7}")
_KEY = re.compile(r"[0-9a-hjkmnp-tv-z]{12}")


class UnsafeParameter(ValueError):
    """Somebody tried to put into a message what may not leave the product by mail."""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], str | None]:
    return lambda value: str(value) if isinstance(value, str) and pattern.fullmatch(value) else None


def _instant_or_day(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo is not None else None
    if isinstance(value, date):
        return value.isoformat()
    try:
        return value if parse_when(value) is not None else None
    except (TypeError, ValueError):
        return None


def parse_when(value: str) -> date | datetime:
    """Return the day or the instant that was stored as ISO 8601.

    Raises:
        ValueError: it is neither, or an instant without time zone.
    """
    if "T" not in value:
        return date.fromisoformat(value)
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant


#: The only keys, each with what its value may look like.
ALLOWED: dict[str, Callable[[Any], Any]] = {
    "number": _matches(_NUMBER),
    "key": _matches(_KEY),
    "id": _count,
    "count": _count,
    "days": _count,
    "minutes": _count,
    "due": _instant_or_day,
    "date": _instant_or_day,
    "until": _instant_or_day,
}
WHEN = frozenset({"due", "date", "until"})


def checked_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return `params` as they are stored: days and instants in ISO 8601.

    Raises:
        UnsafeParameter: a key is not on the list, or its value is not of the form that the list demands.
    """
    stored: dict[str, Any] = {}
    for name, value in params.items():
        safe = ALLOWED[name](value) if name in ALLOWED else None
        if safe is None:
            raise UnsafeParameter(name)
        stored[name] = safe
    return stored


def is_case_key(value: str) -> bool:
    """Tell whether `value` has the form of a public key."""
    return _KEY.fullmatch(value) is not None
