"""Agreements of CTC/CTED: who records and ends them, from when they count, and that the letter is kept."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts import security_history
from app.accounts.models import SecurityHistory, SecurityHistoryPayload
from app.coordination.agreements.commands import RecordAgreement, RevokeAgreement
from app.coordination.agreements.services import record_agreement, revoke_agreement
from app.documents import jobs, upkeep
from app.documents.storage import EXTENSION, the_store
from app.documents.storage.disk import DiskStore
from app.foundation.db import read_session, write_transaction
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.notifications.models import OutboxMessage
from app.reference import cache
from app.reference.agreements import silence_agreed, silence_agreement, standing_types
from app.reference.models import BodyAgreement
from app.reference.vocabulary import AgreementKind
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import AssistanceType, Body
from tests.factories.agreements import agree
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.documents import stored_file
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows
from tests.support import files
from tests.support.clock import StoppedClock
from tests.support.statements import recorded_statements

NOON = datetime(2026, 10, 23, 16, tzinfo=UTC)
CTC = Body.CTC_CTED
#: Content and name; the stream is made for each post, which closes it.
SCAN = (files.GOOD["pdf"], "letter.pdf")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    clock.set(NOON)
    cache.forget()
    return cast_of(app)


def letter(**changes: Any) -> dict[str, Any]:
    """What the chief types from a letter."""
    day = {"letter_date-day": "20", "letter_date-month": "10", "letter_date-year": "2026"}
    first = {"valid_from-day": "23", "valid_from-month": "10", "valid_from-year": "2026"}
    rest = {"kind": "silence_rule", "letter_reference": "CTED/2026/117", "original": SCAN, **changes}
    content, name = rest.pop("original")
    return {**day, **first, **rest, "original": (BytesIO(content), name)}


def agreed(app: Flask, at: datetime, since: datetime | None = None) -> bool:
    cache.forget()
    with app.app_context():
        return silence_agreement(read_session(), CTC, at, since) is not None


def standing(app: Flask, at: datetime) -> frozenset[AssistanceType]:
    cache.forget()
    with app.app_context():
        return standing_types(read_session(), CTC, at)


def test_the_chief_records_the_silence_rule_from_a_letter_and_the_liaison_ends_it(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    assert not agreed(app, NOON)
    chief, liaison = signed_in(app, cast.branch_chief), signed_in(app, cast.ctc_liaison)
    assert "The silence rule is off" in liaison.get("/agreements").get_data(as_text=True)
    assert chief.get("/agreements/new").status_code == 200
    assert post(app, chief, "/agreements/new", **letter()).status_code == 303
    assert agreed(app, NOON)
    assert not agreed(app, NOON - timedelta(seconds=1)), "no agreement reaches back"
    (row,) = rows(app, select(BodyAgreement))
    page = liaison.get("/agreements").get_data(as_text=True)
    assert "agreed in writing to the silence rule" in page
    assert "CTED/2026/117" in page
    assert liaison.get(f"/agreements/{row[0].key}/original").get_data() == files.GOOD["pdf"]
    (told,) = rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "agreement.recorded"))
    assert told.user_id == cast.ctc_liaison.id
    end = clock.move(days=3)
    chief, liaison = signed_in(app, cast.branch_chief), signed_in(app, cast.ctc_liaison)
    typed = {"note": "Withdrawn by the Executive Director."}
    assert liaison.submit(liaison.get(f"/agreements/{row[0].key}/revoke"), typed).status_code == 303
    assert (agreed(app, end - timedelta(seconds=1)), agreed(app, end)) == (True, False)
    assert typed["note"] in chief.get("/agreements").get_data(as_text=True)
    # it may be agreed anew, and a silence that began between the two is not covered
    clock.move(minutes=5)
    fresh = letter(**{"valid_from-day": "26"})
    assert post(app, chief, "/agreements/new", **fresh).status_code == 303
    assert agreed(app, clock.now)
    assert not agreed(app, clock.now, since=end)
    assert not agreed(app, clock.now, since=NOON)


def test_a_standing_no_objection_ends_after_twelve_months_in_new_york(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    client = signed_in(app, cast.ctc_liaison)
    later = {"valid_from-day": "2", "valid_from-month": "11", "valid_from-year": "2026"}
    assert client.submit(client.get("/agreements/give"), {"types": ["tools"], **later}).status_code == 303
    begins = datetime(2026, 11, 2, 5, tzinfo=UTC)  # midnight after the end of summer time
    ends = datetime(2027, 11, 3, 4, tzinfo=UTC)  # 24:00 of 2 November 2027, still in summer time
    found = [standing(app, at) for at in (begins - timedelta(seconds=1), begins, ends - timedelta(seconds=1), ends)]
    assert found == [frozenset(), {AssistanceType.TOOLS}, {AssistanceType.TOOLS}, frozenset()]
    page = client.get("/agreements").get_data(as_text=True)
    assert "Not yet in force" in page
    assert "Given in the product by the liaison" in page
    clock.set(ends)
    client = signed_in(app, cast.ctc_liaison)
    assert "Run out" in client.get("/agreements").get_data(as_text=True)


BAD = [
    ({"letter_reference": ""}, "Enter an answer"),
    ({"letter_date-year": "2027"}, "lies in the future"),
    ({"valid_from-day": "22"}, "Choose today or a later day"),
    ({"kind": "standing_no_objection"}, "Choose at least one class"),
    ({"kind": "standing_no_objection", "types": ["mentoring"]}, "Choose one of"),
    ({"kind": "anything"}, "Choose one of"),
    ({"original": (b"", "")}, "Choose a file"),
]


def test_what_a_letter_does_not_say_is_not_recorded(app: Flask, cast: Cast) -> None:
    client = quick_client(app, cast.branch_chief)
    for changed, message in BAD:
        answer = post(app, client, "/agreements/new", **letter(**changed))
        assert answer.status_code == 422, changed
        assert message in answer.get_data(as_text=True), changed
    assert count_of(app, BodyAgreement) == 0
    agree(app, cast)
    again = post(app, client, "/agreements/new", **letter())
    assert again.status_code == 422
    assert "agreed already" in again.get_data(as_text=True)


def test_of_two_letters_recorded_at_once_one_counts(app: Flask, cast: Cast) -> None:
    """Two rules in force would outlive the revocation of one."""
    stored, day, together = stored_file(app, "letter.pdf"), NOON.date(), threading.Barrier(2)

    def record(number: int) -> list[FieldError]:
        said = {"letter_reference": f"CTED/{number}", "letter_date": day, "valid_from": day, "original": stored}
        with app.app_context():
            command = RecordAgreement(kind=AgreementKind.SILENCE_RULE, **said)
            together.wait(60)
            try:
                record_agreement(cast.branch_chief.actor, command)
            except InvalidCommand as refused:
                return list(refused.errors)
        return []

    with ThreadPoolExecutor(2) as pool:
        found = [error for errors in pool.map(record, range(2)) for error in errors]
    assert [(error.path, error.code) for error in found] == [("kind", "agreement.silence_agreed_already")]
    assert count_of(app, BodyAgreement) == 1


def test_only_the_chief_records_and_only_chief_and_body_revoke(app: Flask, cast: Cast) -> None:
    key = agree(app, cast)
    may = {
        name: [
            get(app, quick_client(app, member), path).status_code
            for path in ("/agreements", "/agreements/new", "/agreements/give", f"/agreements/{key}/revoke")
        ]
        for name, member in cast.members.items()
    }
    nothing = [403, 403, 403, 403]
    assert may["branch_chief"] == [200, 200, 403, 200]
    assert may["ctc_liaison"] == [200, 403, 200, 200]
    for name in ("intake_officer", "case_officer", "programme_support", "manager", "auditor"):
        assert may[name] == [200, 403, 403, 403], name
    for name in ("focal_point", "mission", "ola_liaison", "administrator"):
        assert may[name] == nothing, name
    with app.app_context(), pytest.raises(Forbidden):
        revoke_agreement(cast.ola_liaison.actor, RevokeAgreement(key=key, note="Not theirs."))
    client = quick_client(app, cast.branch_chief)
    with client.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
        cookie["fs_paa"] = 0
    assert "/login/again" in post(app, client, f"/agreements/{key}/revoke", note="Stale.").headers["Location"]
    assert agreed(app, NOON)


def test_each_change_stands_in_the_chain_and_the_row_is_written_once(app: Flask, cast: Cast) -> None:
    key = agree(app, cast)
    post(app, quick_client(app, cast.branch_chief), f"/agreements/{key}/revoke", note="A letter of today.")
    chained = select(SecurityHistory.action, SecurityHistoryPayload.payload)
    joined = chained.join(SecurityHistoryPayload, SecurityHistoryPayload.seq == SecurityHistory.seq)
    (entry,) = rows(app, joined.where(SecurityHistory.action.like("agreement_%")))
    assert (entry.action, entry.payload["agreement"], len(entry.payload["sha256"])) == ("agreement_revoked", key, 64)
    with app.app_context():
        assert security_history.verify(read_session()) is None
    with (
        app.app_context(),
        pytest.raises(Exception, match="keeps what was written"),
        write_transaction(None) as session,
    ):
        session.execute(update(BodyAgreement).values(valid_from=NOON - timedelta(days=365)))


def test_the_letter_is_never_collected_and_is_verified(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DiskStore(tmp_path)
    monkeypatch.setitem(app.extensions, EXTENSION, store)
    key = agree(app, cast)
    (row,) = rows(app, select(BodyAgreement.storage_name))
    for file in tmp_path.rglob("*-*"):
        then = (NOON - upkeep.WAITS - timedelta(hours=1)).timestamp()
        os.utime(file, (then, then))
    with app.app_context():
        assert jobs.collect_files(SYSTEM) == 0
        assert jobs.verify_files(SYSTEM) == 0
        the_store().remove(row.storage_name)
        found = upkeep.verify(read_session(), the_store())
        assert [(fault.key, fault.problem) for fault in found.faults] == [(key, "missing")]


def test_agreements_come_from_memory(app: Flask, cast: Cast) -> None:
    agree(app, cast, types=(AssistanceType.TOOLS,), valid_to=NOON + timedelta(days=365))
    with app.app_context():
        assert not silence_agreed(read_session(), CTC, NOON)
        with recorded_statements() as seen:
            assert standing_types(read_session(), CTC, NOON) == {AssistanceType.TOOLS}
            assert standing_types(read_session(), Body.OLA, NOON) == frozenset()
        assert len(seen) == 0
