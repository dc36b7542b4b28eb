"""How dates, numbers and people's own words are shown: Jinja filters and globals.

Dates are UTC and say so, inside `<time>`; digits are Western in every language; names and references are isolated in
`<bdi>`; what a person wrote is plain text, marked `data-content` so that tests can tell it from the interface's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from babel import Locale
from babel.dates import DateTimePattern, parse_pattern
from babel.dates import get_date_format as babel_date_format
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_precision
from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from app.foundation import clock
from app.foundation.i18n import current_locale

#: Skeletons of Unicode CLDR for the short forms; the long form is the locale's own.
_SHORT: Final = "MMMd"
_UNITS: Final = ("kB", "MB", "GB")
_KILO: Final = 1000
_END_OF_NAME: Final = Markup("</bdi>")
_BLANK_LINE: Final = re.compile(r"\n\s*\n")
#: Characters that reorder what stands around them; shown as a mark instead of obeyed.
BIDI_CONTROLS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


#: The United Nations write "20 November 2026" in English; CLDR's bare `en` is that of the United States.
_PATTERNS_OF: Final = {"en": Locale("en", "GB")}


@lru_cache(maxsize=64)
def _pattern(locale: Locale, kind: str) -> DateTimePattern:
    locale = _PATTERNS_OF.get(str(locale), locale)
    if kind == "long":
        return babel_date_format("long", locale=locale)
    if kind == "short":
        return parse_pattern(locale.datetime_skeletons[_SHORT])
    return parse_pattern(kind)


@lru_cache(maxsize=8192)
def _day(value: date, locale: Locale, kind: str) -> str:
    return _pattern(locale, kind).apply(value, locale)


def date_text(value: date, kind: str = "long") -> str:
    """Return a calendar day in words, without markup, such as "20 November 2026"."""
    return _day(value, current_locale(), kind)


def moment_text(value: datetime) -> str:
    """Return an instant in words, without markup, such as "20 November 2026, 09:12 UTC".

    Raises:
        ValueError: `value` has no time zone.
    """
    instant = _utc(value)
    return str(_("%(date)s, %(time)s UTC", date=date_text(instant.date()), time=instant.strftime("%H:%M")))


def date_filter(value: date | None, kind: str = "long") -> Markup:
    """Return a day inside `<time>`; an instant gives its day in UTC; nothing for None."""
    if value is None:
        return Markup("")
    day = _utc(value).date() if isinstance(value, datetime) else value
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), date_text(day, kind))


def short_date_filter(value: date | None) -> Markup:
    """Return a day without its year inside `<time>`, such as "20 Nov", for dense lists; the year when not this one."""
    if value is None:
        return Markup("")
    day = _utc(value).date() if isinstance(value, datetime) else value
    return _short_day(day, current_locale(), day.year == clock.now().year)


@lru_cache(maxsize=8192)
def _short_day(day: date, locale: Locale, this_year: bool) -> Markup:
    if not this_year:
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), _day(day, locale, "dd.MM.y"))
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        day.isoformat(), _day(day, locale, "long"), _day(day, locale, "short")
    )


def moment_filter(value: datetime | None) -> Markup:
    """Return an instant with UTC inside `<time>`; nothing for None."""
    if value is None:
        return Markup("")
    machine = _utc(value).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}">{}</time>').format(machine, moment_text(value))


def date_range(start: date, end: date) -> Markup:
    """Return a range of days in words: a dash between dates is read as a minus in Arabic."""
    if start == end:
        return date_filter(start)
    return escape(_("%(start)s to %(end)s")) % {"start": date_filter(start), "end": date_filter(end)}


def bdi(value: object) -> Markup:
    """Isolate a name, reference or address, whatever its direction."""
    return Markup("<bdi>{}</bdi>").format("" if value is None else visible(str(value)))


def number(value: float, digits: int | None = None) -> str:
    """Return a number with the language's separators and Western digits.

    Args:
        value: the number.
        digits: decimal places; as many as needed, up to three, when None.
    """
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, pattern, locale=current_locale(), numbering_system="latn"))


def money(minor: int, currency: str) -> Markup:
    """Return an amount with its currency's code, such as "USD 2,500.00".

    Args:
        minor: minor units of the currency (cents).
        currency: ISO 4217.
    """
    return Markup('<bdi class="ref">{}</bdi>').format(money_text(minor, currency))


def money_text(minor: int, currency: str) -> str:
    """Return the same without markup, for sentences that are text."""
    digits = get_currency_precision(currency)
    return f"{currency} {number(minor / 10**digits, digits)}"


def file_size(octets: int) -> str:
    """Return a file's size in words, such as "214 kB" (1 kB = 1000 octets)."""
    if octets < _KILO:
        return str(ngettext("%(num)s byte", "%(num)s bytes", octets))
    size, unit = octets / _KILO, _UNITS[0]
    for larger in _UNITS[1:]:
        if size >= _KILO:
            size, unit = size / _KILO, larger
    return str(_("%(size)s %(unit)s", size=number(size, 0 if size >= 10 else 1), unit=unit))


def listed(words: Iterable[object]) -> str:
    """Return words as a list in the reader's language, such as "Arabic, English and French"; none are an empty text."""
    locale = current_locale()
    return format_list([str(word) for word in words], locale=_PATTERNS_OF.get(str(locale), locale))


def plain_text(value: str | None, lang: str | None = None) -> Markup:
    """Return what a person wrote as paragraphs of plain text with its own direction and, if known, language."""
    text = visible((value or "").strip().replace("\r\n", "\n"))
    tongue = Markup(' lang="{}"').format(lang) if lang else ""
    paragraphs = Markup("").join(
        Markup('<p dir="auto">{}</p>').format(Markup("<br>").join(part.strip("\n").split("\n")))
        for part in _BLANK_LINE.split(text)
    )
    return Markup('<div class="own-words" data-content{}>{}</div>').format(tongue, paragraphs)


def one_line(value: str | None, lang: str | None = None) -> Markup:
    """Return a short text that a person wrote (a title) with its own direction and, if known, language."""
    # put together, not formatted: lists have one in each row
    return _own_words_in(lang) + escape(visible(value or "")) + _END_OF_NAME


@lru_cache(maxsize=64)
def _own_words_in(lang: str | None) -> Markup:
    tongue = Markup(' lang="{}"').format(lang) if lang else ""
    return Markup("<bdi data-content{}>").format(tongue)


def init_formatting(app: Flask) -> None:
    """Register filters and globals on `app`; of all text that its templates print, controls are shown, not obeyed."""
    app.jinja_env.finalize = printed
    app.jinja_env.filters.update(
        date=date_filter,
        short_date=short_date_filter,
        moment=moment_filter,
        bdi=bdi,
        number=number,
        money=money,
        file_size=file_size,
        listed=listed,
        plain_text=plain_text,
        one_line=one_line,
        as_typed=as_typed,
    )
    app.jinja_env.globals.update(date_range=date_range, now=clock.now)


def visible(text: str) -> str:
    """Return `text` with each bidirectional control as a visible mark."""
    return text if text.isascii() else BIDI_CONTROLS.sub("\ufffd", text)


def printed(value: Any) -> Any:
    """Return what a template prints: in text the controls are shown; markup was made of such text already."""
    return visible(value) if type(value) is str else value


def as_typed(value: str | None) -> Markup:
    """Return a text as it stands in an input, unchanged: whoever saves the form saves it again."""
    return escape(value or "")


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC)
