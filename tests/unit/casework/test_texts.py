"""Every code has a sentence, and the parameters that go with it fill its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import Babel

from app.casework import notices
from app.casework.content import TASKS, UNANSWERED
from app.casework.content.labels import TASK_LABELS, field_choices, label_of
from app.casework.content.page_words import page_title
from app.casework.content.pages import PAGES
from app.casework.content.shown import SHOWN
from app.casework.page import TONES
from app.casework.texts import actions, reasons, refusals, states
from app.casework.vocabulary import ReasonCode
from app.composition import WIRING
from app.decision import texts as decision_texts
from app.decision.vocabulary import REASONS_OF, OutcomeReason
from app.documents.vocabulary import DocumentKind
from app.foundation.texts import UnknownCode, known_codes, register_texts, text
from app.notifications.messages import MESSAGES, needed_params
from app.triage import texts as triage_texts
from app.triage.vocabulary import REASONS
from app.workflow.refusals import RefusalCode
from app.workflow.states import ENDED, OPEN
from app.workflow.vocabulary import (
    Action,
    AssistanceType,
    EligibilityCheck,
    LimitKey,
    Mark,
    OutcomeKind,
    Party,
    Phase,
    Role,
    State,
)

#: Prefix of the codes: the words that need one.
COMPLETE: list[tuple[str, type[StrEnum]]] = [
    ("state", State),
    ("now_for_state", State),
    ("now_for_staff", State),
    ("phase", Phase),
    ("phase_for_staff", Phase),
    ("action", Action),
    ("done", Action),
    ("done", Mark),
    ("refusal", RefusalCode),
    ("limit", LimitKey),
    ("role", Role),
    ("party", Party),
    ("type", AssistanceType),
    ("document_kind", DocumentKind),
]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are made in an application without a database."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(("prefix", "words"), COMPLETE)
def test_every_code_has_a_sentence(prefix: str, words: type[StrEnum]) -> None:
    missing = [word.value for word in words if f"{prefix}.{word.value}" not in known_codes()]
    assert not missing
    assert all(text(f"{prefix}.{word.value}").strip() for word in words)


def test_no_table_holds_a_code_that_is_none() -> None:
    tables = {**states.table(), **actions.table(), **refusals.table()}
    valid = {f"{prefix}.{word.value}" for prefix, words in COMPLETE for word in words}
    valid |= {f"then.{state.value}" for state in State}
    assert set(tables) - valid == set()


def test_what_comes_then_is_said_of_every_state_that_has_not_ended() -> None:
    assert {state for state in State if f"then.{state.value}" in known_codes()} == set(State) - ENDED
    assert set(TONES) >= OPEN


def test_sentences_of_one_kind_differ() -> None:
    """Two states, two actions or two roles that read the same could not be told apart."""
    for prefix, words in COMPLETE:
        if prefix in {"now_for_state", "now_for_staff", "done"}:
            continue
        said = [text(f"{prefix}.{word.value}") for word in words]
        twice = {one for one in said if said.count(one) > 1}
        assert not twice, (prefix, twice)


def test_refusals_fill_their_placeholders() -> None:
    """Refusals are said without parameters: a placeholder would be shown as it stands."""
    for code in RefusalCode:
        sentence = str(refusals.REFUSAL[code])
        assert re.findall(r"%\(\w+\)", sentence) == [], code
        # whatever parameters a guard gives, the sentence can be made
        assert text(f"refusal.{code.value}", {"paths": (), "checks": (), "questions": ()})


def test_a_limit_is_read_with_separators_and_a_year_is_not() -> None:
    assert text("participants.number", {"most": 100_000}).endswith("100,000")
    assert text("less_than_equal", {"le": 2100}) == "Enter 2100 or less"


def test_an_unknown_code_is_loud() -> None:
    with pytest.raises(UnknownCode):
        text("state.nowhere")
    with pytest.raises(ValueError, match="twice"):
        register_texts({"state.draft": states.STATE[State.SUBMITTED]})


def test_every_error_of_the_content_has_a_sentence() -> None:
    for code in UNANSWERED - {"none_required"}:
        assert code in known_codes(), code
    for task in TASKS:
        assert str(TASK_LABELS[task])
        for page in PAGES[task]:
            assert page_title(page)
    for path in [path for shown in SHOWN.values() for path in shown]:
        assert str(label_of(path)), path


def test_every_field_that_a_question_can_be_tied_to_has_a_label() -> None:
    choices = list(field_choices())
    assert [path for path, *_rest in choices if path == "other"] == ["other"]
    assert all(str(words).strip() for _path, words, *_rest in choices)
    assert len({path for path, *_rest in choices}) == len(choices)


def test_checks_and_their_reasons_have_words() -> None:
    assert set(triage_texts.CHECK_TEXTS) == set(EligibilityCheck)
    assert set(reasons.REASON_TEXTS) == set(ReasonCode)
    assert {reason for reasons in REASONS.values() for reason in reasons} == set(ReasonCode)


def test_outcomes_and_their_reasons_have_words() -> None:
    assert set(decision_texts.OUTCOME_TEXTS) == set(OutcomeKind) == set(REASONS_OF)
    assert {reason for reasons in REASONS_OF.values() for reason in reasons} == set(OutcomeReason)
    for reason in OutcomeReason:
        assert text(f"outcome_reason.{reason.value}").endswith(".")
        assert text(f"outcome_reason_short.{reason.value}")


def test_every_notice_of_a_step_has_a_message_that_needs_no_more_than_the_number() -> None:
    unsent = {Action.SEND_TO_MISSION, Action.RETURN_TO_DRAFT, Action.DISCARD, Action.PURGE}
    for action, tellings in notices.TELLINGS.items():
        for telling in tellings:
            assert telling.code in MESSAGES, telling.code
            allowed = set() if action in unsent else {"number"}
            assert needed_params(telling.code) <= allowed, telling.code


def test_every_step_of_the_product_tells_somebody() -> None:
    # what is recorded of a delivery is told when it is reported
    recorded = {Action.RECORD_ACTIVITY, Action.RECOMMEND}
    silent = {Action.EDIT_DRAFT, Action.ASSESS, Action.DRAFT_PLAN, *recorded}
    assert set(WIRING.action_pages) - silent <= set(notices.TELLINGS)
