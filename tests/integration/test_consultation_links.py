"""Links without an account: opening one records nothing, one answer uses it up, none says more than its own brief."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.projection import compare
from app.casework.vocabulary import ConsentKind
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import GRACE, send_notices
from app.coordination.models import ConsultationPosition
from app.coordination.silence.delivery import settle_deliveries
from app.coordination.vocabulary import Came, ClosedHow, DeliveredHow
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import MailBounce, OutboxMessage
from app.notifications.sender import deliver_due
from app.notifications.vocabulary import MessageState
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Action, Body, Position, State
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.consultations import agree_to_partners, answer, consultation_of
from tests.factories.people import Cast, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import count_of, rows, standing
from tests.factories.silence import OFFICE, register_office
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer
from tests.support.statements import recorded_statements
from tests.unit.notifications.test_bounces import report

ASKED = datetime(2026, 10, 22, 15, tzinfo=UTC)
OBJECTION = {"step": "answer", "position": "objection", "ground": "rights", "lang": "en"}
WORDS = "canary-objection 人权 حقوق"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    clock.set(ASKED)
    return cast_of(app)


def asked(app: Flask, cast: Cast, smtp: MailServer, bodies: tuple[Body, ...] = (Body.CTC_CTED,)) -> tuple[Made, str]:
    """A request on which the office of CTC/CTED was written to; returns it with the path of the link."""
    register_office(app)
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=bodies, told=False))
    with app.app_context():
        assert [send_notices(SYSTEM), send_notices(SYSTEM)] == [1, 0]
        deliver_due()
    (mail,) = smtp.to(OFFICE)
    return case, link_in(mail)


def link_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return urlsplit(next(word for word in body.get_content().split() if "/answer/" in word)).path


def notice(app: Flask) -> ConsultationNotice:
    (row,) = rows(app, select(ConsultationNotice))
    found: ConsultationNotice = row[0]
    return found


def test_only_what_is_posted_is_recorded(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer, capsys: Any
) -> None:
    case, path = asked(app, cast, smtp_server)
    before = standing(app, case.key)
    for _scanner in range(3):
        page = client.get(path)
        assert page.status_code == 200
    assert "no procedure" in page.get_data(as_text=True) or "Review of the law" in page.get_data(as_text=True)
    headers = [page.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")]
    assert headers == ["no-store", "noindex, nofollow, noarchive", "strict-origin"]
    assert standing(app, case.key) == before
    assert consultation_of(app, case).notice_delivered_at is None, "a scanner of mail opens links, too"
    assert client.submit(page, form="form:has([value=received])").status_code == 200
    row = consultation_of(app, case)
    assert (row.notice_delivered_at, row.delivered_how) == (ASKED, DeliveredHow.OPENED)
    again = client.get(path)
    assert "The receipt was confirmed" in again.get_data(as_text=True)
    form = "form:has([value=answer])"
    wrong = client.submit(again, {"position": "objection", "text": WORDS, "in_name_of": ""}, form=form)
    assert wrong.status_code == 422
    assert WORDS in wrong.get_data(as_text=True)
    typed = {"position": "objection", "ground": "rights", "text": WORDS, "in_name_of": "Ada Quill, Legal Officer"}
    assert client.submit(wrong, typed, form=form).status_code == 200
    (position,) = rows(app, select(ConsultationPosition))
    said = position[0]
    assert (said.came, said.in_name_of, said.text, said.given_by_id) == (Came.LINK, typed["in_name_of"], WORDS, None)
    assert consultation_of(app, case).closed_how is ClosedHow.LINK
    assert standing(app, case.key).history[-2:] == ("notice_delivered", "give_position")
    told = rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "case.position_given"))
    assert [row.user_id for row in told] == [cast.case_officer.id]
    over = client.get(path)
    assert over.status_code == 410
    assert "good for one answer" in over.get_data(as_text=True)
    assert WORDS not in over.get_data(as_text=True)
    assert post(app, client, path, **OBJECTION, text="Again.", in_name_of="Ada").status_code == 410
    assert count_of(app, ConsultationPosition) == 1
    logged = capsys.readouterr()
    assert path.rsplit("/", 1)[1] not in logged.out + logged.err


def test_a_link_that_is_not_this_one_opens_nothing(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer
) -> None:
    case, path = asked(app, cast, smtp_server)
    other = make_case(app, cast, State.IN_COORDINATION, at_home(cast, told=False))
    with app.app_context():
        send_notices(SYSTEM)
        deliver_due()
    other_path = link_in(smtp_server.to(OFFICE)[-1])
    token, second = (one.rsplit("/", 1)[1] for one in (path, other_path))
    payload, signature = second.rsplit(".", 1)
    for forged in (
        token[:-3] + "abc",
        f"{token.rsplit('.', 1)[0]}.{signature}",
        f"{payload}.x",
        "x",
        token + "." + token,
    ):
        page = client.get(f"/answer/{forged}")
        assert page.status_code == 404, forged
        assert "not one of ours" in page.get_data(as_text=True)
    numbers = {str(case.number), str(other.number)}
    for link, number in ((path, case.number), (other_path, other.number)):
        text = client.get(link).get_data(as_text=True)
        assert {one for one in numbers if one in text} == {number}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("expired", "has expired"),
        ("revoked", "took this link back"),
        ("closed", "No answer is waited for"),
        ("withdrawn", "does not share this request any more"),
    ],
)
def test_a_link_ends_kindly(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer, clock: StoppedClock, what: str, words: str
) -> None:
    case, path = asked(app, cast, smtp_server)
    opened = client.get(path)
    end(app, cast, clock, case, what)
    page = client.get(path)
    assert page.status_code == 410
    text = page.get_data(as_text=True)
    assert words in text
    assert "Sign in" in text
    assert "recorded as well" in text
    late = client.submit(opened, {"position": "no_objection", "in_name_of": "Ada"}, form="form:has([value=answer])")
    assert late.status_code == 410
    assert count_of(app, ConsultationPosition) == 0


def end(app: Flask, cast: Cast, clock: StoppedClock, case: Made, what: str) -> None:
    """Let something happen that ends the link."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        if what == "expired":
            assert ASKED + timedelta(days=21) + GRACE <= notice(app).expires_at, "it outlives the longest limit"
            clock.set(notice(app).expires_at)
        elif what == "revoked":
            session.execute(update(ConsultationNotice).values(revoked_at=clock.now, revoked_by_id=cast.case_officer.id))
        elif what == "closed":
            from app.coordination.models import Consultation

            session.execute(update(Consultation).values(closed_at=clock.now, closed_how=ClosedHow.OVERTAKEN))
        else:
            session.execute(update(ConsentRecord).values(withdrawn_at=clock.now, withdrawn_by_id=cast.mission.id))


