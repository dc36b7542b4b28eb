"""A part that was found good is not looked at again, and nothing that could be wrong hides behind it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.accessibility import Examiner
from tests.browser.looks import DESK, Look

STYLE: Final = """
body { color: #222; background: #fff } a { color: #0b4f9e; text-decoration: underline }
button { min-width: 44px; min-height: 44px; color: #111; background: #ddd } .quiet { color: #555 }
"""
PAGE: Final = """<!doctype html><html lang="en" dir="ltr"><head><title>Requests – Accede</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head><body>
<header><a href="/">Accede</a><nav aria-label="Main"><ul><li><a href="/requests">Requests</a></li></ul></nav></header>
<main id="main"><h1>Requests</h1><p class="quiet">Two of them wait.</p>
<ul><li>A law on extradition</li><li>A course for judges</li></ul>
<form action="/send/ab12"><input type="hidden" name="_key" value="ab12">
<label for="note">Note</label> <input id="note" name="note" value=""><button>Send</button></form></main>
<footer><a href="/help">Help</a></footer></body></html>"""
#: What the same page may say instead without any part of it being another.
REWORDED: Final = (
    ("Two of them wait.", "None of them waits any more."),
    ("A law on extradition", "Une loi sur l'extradition"),
    ("ab12", "cd34"),
    ('href="/help"', 'href="/help/forms"'),
    ('name="note" ', 'name="remark" '),
)
#: name: (what stands there, what stands there instead, the rule that must notice)
FAULTS: Final = {
    "a link of the frame lost its words": ('<a href="/requests">Requests</a>', '<a href="/requests"></a>', "link-name"),
    "the frame is a list no more": ("<li><a", "<div><a", "list"),
    "new content is hard to read": ("<h1>", '<p style="color: #ccc">New.</p><h1>', "color-contrast"),
    "known content has another class": ("</style>", ".pale { color: #ccc }</style>", "color-contrast"),
    "known content has another colour by the same class": ("#555", "#ccc", "color-contrast"),
    "the ground below it is another": ("background: #fff", "background: #666", "color-contrast"),
    "one of several alike is pale": ("</style>", "li:nth-child(2) { color: #ddd }</style>", "color-contrast"),
    "a label names nothing": ('for="note"', 'for="none"', "label"),
    "a label has no words": (">Note<", "><", "label"),
    "a role is unknown": ("<footer>", '<footer role="foot">', "aria-roles"),
    "a state has no such value": ("<button>", '<button aria-pressed="maybe">', "aria-valid-attr-value"),
    "the language is unknown": ('lang="en"', 'lang="qqq"', "html-lang-valid"),
    "the page has no title": ("Requests – Accede", "", "document-title"),
    "nobody may zoom": ("initial-scale=1", "initial-scale=1, user-scalable=no", "meta-viewport"),
    "a link is told from the text by its colour alone": (
        "Two of them wait.",
        '<a href="/" style="text-decoration: none; color: #444">Two</a> of them.',
        "link-in-text-block",
    ),
}
NEEDS: Final = {
    "known content has another class": ('class="quiet"', 'class="pale"'),
    "the frame is a list no more": ("</a></li></ul></nav>", "</a></div></ul></nav>"),
}
_numbers = count()


@pytest.fixture
def tab(browser: Any) -> Iterator[Tab]:
    context = browser.new_context(viewport={"width": DESK, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def look() -> Look:
    """A look in which nothing was seen yet."""
    return Look(10_000 * os.getpid() + next(_numbers), "light", pseudo=False)


def faults(examiner: Examiner, tab: Tab, *changes: tuple[str, str]) -> list[str]:
    """What is wrong with the page after `changes`, each of which must be one."""
    text = PAGE.format(style=STYLE)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    tab.set_content(text)
    return examiner.faults(tab)


def test_what_was_found_good_is_not_asked_again(tab: Tab, look: Look) -> None:
    examiner = Examiner(look)
    assert faults(examiner, tab) == []
    assert examiner.asked > 10
    assert faults(examiner, tab) == []
    assert examiner.asked == 0


@pytest.mark.parametrize("change", REWORDED)
def test_other_words_and_keys_are_nothing_new(tab: Tab, look: Look, change: tuple[str, str]) -> None:
    examiner = Examiner(look)
    assert faults(examiner, tab) == []
    assert faults(examiner, tab, change) == []
    assert examiner.asked == 0


def test_only_the_new_part_is_asked_about(tab: Tab, look: Look) -> None:
    examiner = Examiner(look)
    assert faults(examiner, tab) == []
    whole = examiner.asked
    assert faults(examiner, tab, ("<h1>", "<p><b>New.</b></p><h1>")) == []
    assert 0 < examiner.asked < whole


def test_every_process_knows_what_one_found_good(tab: Tab, look: Look) -> None:
    assert faults(Examiner(look), tab) == []
    another = Examiner(look)
    assert faults(another, tab) == []
    assert another.asked == 0


def test_another_look_knows_nothing(tab: Tab, look: Look) -> None:
    assert faults(Examiner(look), tab) == []
    another = Examiner(Look(look.width, "dark", pseudo=False))
    assert faults(another, tab) == []
    assert another.asked > 10


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_found_on_a_page_that_was_found_good(tab: Tab, look: Look, what: str) -> None:
    before, after, rule = FAULTS[what]
    changes = [(before, after), *([NEEDS[what]] if what in NEEDS else [])]
    examiner = Examiner(look)
    assert faults(examiner, tab) == []
    for _ in range(2):  # the second time, too: a page with a fault is never taken for good
        found = faults(examiner, tab, *changes)
        assert rule in {fault.split(":")[0] for fault in found}, found
    # and no word less is said than to somebody who has seen nothing
    assert found == faults(Examiner(look, forgetful=True), tab, *changes)
