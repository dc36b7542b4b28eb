"""Filing documents and finding them again: who reads which version of what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import DraftTask, HistoryPayload
from app.casework.perform import lock_case
from app.documents.models import Document
from app.documents.services import document_for, documents_of, remove_from_draft
from app.documents.storage import the_store
from app.documents.vocabulary import DocumentKind
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.errors import Forbidden, InvalidCommand, NotFound
from app.requests.commands import DiscardDraft, SendRequest
from app.requests.ending import discard
from app.requests.services import submit
from app.workflow.vocabulary import Audience, Body, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.documents import attach, stored_file
from tests.factories.people import Cast, Member, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock
from tests.support.screening import rows_of

TPB = ("intake_officer", "case_officer", "branch_chief", "programme_support", "manager")
STATE = ("focal_point", "colleague", "mission")
BODIES = ("ctc_liaison", "ola_liaison")
READERS = {
    Audience.ALL: (*STATE, *TPB, *BODIES, "auditor"),
    Audience.STATE_TPB: (*STATE, *TPB, "auditor"),
    Audience.COORDINATION: (*TPB, *BODIES, "auditor"),
    Audience.TPB_ONLY: (*TPB, "auditor"),
}
BOTH = (Body.CTC_CTED, Body.OLA)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def seen_by(app: Flask, person: Member, case: Made, **narrowed: Any) -> list[str]:
    """The keys of the documents that `person` is shown."""
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(person.actor))
        return [one.document.key for one in documents_of(session, person.actor, case.id, **narrowed)]


def finds(app: Flask, person: Member, key: str) -> bool:
    """Whether `person` gets the document by its key."""
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(person.actor))
        try:
            return document_for(session, person.actor, key).key == key
        except NotFound:
            return False


def names(readers: Iterable[str], cast: Cast) -> dict[str, bool]:
    return {name: name in set(readers) for name in cast.members}


def test_everybody_finds_what_is_meant_for_them_and_nobody_else(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    for audience, readers in READERS.items():
        document = attach(app, cast.case_officer, case, audience=audience)
        allowed = names([*readers, "focal_alone", "other_officer", "other_support"] if "focal_point" in readers
                        else [*readers, "other_officer", "other_support"], cast)  # fmt: skip
        listed = {name: document.key in seen_by(app, person, case) for name, person in cast.members.items()}
        got = {name: finds(app, person, document.key) for name, person in cast.members.items()}
        assert listed == allowed, audience
        assert got == allowed, audience


def test_a_body_that_is_not_consulted_reads_nothing(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=(Body.OLA,)))
    document = attach(app, cast.case_officer, case, audience=Audience.ALL)
    assert finds(app, cast.ola_liaison, document.key)
    assert not finds(app, cast.ctc_liaison, document.key)


def test_a_document_is_in_history_by_key_and_code_only(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    document = attach(app, cast.mission, case, title="السرّ", kind=DocumentKind.LEGAL_TEXT)
    assert standing(app, case.key).history[-1] == "attach"
    assert standing(app, case.key).version == case.version
    newest = rows(app, select(HistoryPayload.payload).order_by(HistoryPayload.id.desc()).limit(1))[0].payload
    assert newest == {"document": document.key, "version": 1, "kind": "legal_text", "seen_by": "all"}


@pytest.mark.parametrize(
    ("person", "audience"),
    [
        ("mission", Audience.TPB_ONLY),
        ("focal_point", Audience.COORDINATION),
        ("ctc_liaison", Audience.TPB_ONLY),
        ("ola_liaison", Audience.STATE_TPB),
    ],
)
def test_nobody_writes_to_an_audience_that_they_do_not_read(
    app: Flask, cast: Cast, person: str, audience: Audience
) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    with pytest.raises(InvalidCommand) as refused:
        attach(app, cast[person], case, audience=audience)
    assert [(error.path, error.code) for error in refused.value.errors] == [("audience", "not_offered")]
    assert count_of(app, Document) == 0


@pytest.mark.parametrize(
    ("person", "error"),
    [("auditor", Forbidden), ("administrator", NotFound), ("away_mission", NotFound), ("ctc_liaison", NotFound)],
)
def test_who_may_not_attach_does_not(app: Flask, cast: Cast, person: str, error: type[Exception]) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    with pytest.raises(error):
        attach(app, cast[person], case)
    assert count_of(app, Document) == 0


def test_nobody_attaches_to_a_discarded_draft_but_its_state(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DISCARDED)
    with pytest.raises(NotFound):
        attach(app, cast.case_officer, case)


def test_in_a_draft_attaching_is_editing_it(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DRAFT)
    document = attach(app, cast.focal_point, case, field_path="drafting.texts")
    assert standing(app, case.key).history[-1] == "edit_draft"
    assert finds(app, cast.mission, document.key)
    assert not finds(app, cast.case_officer, document.key)
    assert not finds(app, cast.auditor, document.key)
    assert seen_by(app, cast.mission, case, field_path="drafting.texts") == [document.key]
    assert seen_by(app, cast.mission, case, field_path="need.problem") == []


def test_a_new_version_is_a_row_of_its_own_and_the_old_one_stays(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    first = attach(app, cast.focal_point, case, audience=Audience.STATE_TPB, field_path="drafting.texts")
    second = attach(app, cast.mission, case, audience=Audience.STATE_TPB, replaces=first)
    assert (second.series, second.version, second.field_path) == (first.key, 2, "drafting.texts")
    assert seen_by(app, cast.case_officer, case) == [second.key, first.key]
    assert finds(app, cast.case_officer, first.key)


@pytest.mark.parametrize("person", ["case_officer", "ctc_liaison"])
def test_the_next_version_is_brought_by_the_side_that_brought_the_first(app: Flask, cast: Cast, person: str) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    first = attach(app, cast.focal_point, case)
    with pytest.raises(InvalidCommand) as refused:
        attach(app, cast[person], case, replaces=first)
    assert refused.value.errors[0].code == "document.not_yours"


def test_a_body_brings_no_version_for_another(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BOTH))
    first = attach(app, cast.ctc_liaison, case, audience=Audience.COORDINATION)
    with pytest.raises(InvalidCommand) as refused:
        attach(app, cast.ola_liaison, case, audience=Audience.COORDINATION, replaces=first)
    assert refused.value.errors[0].code == "document.not_yours"


def test_a_version_is_never_narrower_or_wider_than_the_one_before(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    first = attach(app, cast.focal_point, case, audience=Audience.ALL)
    with pytest.raises(InvalidCommand) as refused:
        attach(app, cast.focal_point, case, audience=Audience.STATE_TPB, replaces=first)
    assert refused.value.errors[0].path == "audience"


def test_what_was_replaced_before_submission_stays_with_the_state(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    draft = make_case(app, cast, State.DRAFT)
    first = attach(app, cast.focal_point, draft)
    clock.move(hours=1)
    second = attach(app, cast.focal_point, draft, replaces=first)
    clock.move(hours=1)
    with app.app_context():
        submit(cast.mission.actor, SendRequest(key=draft.key, version=draft.version, answers_checked=True))
    assert seen_by(app, cast.focal_point, draft) == [second.key, first.key]
    assert seen_by(app, cast.intake_officer, draft) == [second.key]
    assert not finds(app, cast.intake_officer, first.key)
    clock.move(hours=1)
    third = attach(app, cast.focal_point, draft, replaces=second)
    assert seen_by(app, cast.intake_officer, draft) == [third.key, second.key]


def test_a_discarded_draft_loses_its_documents(app: Flask, cast: Cast) -> None:
    case, kept = make_case(app, cast, State.DRAFT), make_case(app, cast, State.DRAFT)
    attach(app, cast.focal_point, case)
    attach(app, cast.focal_point, kept)
    with app.app_context():
        discard(cast.focal_point.actor, DiscardDraft(key=case.key, version=case.version))
    assert count_of(app, Document, Document.case_id == case.id) == 0
    assert count_of(app, Document, Document.case_id == kept.id) == 1


def test_the_file_is_in_the_store_under_a_name_of_its_own(app: Flask, cast: Cast) -> None:
    first, second = stored_file(app), stored_file(app)
    assert first.sha256 == second.sha256
    assert first.storage_name != second.storage_name
    assert "law" not in first.storage_name
    with app.app_context(), the_store().open(first.storage_name) as kept:
        assert kept.read().startswith(b"%PDF")


def test_a_draft_names_the_texts_that_are_to_be_reviewed(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DRAFT)
    first = attach(app, cast.focal_point, case, field_path="drafting.texts", lang="und")
    attach(app, cast.focal_point, case)
    second = attach(app, cast.mission, case, field_path="drafting.texts", replaces=first)
    named = _texts(app, case.key)
    assert [(one["key"], one["sha256"], one["language"]) for one in named] == [(second.key, second.sha256, "en")]
    with app.app_context(), write_transaction(scope_of(cast.mission.actor)) as session:
        locked = lock_case(session, cast.mission.actor, case.key)
        remove_from_draft(session, locked, cast.mission.actor, document_for(session, cast.mission.actor, second.key))
    assert _texts(app, case.key) == []


def _texts(app: Flask, key: str) -> list[dict[str, str]]:
    details = next(row.data for row in rows_of(app, DraftTask, key) if row.task == "details")
    return list(details["drafting"].get("texts", []))
