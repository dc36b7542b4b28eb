"""The catalogues of the interface: every translation fills the same placeholders as its original."""

from __future__ import annotations

import re
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from app.foundation.i18n import LOCALES, TRANSLATIONS

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
SOURCES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def code_of(source: Path) -> str:
    return source.parent.parent.name


def catalogue(source: Path) -> Catalog:
    with source.open("rb") as reading:
        return read_po(reading, locale=code_of(source))


def test_every_language_of_the_menu_has_a_catalogue() -> None:
    assert {code_of(source) for source in SOURCES} | {"en"} == {language.code for language in LOCALES}


@pytest.mark.parametrize("source", SOURCES, ids=code_of)
def test_translations_fill_the_placeholders_of_their_original(source: Path) -> None:
    faults = []
    for message in catalogue(source):
        originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if not message.id or not any(forms):
            continue
        wanted = {name for original in originals for name in PLACEHOLDER.findall(original)}
        for form in forms:
            found = set(PLACEHOLDER.findall(form))
            # the singular of a plural may say "one" instead of the number
            if found - wanted or (len(originals) == 1 and found != wanted):
                faults.append((originals[0], form))
    assert not faults


@pytest.mark.parametrize("source", SOURCES, ids=code_of)
def test_plurals_have_all_forms_of_the_language(source: Path) -> None:
    forms = get_plural(code_of(source)).num_plurals
    plurals = [message for message in catalogue(source) if isinstance(message.id, tuple) and any(message.string)]
    assert plurals
    assert [message.id[0] for message in plurals if len(message.string) != forms or not all(message.string)] == []


@pytest.mark.parametrize("source", SOURCES, ids=code_of)
def test_no_translation_is_a_guess(source: Path) -> None:
    assert [message.id for message in catalogue(source) if message.fuzzy and message.id] == []


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("ar", {3: "%(num)s أيام", 11: "%(num)s يوما", 99: "%(num)s يوما", 100: "%(num)s يوم", 103: "%(num)s أيام"}),
        ("ru", {1: "%(num)s день", 3: "%(num)s дня", 11: "%(num)s дней", 21: "%(num)s день"}),
    ],
)
def test_each_number_has_the_form_of_its_language(language: str, days: dict[int, str]) -> None:
    (source,) = (one for one in SOURCES if code_of(one) == language)
    read = catalogue(source)
    message = read.get("%(num)s day")
    assert message is not None
    form_of = c2py(read.plural_expr)
    assert {number: message.string[form_of(number)] for number in days} == days
