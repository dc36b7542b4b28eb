"""Silence counts when a body was provably told, agreed in writing beforehand, and did not answer; else never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.administration.calendar_services import enter_holiday
from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.coordination.consents.commands import GiveConsent, WithdrawConsent
from app.coordination.consents.services import give_consent, withdraw_consent
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import OfConsultation, send_notice, send_notices
from app.coordination.models import Consultation
from app.coordination.silence import deeming
from app.coordination.silence.deeming import deem_silences
from app.coordination.silence.delivery import settle_deliveries
from app.coordination.silence.models import SilenceProof
from app.coordination.vocabulary import ClosedHow, DeliveredHow
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.reference import cache
from app.reference.commands import AddHoliday
from app.reference.holidays import calendar_views
from app.reference.models import BodyAgreement
from app.reference.vocabulary import DutyStation
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Body, Position, State
from tests.factories.agreements import LETTER, agree
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.consultations import answer, consult, consultation_of
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.factories.silence import OFFICE, bounce, register_office, take_mail
from tests.support.canaries import as_text
from tests.support.clock import StoppedClock


@dataclass(frozen=True, slots=True)
class Silence:
    """One silence: asked when, told when by which rule, a holiday of New York in between, and the end of its limit."""

    asked: datetime
    holiday: date
    due_on: date
    due_at: datetime
    local: str


#: Ten working days over both ends of summer time in New York, each with a holiday.
SPRING = Silence(
    datetime(2026, 3, 2, 15, tzinfo=UTC),
    date(2026, 3, 6),
    date(2026, 3, 18),
    datetime(2026, 3, 19, 4, tzinfo=UTC),
    "2026-03-19 00:00:00-04:00",
)
AUTUMN = Silence(
    datetime(2026, 10, 22, 15, tzinfo=UTC),
    date(2026, 11, 3),
    date(2026, 11, 9),
    datetime(2026, 11, 10, 5, tzinfo=UTC),
    "2026-11-10 00:00:00-05:00",
)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    cache.forget()
    return cast_of(app)


def asked(app: Flask, cast: Cast, clock: StoppedClock, at: datetime = AUTUMN.asked, **plan: Any) -> Made:
    """A request on which CTC/CTED was asked at `at`, with a notice that its mail server took at once."""
    clock.set(at)
    register_office(app)
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED,), told=False, **plan))
    with app.app_context():
        send_notice(SYSTEM, OfConsultation(key=consultation_of(app, case).key))
    take_mail(app)
    return case


def run(app: Flask) -> int:
    """What the scheduler does about silence, twice: the second time nothing is left."""
    cache.forget()
    with app.app_context():
        settle_deliveries(SYSTEM)
        done = deem_silences(SYSTEM)
        settle_deliveries(SYSTEM)
        assert deem_silences(SYSTEM) == 0
    return done


def answered(app: Flask, case: Made) -> tuple[Any, Any]:
    row = consultation_of(app, case)
    return row.position, row.closed_how


def delivered(app: Flask, clock: StoppedClock, at: datetime = AUTUMN.asked) -> None:
    """A day later nobody has reported that the mail did not arrive."""
    run(app)
    clock.set(at + timedelta(hours=24))
    run(app)


@pytest.mark.parametrize("silence", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_silence_with_its_proof(app: Flask, cast: Cast, clock: StoppedClock, silence: Silence) -> None:
    clock.set(silence.asked - timedelta(days=1))
    agree(app, cast)
    _close_new_york(app, cast, silence.holiday)
    case = asked(app, cast, clock, silence.asked)
    run(app)
    clock.set(silence.asked + timedelta(hours=24) - timedelta(seconds=1))
    run(app)
    assert consultation_of(app, case).notice_delivered_at is None, "a report may still come"
    clock.set(silence.asked + timedelta(hours=24))
    run(app)
    row = consultation_of(app, case)
    assert (row.notice_delivered_at, row.delivered_how) == (clock.now, DeliveredHow.RELAY)
    clock.set(silence.due_at - timedelta(seconds=1))
    assert run(app) == 0
    clock.set(silence.due_at)
    assert run(app) == 1
    assert answered(app, case) == (Position.DEEMED_NO_OBJECTION, ClosedHow.DEEMED)
    assert standing(app, case.key).history[-2:] == ("notice_delivered", "deem_no_objection")
    told = rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "case.deemed_no_objection"))
    assert {one.user_id for one in told} == {cast.case_officer.id, cast.ctc_liaison.id}
    (proof,) = rows(app, select(SilenceProof))
    assert (proof[0].due_at, proof[0].proof["due_on"]) == (silence.due_at, silence.due_on.isoformat())
    counted = [day for day in proof[0].proof["days"] if day["kind"] == "counted"]
    assert (len(counted), counted[-1]["day"]) == (10, silence.due_on.isoformat())
    assert _says(app, cast, case, silence)


def _says(app: Flask, cast: Cast, case: Made, silence: Silence) -> bool:
    """What the page and the paper show, and to whom."""
    wanted = (OFFICE, LETTER, "A day off of the test", f"{silence.due_at:%Y-%m-%d %H:%M}:00+00:00", silence.local)
    for person in (cast.case_officer, cast.auditor, cast.ctc_liaison):
        client = signed_in(app, person)
        page = client.get(f"/cases/{case.key}/silence")
        text, paper = as_text(page), as_text(client.get(f"/cases/{case.key}/silence.pdf"))
        for word in wanted:
            assert word in text, word
            assert word.replace(" ", "") in "".join(paper.split()), word
    for person in (cast.focal_point, cast.mission, cast.away_mission, cast.administrator):
        answers = [get(app, quick_client(app, person), f"/cases/{case.key}/silence{end}") for end in ("", ".pdf")]
        assert [answer.status_code for answer in answers] == [403, 403], person.name
    return True


def _close_new_york(app: Flask, cast: Cast, day: date) -> None:
    with app.app_context(), app.test_request_context():
        from app.foundation.db import read_session

        views = calendar_views(read_session())
        key = next(view.key for view in views if view.duty_station is DutyStation.NEW_YORK)
        enter_holiday(
            cast.administrator.actor, AddHoliday(calendar_key=key, day=day, name="A day off of the test", source="ST/1")
        )
    cache.forget()


def test_without_an_agreement_nothing_is_deemed(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = asked(app, cast, clock)
    delivered(app, clock)
    clock.set(AUTUMN.due_at + timedelta(days=60))
    assert run(app) == 0
    assert answered(app, case) == (None, None)


@pytest.mark.parametrize("when", ["after_the_notice", "revoked", "revoked_and_agreed_again"])
def test_the_agreement_must_hold_from_the_notice_to_the_end(
    app: Flask, cast: Cast, clock: StoppedClock, when: str
) -> None:
    if when != "after_the_notice":
        clock.set(AUTUMN.asked - timedelta(days=1))
        agree(app, cast)
    case = asked(app, cast, clock)
    delivered(app, clock)
    clock.move(days=2)
    with app.app_context(), write_transaction(None) as session:
        revoked = {"revoked_at": clock.now, "revoked_by_id": cast.branch_chief.id}
        session.execute(update(BodyAgreement).values(revoked))
        cache.changed(session)
    if when != "revoked":
        agree(app, cast)
    clock.set(AUTUMN.due_at + timedelta(days=5))
    assert run(app) == 0
    assert answered(app, case) == (None, None)


@pytest.mark.parametrize("hours", [1, 30], ids=["before_it_counted", "after_it_counted"])
def test_what_came_back_was_not_delivered(app: Flask, cast: Cast, clock: StoppedClock, hours: int) -> None:
    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    case = asked(app, cast, clock)
    if hours > 24:
        delivered(app, clock)
    clock.set(AUTUMN.asked + timedelta(hours=hours))
    bounce(app, case)
    run(app)
    clock.set(AUTUMN.due_at + timedelta(days=30))
    assert run(app) == 0
    assert answered(app, case) == (None, None)
    assert (consultation_of(app, case).notice_delivered_at is None) == (hours < 24)
    (notice,) = rows(app, select(ConsultationNotice))
    assert notice[0].bounce_status == "5.1.1"


def test_a_report_about_an_earlier_round_is_kept_and_keeps_nobody_waiting(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    """It comes days late, when the body was asked again; what concerns other requests goes on."""
    revised = asked(app, cast, clock)
    with app.app_context():
        settle_deliveries(SYSTEM)
    answer(app, cast, revised, {Body.CTC_CTED: Position.COMMENT})
    bounce(app, revised)
    consult(app, revised, delivered=False)
    others = [make_case(app, cast, State.IN_COORDINATION, at_home(cast, told=False)) for _ in range(3)]
    with app.app_context():
        send_notices(SYSTEM)
    take_mail(app)
    delivered(app, clock)
    for case in (*others, revised):
        assert consultation_of(app, case).delivered_how is DeliveredHow.RELAY
    first = select(ConsultationNotice.bounce_status).where(ConsultationNotice.case_id == revised.id)
    assert [row.bounce_status for row in rows(app, first.order_by(ConsultationNotice.id))] == ["5.1.1", None]


def test_a_mail_that_only_waits_has_not_come_back(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    case = asked(app, cast, clock)
    bounce(app, case, action="delayed", status="4.4.1")
    delivered(app, clock)
    assert consultation_of(app, case).notice_delivered_at == clock.now


@pytest.mark.parametrize("what", ["urgent", "withdrawn", "on_hold"])
def test_what_else_keeps_silence_from_counting(app: Flask, cast: Cast, clock: StoppedClock, what: str) -> None:
    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    case = asked(app, cast, clock)
    delivered(app, clock)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        if what == "urgent":
            row.urgent_since = clock.now
        elif what == "on_hold":
            row.state, row.hold_reason = State.ON_HOLD, "security"
        else:
            session.execute(update(ConsentRecord).values(withdrawn_at=clock.now, withdrawn_by_id=cast.mission.id))
    clock.set(AUTUMN.due_at + timedelta(days=5))
    assert run(app) == 0
    assert answered(app, case) == (None, None)


@pytest.mark.parametrize("days", [2, 30], ids=["before_the_end", "after_the_end"])
def test_time_in_which_the_state_did_not_share_is_nobodys_silence(
    app: Flask, cast: Cast, clock: StoppedClock, days: int
) -> None:
    """Withdrawn and given again: meanwhile the link was closed, and the body could not read on."""
    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    case = asked(app, cast, clock)
    delivered(app, clock)
    (consent,) = rows(app, select(ConsentRecord.key).where(ConsentRecord.case_id == case.id))[0]
    with app.app_context():
        withdraw_consent(cast.mission.actor, WithdrawConsent(key=case.key, consent=consent))
    clock.move(days=days)
    with app.app_context():
        give_consent(cast.mission.actor, GiveConsent(key=case.key, kind=ConsentKind.CTC))
    clock.set(max(AUTUMN.due_at, clock.now) + timedelta(days=1))
    assert run(app) == 0
    assert answered(app, case) == (None, None)


def test_one_silence_that_cannot_be_recorded_keeps_no_other_waiting(
    app: Flask, cast: Cast, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    clock.set(AUTUMN.asked)
    broken, other = (make_case(app, cast, State.IN_COORDINATION) for _ in range(2))
    key, prove = consultation_of(app, broken).key, deeming.proof_of

    def proof_of(consultation: Consultation, *rest: Any) -> Any:
        if consultation.key == key:
            raise ValueError("nothing to prove it with")
        return prove(consultation, *rest)

    monkeypatch.setattr(deeming, "proof_of", proof_of)
    clock.set(AUTUMN.due_at + timedelta(days=1))
    cache.forget()
    with app.app_context(), pytest.raises(ValueError, match="nothing to prove"):
        deem_silences(SYSTEM)
    assert answered(app, broken) == (None, None)
    assert answered(app, other) == (Position.DEEMED_NO_OBJECTION, ClosedHow.DEEMED)


def test_the_office_of_legal_affairs_is_never_deemed(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    clock.set(AUTUMN.asked)
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    clock.set(AUTUMN.due_at + timedelta(days=90))
    assert run(app) == 1
    assert answered(app, case) == (Position.DEEMED_NO_OBJECTION, ClosedHow.DEEMED)
    ola = consultation_of(app, case, Body.OLA)
    assert (ola.position, ola.closed_at) == (None, None)
    assert count_of(app, Consultation, Consultation.position == Position.DEEMED_NO_OBJECTION) == 1


def test_two_workers_record_one_silence_once(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    from concurrent.futures import ThreadPoolExecutor

    clock.set(AUTUMN.asked - timedelta(days=1))
    agree(app, cast)
    case = asked(app, cast, clock)
    delivered(app, clock)
    clock.set(AUTUMN.due_at)

    def work(_number: int) -> int:
        with app.app_context():
            return deem_silences(SYSTEM)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 1
    assert standing(app, case.key).history.count("deem_no_objection") == 1
    assert count_of(app, SilenceProof) == 1
