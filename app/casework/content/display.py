"""How one answer of a request is shown to a reader: own words isolated, codes in words, several as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from app.casework.content.words import YES_NO
from app.foundation.db import read_session
from app.foundation.formatting import date_filter, date_range, one_line, plain_text
from app.foundation.i18n import current_locale
from app.reference.states import all_states, instruments, state_name

Shown = Markup | str | None
#: Shows an answer, written in a language or None.
Show = Callable[[Any, str | None], Shown]


def line(value: Any, lang: str | None) -> Shown:
    """Show a line of somebody's own words."""
    return one_line(value, lang) if value else None


def name(value: Any, _lang: str | None) -> Shown:
    """Show a name or address, which belongs to no language."""
    return one_line(value) if value else None


def text(value: Any, lang: str | None) -> Shown:
    """Show paragraphs of somebody's own words."""
    return plain_text(value, lang) if value else None


def day(value: Any, _lang: str | None) -> Shown:
    """Show a day."""
    return date_filter(date.fromisoformat(value)) if value else None


def yes_no(value: Any, _lang: str | None) -> Shown:
    """Show yes or no."""
    return str(YES_NO[value]) if isinstance(value, bool) else None


def word_of(kind: Callable[[str], Any], words: Mapping[Any, LazyString], value: Any) -> str:
    """Return the word of a code; what is no code (typed, not yet checked) is shown as it was typed."""
    try:
        return str(words[kind(value)])
    except ValueError:
        return str(value)


def code(kind: Callable[[str], Any], words: Mapping[Any, LazyString]) -> Show:
    """Return what shows a code of `kind` by its word."""

    def show(value: Any, _lang: str | None) -> Shown:
        return word_of(kind, words, value) if value else None

    return show


def codes(kind: Callable[[str], Any], words: Mapping[Any, LazyString]) -> Show:
    """Return what shows several codes of `kind`."""

    def show(value: Any, _lang: str | None) -> Shown:
        return listed(escape(word_of(kind, words, one)) for one in value) if value else None

    return show


def rows(show_row: Callable[[Mapping[str, Any], str | None], Markup]) -> Show:
    """Return what shows the rows of a list, each by `show_row`."""

    def show(value: Any, lang: str | None) -> Shown:
        return listed(show_row(row, lang) for row in value) if value else None

    return show


def listed(items: Iterable[Markup]) -> Markup:
    """Return a list."""
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items))


def joined(*parts: object) -> Markup:
    """Return what is there of `parts` in one line."""
    return Markup(" · ").join(escape(part) for part in parts if part not in (None, ""))


def named(label: object, value: object) -> Markup | None:
    """Return "label: value"; None without a value."""
    if value in (None, ""):
        return None
    words = escape(_("%(label)s: %(value)s", label="\0", value="\1"))
    return words.replace("\0", escape(label)).replace("\1", escape(value))


def instrument(code_: Any) -> Markup:
    """Return the short name of an instrument; a code that is not known any more as it is."""
    known = {one.code: one.short_name for one in instruments(read_session())}
    return one_line(known.get(code_, str(code_)), "en" if code_ in known else None)


def instrument_list(value: Any, _lang: str | None) -> Shown:
    """Show instruments by their short names."""
    return listed(instrument(one) for one in value) if value else None


def state(value: Any, _lang: str | None) -> Shown:
    """Show a State by its name in the reader's language."""
    return one_line(_state_names().get(value, str(value))) if value else None


def states(value: Any, _lang: str | None) -> Shown:
    """Show States by their names."""
    known = _state_names() if value else {}
    return listed(one_line(known.get(one, str(one))) for one in value) if value else None


def window(value: Any, _lang: str | None) -> Shown:
    """Show from when to when, as far as it is known."""
    start, end = (
        date.fromisoformat(given) if (given := (value or {}).get(part)) else None for part in ("start", "end")
    )
    if start and end:
        return date_range(start, end)
    return date_filter(start or end) if start or end else None


def _state_names() -> dict[str, str]:
    locale = current_locale()
    return {one.alpha3: state_name(one, locale) for one in all_states(read_session(), include_demo=True)}
