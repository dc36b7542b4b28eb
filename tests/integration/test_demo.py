"""The demo: loaded once, played by the rules, apart from the 193."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.security_history import verify as verify_people
from app.casework.models import (
    AssistanceRequest,
    CaseAlert,
    CaseReminder,
    CaseRevision,
    ConsentRecord,
    HistoryEntry,
    HistoryPayload,
)
from app.casework.projection import compare
from app.casework.verify import verify_all
from app.casework.vocabulary import AlertKind, ConsentKind
from app.coordination.facts import is_latest
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.monthly.models import Happened, MonthlyEntry
from app.coordination.silence.models import SilenceProof
from app.coordination.vocabulary import ClosedHow, OpeningRule
from app.decision.models import TypeDecision
from app.delivery.participation.models import Participation
from app.demo import loading
from app.demo.content import names, script
from app.demo.guide import VISITS
from app.demo.people import PARTS, PASSWORD
from app.demo.stage import backstage
from app.foundation.clock import frozen, now
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import bind_scope, scope_of
from app.funding.models import Allocation, Hold
from app.notifications.models import Notice, OutboxMessage
from app.notifications.vocabulary import MessageState
from app.reference import cache
from app.reference.commands import LoadBundle
from app.reference.models import StateRecord
from app.reference.services import load_bundle
from app.reference.states import all_states, member_states, state_choices
from app.reference.treaties import Participants, parties_on
from app.reference.vocabulary import StateStatus
from app.triage.queue import list_page
from app.triage.queue_query import Origin, QueueQuery
from app.triage.supply_models import Supply
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import Action, ActorKind, AssistanceType, Body, Mark, Role, State
from tests.factories.demonstration import FEW_STORIES, stage_few
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.databases import Database

EXPECTED = Counter(
    {
        State.DRAFT: 6,
        State.AWAITING_MISSION: 2,
        State.SUBMITTED: 4,
        State.SCREENING: 6,
        State.RETURNED: 2,
        State.IN_REVIEW: 6,
        State.IN_COORDINATION: 14,
        State.DECISION: 2,
        State.PLANNING: 4,
        State.ON_HOLD: 2,
        State.SCHEDULED: 1,
        State.IN_DELIVERY: 2,
        State.DELIVERED: 2,
        State.EVALUATION: 3,
        State.CLOSED: 2,
        State.DECLINED: 2,
        State.REFERRED: 1,
        State.DISCONTINUED: 1,
        State.LAPSED: 1,
        State.WITHDRAWN: 1,
        State.DISCARDED: 1,
        State.NOT_ELIGIBLE: 1,
        State.MERGED: 1,
    }
)
CASES = EXPECTED.total()
TREATY, DAY = "FINANCING_1999", date(2014, 1, 27)


@pytest.fixture
def demo(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """An application that may hold the demo, with the invented States and nothing of theirs."""
    app = make_app(demo_data=True)
    cache.forget()
    with app.app_context():
        load_bundle(SYSTEM, LoadBundle(demo=True))
    yield app
    cache.forget()


@pytest.fixture
def few_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cases are enough where it is not about what the stories tell."""
    monkeypatch.setattr(loading, "STORIES", FEW_STORIES)


def flask(app: Flask, *command: str) -> Result:
    return app.test_cli_runner().invoke(args=list(command))


def loaded(app: Flask) -> Flask:
    done = flask(app, "demo", "load")
    assert done.exit_code == 0, done.output
    return app


def contents() -> dict[str, Any]:
    """How many rows each table of the play has, and where every case stands."""
    with backstage() as session:
        tables = ("users", "user_roles", "cases", "case_history", "outbox_messages", "notices", "security_history")
        rows = {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables}
        heads = session.execute(select(AssistanceRequest.key, AssistanceRequest.history_hash)).all()
        return {**rows, "heads": sorted(map(tuple, heads))}


def states_now() -> Counter[State]:
    with backstage() as session:
        return Counter(session.scalars(select(AssistanceRequest.state)))


