"""A body answers a consultation through the link in its mail, without an account; in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import send_notices
from app.notifications.sender import deliver_due
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.browser.pages import VISITOR
from tests.browser.person import Person
from tests.factories.cases import Made, at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows, standing
from tests.factories.silence import OFFICE, register_office
from tests.integration.test_consultation_links import link_in
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer

Enter = Callable[[str], Person]
NAME, TEXT = "Ada Quill, Legal Officer", "The visit in May must come first."
GROUND = "A visit or report of the Executive Directorate must come first"
OVER = "This link is no longer good"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def asked(app: Flask, cast: Cast, smtp: MailServer) -> tuple[Made, str]:
    """A request on which the registered office of CTC/CTED got a mail; returns it with the path of the link."""
    register_office(app)
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, told=False))
    with app.app_context():
        send_notices(SYSTEM)
        deliver_due()
    (mail,) = smtp.to(OFFICE)
    return case, link_in(mail)


def test_a_body_answers_through_its_link(enter: Enter, app: Flask, cast: Cast, smtp_server: MailServer) -> None:
    case, path = asked(app, cast, smtp_server)
    before, office = standing(app, case.key), enter(VISITOR)
    office.tab.goto(path)
    office.is_on(f"Consultation on request {case.number}")
    office.reads("Kenya", "The law of 1987 knows no video hearing.", "Nothing is recorded until you press")
    assert standing(app, case.key) == before, "opening it records nothing"
    office.press("I have received this")
    office.reads("The receipt is confirmed. You can answer with the same link later.")
    assert standing(app, case.key).history[-1] == "notice_delivered"

    office.tab.goto(path)
    office.reads("The receipt was confirmed.")
    office.tick("Objection", inside="Position")
    office.write("Text", TEXT)
    office.press("Give the position")
    assert list(office.complaints()) == ["Choose the ground of the objection", "Enter your name and function"]
    expect(office.tab.get_by_label("Text", exact=True)).to_have_value(TEXT)
    expect(office.tab.get_by_label("Objection", exact=True)).to_be_checked()
    office.choose("Ground of the objection", GROUND)
    office.write("Your name and function", NAME)
    office.press("Give the position")
    office.reads("The position is on record", "What was recorded", "Objection", GROUND, TEXT, NAME)
    office.is_refused(path, OVER, 410)
    office.reads("An answer was given through this link. It is good for one answer.")
    office.does_not_read(TEXT)

    officer, focal = enter("case_officer"), enter("focal_point")
    officer.sign_in().tab.goto("/notices")
    officer.follow(f"Request {case.number}: a position was given")
    officer.follow("Consultations")
    officer.reads(TEXT, NAME, "Given through the link in the notice")
    focal.sign_in().follow(case.title)
    focal.follow("Consultations")
    for hidden in (TEXT, NAME):
        focal.does_not_read(hidden)


def test_a_link_that_is_not_good_says_why(
    enter: Enter, app: Flask, cast: Cast, smtp_server: MailServer, clock: StoppedClock
) -> None:
    case, path = asked(app, cast, smtp_server)
    before, office = standing(app, case.key), enter(VISITOR)
    office.is_refused(f"{path[:-4]}AAAA", OVER, 404)
    office.reads("This link is not one of ours, or a part of it is missing.")
    office.tab.goto(path)
    office.tick("No objection", inside="Position")
    office.write("Your name and function", NAME)
    ((expires_at,),) = rows(app, select(ConsultationNotice.expires_at))
    clock.set(expires_at)
    office.expects(410)
    office.press("Give the position")
    office.is_on(OVER)
    office.reads("This link has expired.", "an answer by mail or telephone is recorded as well")
    assert standing(app, case.key) == before
