"""What a case is found by, and what a search means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.search.terms import AFTER_ALL, Wanted, fold, terms_of, terms_of_number, wanted_of


def finds(search: str, text: str, number: str = "TPB-2026-0012") -> bool:
    """Whether every word of `search` finds a case with this title and number, as the database compares."""
    terms = terms_of(text) | terms_of_number(number)
    return all(
        any(
            one in word.whole or (word.beginning and word.beginning <= one < word.beginning + AFTER_ALL)
            for one in terms
        )
        for word in wanted_of(search)
    )


@pytest.mark.parametrize(
    ("search", "title"),
    [
        ("cafe", "Le Café du parlement"),
        ("CAFÉ", "cafe"),
        ("strasse", "Straße"),
        ("oresund", "Øresund"),
        ("law draft", "Drafting support: a Law"),
        ("l'aide redaction", "Aide à la rédaction, l\u2019aide"),
        ("прокуроров", "Обучение ПРОКУРОРОВ"),
        ("قانون", "مشروع القانون الجنائي"),
        ("القانون", "مشروع القَانُون الجنائي"),
        ("ارهاب", "مكافحة الإرهاب"),
        ("恐怖主义", "打击恐怖主义融资立法"),
        ("融资", "打击恐怖主义融资立法"),
        ("打击恐怖主义融资立法的技术援助请求", "关于打击恐怖主义融资立法的技术援助请求"),
        ("2005", "Resolution ٢٠٠٥/١٩"),
        ("12", "Article 12 of the law"),
        ("ab\u200fcd", "ab cd"),
    ],
)
def test_words_are_found(search: str, title: str) -> None:
    assert finds(search, title, "TPB-2026-9999")


@pytest.mark.parametrize("search", ["TPB-2026-0012", "tpb-2026-12", "2026-0012", "26-0012", "26-12", "0012", "12"])
def test_a_number_is_found_whole_or_by_its_end(search: str) -> None:
    assert finds(search, "Another title")
    assert not finds(search, "Another title", "TPB-2026-0112")


@pytest.mark.parametrize(
    ("search", "title"),
    [
        ("law treaty", "A law"),
        ("aft", "Draft"),
        ("25-0012", "A law"),
        ("#12x", "A law"),
        ("@nor", "A law"),
        ("主恐", "恐怖主义"),
        ("Z", "A law"),
    ],
)
def test_other_words_are_not_found(search: str, title: str) -> None:
    assert not finds(search, title)


@pytest.mark.parametrize("search", ["", " ", "%", "_", "%_%", "'; --", "\u202e", "…"])
def test_signs_are_no_words(search: str) -> None:
    assert wanted_of(search) == ()


def test_a_word_is_asked_for_once() -> None:
    assert wanted_of("Law law LAW") == (Wanted("law"),)


@given(st.text(max_size=160))
@settings(max_examples=200, deadline=None)
def test_every_text_finds_itself(text: str) -> None:
    assert finds(text, text)
    assert fold(fold(text)) == fold(text)
