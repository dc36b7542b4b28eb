"""What the walk takes for words that never passed through gettext."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from babel.lists import format_list
from playwright.sync_api import Page as Tab

from tests.support.pseudo_locale import CODE, UNWRAPPED_TEXTS, pseudo

COURSE, GUIDE, TOOL = (pseudo(word) for word in ("Course", "Guide", "Tool"))


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "text",
    [
        COURSE,
        pseudo("No list was entered for %(years)s.") % {"years": format_list(["2024", "2025"], locale=CODE)},
        format_list([COURSE, GUIDE], locale=CODE),
        format_list([COURSE, GUIDE, TOOL], locale=CODE),
        format_list([COURSE, "<bdi>Kenya</bdi>"], locale=CODE),
        "<bdi>Kenya</bdi> 2005",
    ],
)
def test_words_of_the_catalogue_and_of_the_language_are_none(tab: Tab, text: str) -> None:
    tab.set_content(f"<p>{text}</p>")
    assert tab.evaluate(UNWRAPPED_TEXTS) == []


@pytest.mark.parametrize(
    "text", ["Course", f"{COURSE} and {GUIDE}", f"{COURSE}, Guide", f"ובכן {GUIDE}", f"{COURSE} ו Guide", "<i>x</i>"]
)
def test_a_word_of_neither_is_found(tab: Tab, text: str) -> None:
    tab.set_content(f"<p>{text}</p>")
    assert len(tab.evaluate(UNWRAPPED_TEXTS)) == 1
