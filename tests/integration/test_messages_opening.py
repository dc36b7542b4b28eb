"""A message is opened to more readers by who may, never closed again, and nothing else of it ever changes."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.casework.audiences import Readership
from app.correspondence.models import Message, MessageRead
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice
from app.workflow.vocabulary import Audience, Body, State
from tests.factories import messages
from tests.factories.cases import Made, at_home, away, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.integration.isolation.asking import MISSING_PART, seen_of, told_apart
from tests.support.clock import StoppedClock

R = Readership
BOTH = (Body.CTC_CTED, Body.OLA)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    return make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))


def widen_path(case: Made, message: Message | str) -> str:
    return f"/cases/{case.key}/messages/{message if isinstance(message, str) else message.key}/widen"


def told(app: Flask, cast: Cast) -> set[str]:
    ids = {row.user_id for row in rows(app, select(Notice.user_id).where(Notice.code == "case.message"))}
    return {name for name, member in cast.members.items() if member.id in ids}


def test_the_state_opens_what_it_and_tpb_read_to_the_bodies_consulted(
    app: Flask, cast: Cast, case: Made, clock: StoppedClock
) -> None:
    message = messages.write(app, cast.case_officer, case, "Is the draft public?", R.STATE_TPB)
    clock.move(days=1)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/messages")
    assert widen_path(case, message) in page.get_data(as_text=True)
    asked = client.get(widen_path(case, message))
    words = BeautifulSoup(asked.get_data(as_text=True), "lxml").get_text()
    assert "Is the draft public?" in words
    assert "The bodies that are or will be consulted on this request" in words
    assert "The focal points" not in words, "they read it already"
    assert messages.latest(app, case).audience is Audience.STATE_TPB, "nothing happens before it is confirmed"
    before = told(app, cast)
    assert client.submit(asked).status_code == 303
    stored = messages.latest(app, case)
    assert (stored.audience, stored.widened_by_id, stored.widened_at) == (Audience.ALL, cast.mission.id, now())
    assert (stored.text, stored.written_by_id) == ("Is the draft public?", cast.case_officer.id)
    assert told(app, cast) - before == {"ctc_liaison", "ola_liaison"}
    seen = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/messages").get_data(as_text=True)
    assert "Is the draft public?" in seen
    assert f"Opened to more readers by <bdi>{cast.mission.name}</bdi>" in seen
    history = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/history").get_data(as_text=True)
    assert history.count("Opened to more readers") == 1
    assert "Message written" not in history, "that it was written before was not for them"


def test_a_note_is_opened_to_whom_its_page_says(app: Flask, cast: Cast, case: Made) -> None:
    note = messages.write(app, cast.branch_chief, case, "Compare 2023.", R.TPB_ONLY)
    client = signed_in(app, cast.programme_support)
    page = client.get(widen_path(case, note))
    forms = BeautifulSoup(page.get_data(as_text=True), "lxml").select("main form[method=post]")
    offered = {str(form.select_one("[name=readers]")["value"]): form.get_text(strip=True) for form in forms}  # type: ignore[index]
    assert offered == {
        "state_tpb": "Open to: The State and TPB",
        "coordination": "Open to: TPB and the bodies consulted",
        "all": "Open to: The State, TPB and the bodies consulted",
    }
    assert client.submit(page, form="form:has([value=coordination])").status_code == 303
    assert messages.latest(app, case).audience is Audience.COORDINATION


#: (who wrote it, for whom, who opens it, to whom, what is answered)
REFUSED = [
    ("mission", R.STATE_TPB, "case_officer", "all", 403),
    ("case_officer", R.STATE_TPB, "case_officer", "all", 403),
    ("mission", R.ALL, "mission", "state_tpb", 403),
    ("case_officer", R.COORDINATION, "case_officer", "tpb_only", 403),
    ("case_officer", R.COORDINATION, "case_officer", "coordination", 403),
    ("case_officer", R.COORDINATION, "case_officer", "state_tpb", 403),
    ("ctc_liaison", R.COORDINATION, "case_officer", "all", 403),
    ("ctc_liaison", R.COORDINATION, "ola_liaison", "all", 403),
    ("mission", R.STATE_TPB, "auditor", "all", 403),
    ("mission", R.STATE_TPB, "administrator", "all", 403),
    ("mission", R.STATE_TPB, "mission", "own_state", 403),
    ("mission", R.STATE_TPB, "mission", "everybody", 422),
    ("case_officer", R.TPB_ONLY, "mission", "all", 404),
    ("mission", R.STATE_TPB, "ctc_liaison", "all", 404),
    ("mission", R.STATE_TPB, "away_mission", "all", 404),
]


def test_who_may_not_does_not(app: Flask, cast: Cast, case: Made) -> None:
    for writer, readers, person, to, status in REFUSED:
        message = messages.write(app, cast[writer], case, "A word", readers)
        before = standing(app, case.key)
        client = quick_client(app, cast[person])
        answer = post(app, client, widen_path(case, message), seen=readers.value, readers=to)
        assert answer.status_code == status, (writer, readers, person, to)
        stored = messages.latest(app, case)
        assert (stored.audience, stored.widened_at) == (readers.audience, None)
        assert standing(app, case.key) == before


def test_what_a_state_said_before_it_submitted_is_never_opened(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    message = messages.write(app, cast.mission, case, "Among us", R.OWN_STATE)
    client = quick_client(app, cast.mission)
    assert get(app, client, widen_path(case, message)).status_code == 403
    for seen in ("own_state", "state_tpb"):
        answer = post(app, client, widen_path(case, message), seen=seen, readers="all")
        assert answer.status_code in (403, 422)
    assert messages.latest(app, case).readership is R.OWN_STATE


def test_who_was_slower_is_told_who_reads_it_now(app: Flask, cast: Cast, case: Made) -> None:
    message = messages.write(app, cast.case_officer, case, "A word", R.TPB_ONLY)
    slow, quick = signed_in(app, cast.branch_chief), signed_in(app, cast.case_officer)
    page = slow.get(widen_path(case, message))
    assert quick.submit(quick.get(widen_path(case, message)), form="form:has([value=coordination])").status_code == 303
    answer = slow.submit(page, form="form:has([value=state_tpb])")
    assert answer.status_code == 422
    words = BeautifulSoup(answer.get_data(as_text=True), "lxml").get_text()
    assert "Somebody opened this message to more readers meanwhile" in words
    assert "Who reads it now: TPB and the bodies consulted" in words
    assert messages.latest(app, case).audience is Audience.COORDINATION


# --- foreign messages ------------------------------------------------------------------------------------------------


def test_a_message_that_is_not_for_the_reader_answers_as_one_that_does_not_exist(app: Flask, cast: Cast) -> None:
    """Of another audience, of another case, of another State: pages, POSTs and places in lists."""
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    other = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    foreign = make_case(app, cast, State.IN_REVIEW, away(cast))
    hidden = [
        messages.write(app, cast.case_officer, case, "A note", R.TPB_ONLY),
        messages.write(app, cast.mission, other, "Elsewhere", R.STATE_TPB),
        messages.write(app, cast.away_mission, foreign, "Secret", R.STATE_TPB),
    ]
    client = quick_client(app, cast.mission)
    asks: list[Any] = [
        lambda key: get(app, client, widen_path(case, key)),
        lambda key: post(app, client, widen_path(case, key), seen="state_tpb", readers="all", _key="one-key"),
        lambda key: post(app, client, f"/cases/{case.key}/messages/read", newest=key, _key="another-key"),
        lambda key: get(app, client, f"/cases/{case.key}/messages?before={key}"),
    ]
    for ask in asks:
        nothing = seen_of(ask(MISSING_PART), MISSING_PART)
        for message in hidden:
            assert told_apart(seen_of(ask(message.key), message.key), nothing) is None
    assert count_of(app, MessageRead) == 0


# --- the database ----------------------------------------------------------------------------------------------------


CHANGES = (
    "UPDATE messages SET text = 'changed'",
    "UPDATE messages SET written_by_id = written_by_id",
    "UPDATE messages SET before_submission = (1 = 1)",
    "UPDATE messages SET written_at = CURRENT_TIMESTAMP, audience = 'all'",
    "DELETE FROM messages",
    "UPDATE messages SET audience = 'everybody'",
    "UPDATE messages SET widened_at = CURRENT_TIMESTAMP",
)


def test_the_database_refuses_to_change_what_was_written(app: Flask, cast: Cast, case: Made) -> None:
    messages.write(app, cast.mission, case, "As it was", R.STATE_TPB)

    def change(statement: str) -> None:
        with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
            session.execute(text(statement))

    for statement in CHANGES:
        with pytest.raises(DatabaseError):
            change(statement)
    stored = messages.latest(app, case)
    assert (stored.text, stored.audience) == ("As it was", Audience.STATE_TPB)
