"""The words of messages: complete, and with nothing in them that may not leave the product."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from app.casework.notices import TELLINGS
from app.notifications.messages import MESSAGES, UnknownMessage, needed_params, placeholders_of, template_of
from app.notifications.messages.model import MADE_WHEN_SENT
from app.notifications.params import ALLOWED
from app.notifications.vocabulary import Failure
from app.notifications.words import FAILURE_WORDS

APP = Path(__file__).parents[3] / "app"
CODE = re.compile(r"(?:case|accounts)\.[a-z_]+")
OF_CASES = sorted(code for code in MESSAGES if code.startswith("case."))
OF_ACCOUNTS = sorted(code for code in MESSAGES if code.startswith("accounts."))


def test_every_code_that_a_step_announces_has_words() -> None:
    used = {telling.code for tellings in TELLINGS.values() for telling in tellings}
    assert used
    assert used <= MESSAGES.keys()


def test_every_code_written_anywhere_in_the_product_has_words() -> None:
    used, views = set(), set()
    for file in APP.rglob("*.py"):
        if file.is_relative_to(APP / "notifications"):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                views.add(f"accounts.{node.name}")  # an endpoint is written like a code
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                if node.value.endswith("_"):  # the beginning of several endpoints
                    continue
                used.add(node.value)
    assert {code for code in used if code.startswith("case.")}
    assert {code for code in used - views if code.startswith("accounts.")}
    assert used - views - MESSAGES.keys() == set()


def test_a_code_without_words_is_named() -> None:
    with pytest.raises(UnknownMessage, match=r"case\.nothing"):
        template_of("case.nothing")


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_words_name_only_what_may_be_stored_or_is_made_when_the_mail_leaves(code: str) -> None:
    template = MESSAGES[code]
    for sentence in (template.subject, *template.body):
        assert placeholders_of(str(sentence)) <= ALLOWED.keys() | MADE_WHEN_SENT
    assert placeholders_of(str(template.subject)) <= {"number"}
    assert template.body


@pytest.mark.parametrize("code", OF_CASES)
def test_a_message_about_a_case_holds_its_number_dates_and_link_only(code: str) -> None:
    template = MESSAGES[code]
    named = {name for sentence in template.body for name in placeholders_of(str(sentence))}
    assert named <= {"number", "due"}
    assert template.about_case
    assert template.button is not None
    assert not template.from_accounts
    assert needed_params(code) <= {"number"}


@pytest.mark.parametrize("code", OF_ACCOUNTS)
def test_a_secret_is_in_messages_of_accounts_only_and_never_in_a_subject(code: str) -> None:
    template = MESSAGES[code]
    named = {name for sentence in template.body for name in placeholders_of(str(sentence))}
    assert ("secret" in named) <= template.from_accounts
    assert not template.about_case


def test_every_failure_has_words() -> None:
    assert FAILURE_WORDS.keys() == set(Failure)


@pytest.mark.parametrize("file", sorted((APP / "notifications" / "messages").glob("*.py")), ids=lambda file: file.name)
def test_all_words_are_found_by_the_extractor(file: Path) -> None:
    """A sentence built at run time would never be translated."""
    found = {row[1] for row in extract_from_file("python", str(file), keywords={"_l": None})}
    written = {
        node.args[0].value
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_l"
        if isinstance(node.args[0], ast.Constant)
    }
    assert {str(text) for text in found} == {str(text) for text in written}