def test_a_notice_that_waits_is_withheld_without_consent(
    app: Flask, cast: Cast, smtp_server: MailServer, clock: StoppedClock
) -> None:
    register_office(app)
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, told=False))
    with app.app_context():
        send_notices(SYSTEM)
    end(app, cast, clock, case, "withdrawn")
    with app.app_context():
        deliver_due()
    assert smtp_server.to(OFFICE) == []
    (row,) = rows(app, select(OutboxMessage.state).where(OutboxMessage.address == OFFICE))
    assert row.state is MessageState.WITHHELD


def test_forms_are_bound_to_their_session_and_guesses_are_slowed_down(
    app: Flask, cast: Cast, smtp_server: MailServer
) -> None:
    _case, path = asked(app, cast, smtp_server)
    visitor = quick_client(app, None)
    bare = visitor.post(path, data={"step": "received"}, base_url=app.config["ACCEDE_BASE_URL"])
    assert bare.status_code == 400
    assert notice(app).received_at is None
    answers = [post(app, visitor, "/answer/guessed", step="received").status_code for _try in range(32)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_the_office_of_legal_affairs_answers_by_its_own_link(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer
) -> None:
    register_office(app, Body.OLA, "ola@example.org")
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.OLA,), told=False))
    with app.app_context():
        send_notices(SYSTEM)
        deliver_due()
    path = link_in(smtp_server.to("ola@example.org")[0])
    page = client.get(path)
    with recorded_statements() as seen:
        get(app, quick_client(app, None), path)
    seen.at_most(8)
    typed = {"position": "no_objection", "in_name_of": "Li Wen"}
    assert client.submit(page, typed, form="form:has([value=answer])").status_code == 200
    assert consultation_of(app, case, Body.OLA).position is Position.NO_OBJECTION
    assert consultation_of(app, case, Body.CTC_CTED).position is None


def test_a_report_of_failure_is_read_from_the_mail_server(
    app: Flask, cast: Cast, smtp_server: MailServer, clock: StoppedClock
) -> None:
    case, _path = asked(app, cast, smtp_server)
    with app.app_context():
        settle_deliveries(SYSTEM)
    assert notice(app).accepted_at == ASKED
    sent_as = str(smtp_server.to(OFFICE)[0]["Message-ID"]).strip("<>")
    runner, clock_end = app.test_cli_runner(), clock.move(hours=3)
    for content, noted in (
        (report(message_id=sent_as), 1),
        (report(message_id=sent_as), 1),
        (report(message_id="of.somebody.else@example.org"), 0),
        (b"no report", 0),
    ):
        answer = runner.invoke(args=["mail", "bounce"], input=content)
        assert (answer.exit_code, answer.output) == (0, f"{noted} recipients noted.\n")
    assert count_of(app, MailBounce) == 1, "the same report twice is one"
    with app.app_context():
        settle_deliveries(SYSTEM)
        settle_deliveries(SYSTEM)
    assert (notice(app).bounced_at, notice(app).bounce_status) == (clock_end, "5.1.1")
    clock.set(ASKED + timedelta(hours=25))
    with app.app_context():
        settle_deliveries(SYSTEM)
    assert consultation_of(app, case).notice_delivered_at is None