def assert_true_histories() -> None:
    """Chains, stays, due dates and holders are what the history says."""
    with backstage() as session:
        assert verify_all(session).findings == ()
        cases = session.scalars(select(AssistanceRequest)).all()
        assert len(cases) == CASES
        assert {case.key: compare(session, case) for case in cases} == {case.key: [] for case in cases}
        assert verify_people(session) is None


def test_every_case_is_played_by_the_rules_and_loaded_once(
    demo: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL on the day of the test, on SQLite on a Monday just after midnight: the play ends the same."""
    monday = datetime(2026, 3, 2, 0, 5, tzinfo=UTC)
    with nullcontext() if database.is_postgresql else frozen(monday):
        assert_played_and_loaded_once(demo, monkeypatch)


def assert_played_and_loaded_once(demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    real = loading.hash_password
    monkeypatch.setattr(loading, "hash_password", lambda password: (hashed.append(password), real(password))[1])
    first = flask(loaded(demo), "demo", "accounts")
    with demo.app_context():
        before = contents()
        assert states_now() == EXPECTED
        assert_true_histories()
        assert_words_and_mails()
        with backstage() as session:
            assert (session.scalar(select(func.max(HistoryEntry.at))) or now()) < now()
            assert_moments(session)
            assert_told_in_history(session)
    again = flask(demo, "demo", "load")
    assert again.exit_code == 0
    assert f"there already: 35 accounts, {CASES} cases" in again.output
    with demo.app_context():
        assert contents() == before
    guided = flask(demo, "demo", "cases")
    assert guided.exit_code == 0
    assert all(visit.moment in guided.output for visit in VISITS), "each case of the guide is there under its title"
    assert hashed == [PASSWORD], "one password, hashed once"
    assert all(part.email in first.output and part.name in first.output for part in PARTS)
    verified = flask(demo, "history", "verify")
    assert verified.exit_code == 0, verified.output
    assert verified.output.startswith(f"{CASES} histories")


def assert_words_and_mails() -> None:
    with backstage() as session:
        owners = set(session.scalars(select(StateRecord.status).join(AssistanceRequest)))
        assert owners == {StateStatus.DEMO}
        assert set(session.scalars(select(AssistanceRequest.lang))) == {"en", "fr", "es", "ru", "ar", "zh"}
        numbers = session.scalars(
            select(AssistanceRequest.number).where(AssistanceRequest.number.is_not(None)).order_by("submitted_at")
        ).all()
        # the play may run over New Year in Vienna, where numbers begin anew
        assert len(numbers) == len(set(numbers)) == 58
        assert list(numbers) == sorted(str(number) for number in numbers)
        kinds = session.scalars(text("SELECT DISTINCT type FROM case_types")).all()
        assert len({AssistanceType(kind) for kind in kinds}) >= 10
        assert session.scalar(select(func.max(CaseRevision.revision))) == 2
        delivered = select(func.count()).where(CaseReminder.delivered_at.is_not(None))
        assert (session.scalar(delivered) or 0) >= 6
        to_people, to_offices = OutboxMessage.address.is_(None), OutboxMessage.address.is_not(None)
        assert set(session.scalars(select(OutboxMessage.state).where(to_people))) == {MessageState.WITHHELD}
        assert set(session.scalars(select(OutboxMessage.state).where(to_offices))) == {MessageState.SENT}
        assert all(one.endswith(".example") for one in session.scalars(select(OutboxMessage.address).where(to_offices)))
        read = Counter(session.scalars(select(Notice.read_at.is_not(None))))
        assert read[True] > 4 * read[False] > 0


def assert_moments(session: Session) -> None:
    """Each case of the guided list stands at its interesting moment."""
    latest = {
        (title, body): one
        for one, title in session.execute(
            select(Consultation, AssistanceRequest.title).join(AssistanceRequest).where(is_latest())
        )
        for body in (one.body,)
    }
    by_story = {name: script(name).tasks["need"]["title"] for name in names()}

    def asked(story: str, body: Body = Body.CTC_CTED) -> Consultation:
        return latest[by_story[story], body]

    assert asked("consulted").open
    assert asked("consulted", Body.PARTNER).open
    assert asked("more_time").open
    assert asked("more_time").more_time_at
    assert asked("objection").objects
    assert (asked("second_round").round, asked("second_round").open) == (2, True)
    assert asked("urgent_consulted").open
    assert asked("by_telephone").closed_how is ClosedHow.RECORDED
    assert {asked(story).closed_how for story in ("silence", "nuclear_reservation")} == {ClosedHow.DEEMED}
    assert asked("nuclear_reservation").round == 2
    assert asked("nuclear_reservation", Body.OLA).rule is OpeningRule.UN_DEPOSITARY
    assert all(asked(story, Body.OLA).open for story in ("nuclear_reservation", "ola_silent"))
    late = select(CaseAlert.subject).where(CaseAlert.kind == AlertKind.ESCALATED_AGAIN)
    assert asked("nuclear_reservation", Body.OLA).key in set(session.scalars(late))
    recorded = session.scalars(select(ConsultationPosition).where(ConsultationPosition.recorded_by_id.is_not(None)))
    call = recorded.one()
    assert call.document_id
    assert call.correctable_until
    assert call.correctable_until > now()
    urgent = session.scalars(select(AssistanceRequest.title).where(AssistanceRequest.urgent_since.is_not(None)))
    assert set(urgent) == {by_story["urgent"], by_story["urgent_consulted"]}
    supply = session.scalars(select(Supply)).one()
    assert len(supply.items) == 2
    assert session.scalars(select(ConsentRecord.kind).where(ConsentRecord.withdrawn_at.is_not(None))).all() == [
        ConsentKind.CTC
    ]
    of_lists = session.execute(select(MonthlyEntry.happened, func.count()).group_by(MonthlyEntry.happened))
    assert set(dict(of_lists.tuples().all())) >= {Happened.RECEIVED, Happened.DECIDED, Happened.REFUSED}


def assert_told_in_history(session: Session) -> None:
    """No row stands beside the histories of which they do not tell: everything came through use cases."""

    def entries(*actions: Action | Mark) -> int:
        told = select(func.count()).where(HistoryEntry.action.in_([action.value for action in actions]))
        return session.scalar(told) or 0

    def rows(condition: Any) -> int:
        return session.scalar(select(func.count()).where(condition)) or 0

    same = (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
    consults = select(HistoryPayload.payload).join(HistoryEntry, same)
    opened = session.scalars(consults.where(HistoryEntry.action == Action.CONSULT.value))
    assert sum(len(payload["bodies"]) for payload in opened) == rows(Consultation.id.is_not(None)) > 25
    assert entries(Action.GIVE_POSITION, Action.RECORD_POSITION) == rows(ConsultationPosition.id.is_not(None)) > 15
    assert entries(Action.DEEM_NO_OBJECTION) == rows(SilenceProof.id.is_not(None)) == 2
    assert entries(Mark.NOTICE_DELIVERED) == rows(Consultation.notice_delivered_at.is_not(None)) > 20
    assert entries(Action.HOLD) == rows(Hold.id.is_not(None)) == 4
    assert entries(Action.ALLOCATE) == rows(Allocation.id.is_not(None)) == 12
    assert entries(Action.GIVE_CONSENT) == 3, "to CTC, to the disclosure of an activity, to being named to donors"
    assert entries(Mark.PARTICIPATION_ASKED) == rows(Participation.asked_at.is_not(None)) == 6
    assert entries(Action.ANSWER_PARTICIPATION) == rows(Participation.answered_at.is_not(None)) == 3
    decided = set(session.scalars(select(TypeDecision.seq + TypeDecision.case_id * 10_000)))
    assert len(decided) == entries(Action.APPROVE, Action.DECLINE) == 19
    assert rows(TypeDecision.approved.is_(False)) == 4


def test_every_role_signs_in_and_sees_its_home(demo: Flask, database: Database) -> None:
    stage_few(demo, database)
    seen = {part.role: part for part in reversed(PARTS)}
    for part in seen.values():
        visitor = demo.test_client()
        assert isinstance(visitor, InspectedClient)
        answer = sign_in_on_the_page(visitor, part.email, PASSWORD)
        assert part.name in answer.get_data(as_text=True), part.login
    with demo.app_context():
        alone = read_session().scalars(select(User.email).where(User.may_submit)).all()
        assert alone == ["focal.xqv@demo.example"]


def test_invented_states_stand_apart_from_the_193(demo: Flask, database: Database) -> None:
    """The whole demo changes no figure about the Member States."""
    stage_few(demo, database)
    with demo.app_context():
        session = read_session()
        invented = {state.alpha3 for state in all_states(session, include_demo=True) if state.is_demo}
        assert len(invented) == 12
        assert len(member_states(session)) == 193
        assert invented.isdisjoint(state.alpha3 for state in all_states(session, include_demo=False))
        choices = [code for code, _ in state_choices(session, "en", include_demo=True)]
        assert set(choices[-12:]) == invented
        for participants in Participants:
            parties = parties_on(session, TREATY, DAY, participants=participants).codes
            assert len(parties) > 150
            assert invented.isdisjoint(parties)
        officer = read_session().scalars(select(User.id).where(User.email == "intake@demo.example")).one()
        intake = Actor(officer, ActorKind.USER, "", frozenset({Role.INTAKE_OFFICER}))
        bind_scope(session, scope_of(intake))
        queue = {origin: list_page(session, intake, QueueQuery(origin=origin), "en").rows for origin in Origin}
        assert {origin: len(rows) for origin, rows in queue.items()} == {Origin.REAL: 0, Origin.DEMO: 2}
        of_real = select(func.count()).select_from(User).join(StateRecord, StateRecord.id == User.state_id)
        assert session.scalar(of_real.where(StateRecord.status != StateStatus.DEMO)) == 0


def test_an_interrupted_load_leaves_nothing_and_the_next_one_is_whole(
    demo: Flask, monkeypatch: pytest.MonkeyPatch, few_stories: None
) -> None:
    def stops(stage: Any) -> Iterator[datetime]:
        yield stage.on("intake", 75, 9)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(loading, "STORIES", (*loading.STORIES, stops))
        with demo.app_context(), pytest.raises(KeyboardInterrupt):
            loading.load_demo()
    with demo.app_context():
        assert contents()["users"] == contents()["cases"] == contents()["outbox_messages"] == 0
        assert loading.load_demo().fresh
        assert states_now() == {State.SUBMITTED: 1, State.SCREENING: 1}


@pytest.mark.sqlite_only
def test_the_play_ends_the_same_over_new_year(demo: Flask) -> None:
    today = datetime(2026, 1, 3, 23, 55, tzinfo=UTC)  # a Saturday
    with demo.app_context(), frozen(today):
        assert loading.load_demo().cases == CASES
        assert states_now() == EXPECTED
        assert_true_histories()
        with backstage() as session:
            assert (session.scalar(select(func.max(HistoryEntry.at))) or today) < today


def test_refused_where_there_is_no_demo(demo: Flask, make_app: Callable[..., Flask]) -> None:
    for command in (("demo", "load"), ("demo", "accounts"), ("demo", "cases")):
        done = flask(make_app(demo_data=False), *command)
        assert done.exit_code == 1
        assert "ACCEDE_DEMO_DATA=1" in done.output
    for listing in ("accounts", "cases"):
        done = flask(demo, "demo", listing)
        assert (done.exit_code, "was not loaded" in done.output) == (1, True)
    with demo.app_context(), write_transaction(None) as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0


def test_says_what_to_do_without_the_invented_states(make_app: Callable[..., Flask]) -> None:
    cache.forget()
    done = flask(make_app(demo_data=True), "demo", "load")
    assert done.exit_code == 1
    assert "flask reference load --demo" in done.output
