"""Dates, numbers, names and people's own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask
from flask_babel import force_locale

from app.foundation import clock, formatting
from app.foundation.i18n import LOCALES, init_babel

AT = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
CODES = [language.code for language in LOCALES]


@pytest.fixture(autouse=True)
def _in_a_request() -> Iterator[None]:
    app = Flask(__name__, static_folder=None)
    init_babel(app)
    formatting.init_formatting(app)
    with app.test_request_context(), clock.frozen(AT):
        yield


def test_a_day() -> None:
    assert formatting.date_filter(DAY) == '<time datetime="2026-11-20">20 November 2026</time>'
    assert formatting.date_filter(None) == ""


def test_an_instant_says_utc_whatever_its_zone() -> None:
    vienna = AT.astimezone(timezone(timedelta(hours=1)))
    assert formatting.moment_filter(vienna) == (
        '<time datetime="2026-11-20T09:12:00Z">20 November 2026, 09:12 UTC</time>'
    )


def test_an_instant_gives_its_day_in_utc() -> None:
    just_after_midnight = datetime(2026, 11, 21, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert 'datetime="2026-11-20"' in formatting.date_filter(just_after_midnight)


@pytest.mark.parametrize("show", [formatting.date_filter, formatting.moment_filter, formatting.short_date_filter])
def test_an_instant_without_a_zone_is_refused(show: object) -> None:
    with pytest.raises(ValueError, match="time zone"):
        show(datetime(2026, 1, 1))  # type: ignore[operator]  # noqa: DTZ001 - that is what is refused


def test_a_short_day_has_no_year_in_this_year_only() -> None:
    assert ">20 Nov<" in formatting.short_date_filter(DAY)
    assert 'title="20 November 2026"' in formatting.short_date_filter(DAY)
    assert ">20.11.2025<" in formatting.short_date_filter(DAY.replace(year=2025))


def test_a_range_is_in_words() -> None:
    text = formatting.date_range(DAY, date(2027, 1, 2))
    assert text == (
        '<time datetime="2026-11-20">20 November 2026</time> to <time datetime="2027-01-02">2 January 2027</time>'
    )
    assert formatting.date_range(DAY, DAY) == formatting.date_filter(DAY)


@pytest.mark.parametrize("code", CODES)
def test_western_digits_in_every_language(code: str) -> None:
    with force_locale(code):
        shown = [
            formatting.date_text(DAY),
            formatting.date_text(DAY, "short"),
            formatting.moment_text(AT),
            formatting.number(1234567.5),
            formatting.file_size(214_000),
        ]
    assert all(character.isascii() for text in shown for character in text if character.isdigit())
    assert "20" in shown[0]


def test_languages_write_their_own_dates() -> None:
    with force_locale("fr"):
        assert formatting.date_text(DAY) == "20 novembre 2026"
    with force_locale("zh"):
        assert formatting.date_text(DAY) == "2026年11月20日"


def test_numbers_and_sizes() -> None:
    assert formatting.number(1234567) == "1,234,567"
    assert formatting.number(2.5, 2) == "2.50"
    assert formatting.number(1000, 0) == "1,000"
    assert formatting.file_size(512) == "512 bytes"
    assert formatting.file_size(214_300) == "214 kB"
    assert formatting.file_size(1_500_000) == "1.5 MB"


def test_names_are_escaped_and_isolated() -> None:
    assert formatting.bdi("<b>") == "<bdi>&lt;b&gt;</bdi>"
    assert formatting.one_line("دعم", "ar") == '<bdi data-content lang="ar">دعم</bdi>'


def test_own_words_are_paragraphs_of_plain_text() -> None:
    shown = formatting.plain_text("One <i>\r\ntwo\n\n\nثلاثة\n", "en")
    assert shown == (
        '<div class="own-words" data-content lang="en">'
        '<p dir="auto">One &lt;i&gt;<br>two</p><p dir="auto">ثلاثة</p></div>'
    )


def test_marks_that_reorder_text_are_shown_not_obeyed() -> None:
    for show in (formatting.bdi, formatting.one_line, formatting.plain_text):
        assert "\u202e" not in show("safe\u202etxt.exe")
        assert "\ufffd" in show("safe\u202etxt.exe")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Arabic, English and French"),
        ("ar", "Arabic وEnglish وFrench"),
        ("zh", "Arabic、English和French"),
    ],
)
def test_a_list_as_each_language_writes_it(code: str, words: str) -> None:
    with force_locale(code):
        assert formatting.listed(iter(["Arabic", "English", "French"])) == words
        assert formatting.listed([]) == ""