def test_the_officer_sees_what_became_of_a_notice_and_takes_its_link_back(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer
) -> None:
    case, path = asked(app, cast, smtp_server)
    for name, member in cast.members.items():
        status = get(app, quick_client(app, member), f"/cases/{case.key}/notices").status_code
        inside = member.actor.is_tpb or name == "auditor"
        assert status == (200 if inside else 403), name
    stranger = quick_client(app, cast.other_officer)
    assert post(app, stranger, f"/cases/{case.key}/notices", notice=notice(app).key).status_code == 403
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{case.key}/notices")
    assert OFFICE in page.get_data(as_text=True)
    assert officer.submit(page).status_code == 303
    assert "taken back" in officer.get(f"/cases/{case.key}/notices").get_data(as_text=True)
    assert client.get(path).status_code == 410


def partner_asked(app: Flask, cast: Cast, smtp: MailServer) -> tuple[Made, str]:
    """A request on which a partner was written to besides; returns it with the path of the partner's link."""
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.PARTNER), told=False))
    agree_to_partners(app, case)
    with app.app_context():
        assert send_notices(SYSTEM) == 1
        deliver_due()
    (mail,) = smtp.to("partner@example.org")
    return case, link_in(mail)


def test_a_partner_answers_through_its_link_and_blocks_nothing(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer
) -> None:
    case, path = partner_asked(app, cast, smtp_server)
    page = client.get(path)
    text = page.get_data(as_text=True)
    assert "your organization is asked for its part" in text
    assert 'value="objection"' not in text
    assert 'name="ground"' not in text
    form = "form:has([value=answer])"
    typed = {"position": "objection", "text": WORDS, "in_name_of": "Vera Nix, Director"}
    assert client.submit(page, typed, form=form).status_code == 422, "nobody offered it"
    assert count_of(app, ConsultationPosition) == 0
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        version = session.get_one(AssistanceRequest, case.id).version
    answer(app, cast, case, {Body.CTC_CTED: Position.NO_OBJECTION})
    put_plan(app, case, cast.case_officer)
    assert do(signed_in(app, cast.case_officer), Action.PUT_FOR_DECISION, case.key).status_code == 303
    late = client.get(path)
    assert client.submit(late, {**typed, "position": "also_acting"}, form=form).status_code == 200
    row = consultation_of(app, case, Body.PARTNER)
    assert (row.position, row.closed_how, row.delivered_how) == (
        Position.ALSO_ACTING,
        ClosedHow.LINK,
        DeliveredHow.OPENED,
    )
    now_there = standing(app, case.key)
    assert (now_there.state, now_there.history[-2:]) == (State.DECISION, ("notice_delivered", "partner_answered"))
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        stored = session.get_one(AssistanceRequest, case.id)
        assert stored.version > version
        assert compare(session, stored) == [], "its limit has ended with it"
    told = select(OutboxMessage.user_id).where(OutboxMessage.code == "case.position_given")
    assert [row.user_id for row in rows(app, told)] == [cast.case_officer.id]
    assert client.get(path).status_code == 410
    inside = get(app, quick_client(app, cast.branch_chief), f"/cases/{case.key}/approve").get_data(as_text=True)
    assert WORDS in inside
    assert "Vera Nix, Director" in inside
    for person in ("mission", "focal_point"):
        reader = quick_client(app, cast[person])
        for part in ("", "/history", "/consultations"):
            shown = get(app, reader, f"/cases/{case.key}{part}").get_data(as_text=True)
            assert WORDS not in shown
            assert "A partner answered" not in shown, (person, part)


def test_a_partner_s_link_ends_with_the_consent_of_the_state(
    app: Flask, cast: Cast, client: InspectedClient, smtp_server: MailServer
) -> None:
    _case, path = partner_asked(app, cast, smtp_server)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        partners = ConsentRecord.kind == ConsentKind.PARTNERS
        session.execute(
            update(ConsentRecord).where(partners).values(withdrawn_at=ASKED, withdrawn_by_id=cast.mission.id)
        )
    over = client.get(path)
    assert over.status_code == 410
    assert "does not share this request any more" in over.get_data(as_text=True)
