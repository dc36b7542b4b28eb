"""The title of a tool in the reader's language."""

from __future__ import annotations

import pytest

from app.reference.tools import tool_title

TITLES = {"en": "Guide", "fr": "Guide pratique", "ar": ""}


@pytest.mark.parametrize(
    ("locale", "found"),
    [
        ("en", ("Guide", "en")),
        ("fr", ("Guide pratique", "fr")),
        ("fr_CA", ("Guide pratique", "fr")),
        ("ar", ("Guide", "en")),
        ("zh_Hans_CN", ("Guide", "en")),
    ],
)
def test_the_title_is_in_the_language_of_the_reader_else_in_english(locale: str, found: tuple[str, str]) -> None:
    assert tool_title(TITLES, locale) == found
