"""The daily digest of a State's people: what they may be told of, and nothing of what the Branch and the bodies say."""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask

from app.casework.audiences import Readership
from app.foundation.db import write_transaction
from app.notifications import jobs
from app.notifications.choices import ROLES_OF_KIND
from app.notifications.messages.digests import DIGEST
from app.notifications.models import NoticeChoice
from app.notifications.sender import deliver_due
from app.notifications.services import notify_each
from app.notifications.vocabulary import Failure, MailChoice, MessageState
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Audience, Body, State
from tests.factories import messages
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import signed_in
from tests.factories.people import Cast, cast_of
from tests.support import canaries
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer
from tests.support.outbox import mails

R = Readership
OBJECTION, COMMENT, NOTE, CHANGED = (f"canary-{word}-7919" for word in ("objects", "comments", "noted", "revised"))
#: What stands in notices of the Branch and the bodies, beside what they wrote.
INTERNAL: Final = ("object", "position", "comment", "revised", "Vera Nix")
TEXTS: Final = canaries.words("digest")
OF_STATE: Final = ("focal_point", "mission")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    """The people; each wants one mail a day of everything that may wait."""
    cast = cast_of(app)
    with app.app_context(), write_transaction(None) as session:
        for member in cast.members.values():
            for kind in ROLES_OF_KIND:
                session.add(NoticeChoice(user_id=member.id, kind=kind, choice=MailChoice.DIGEST))
    return cast


@pytest.fixture
def talked_of(app: Flask, cast: Cast) -> Made:
    """A request about which each wrote to each; then CTC/CTED objected, OLA commented, and it was revised."""
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    for readers, writer in (
        (R.STATE_TPB, "case_officer"),
        (R.COORDINATION, "ola_liaison"),
        (R.TPB_ONLY, "branch_chief"),
    ):
        messages.write(app, cast[writer], case, TEXTS[readers], readers)
    ctc, officer = signed_in(app, cast.ctc_liaison), signed_in(app, cast.case_officer)
    said = {"position": "objection", "ground": "visit_or_report", "text": OBJECTION}
    assert ctc.submit(ctc.get(f"/cases/{case.key}/position"), said).status_code == 303
    call = {"came": "telephone", "in_name_of": "Vera Nix", "position": "comment", "text": COMMENT, "note": NOTE}
    assert officer.submit(officer.get(f"/cases/{case.key}/record-position"), call).status_code == 303
    assert officer.submit(officer.get(f"/cases/{case.key}/revise"), {"what_changed": CHANGED}).status_code == 303
    return case


def digests(app: Flask, cast: Cast, clock: StoppedClock, server: MailServer) -> dict[str, str]:
    """What each of the cast is sent the morning after, whole: subject, headers, both bodies."""
    with app.app_context():
        deliver_due()
        before = len(server.messages)
        clock.move(days=1)
        jobs.send_digests(SYSTEM)
        deliver_due()
    sent = {}
    for name, member in cast.members.items():
        for mail in server.messages[before:]:
            if member.email in str(mail["To"]):
                bodies = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
                sent[name] = "\n".join([*(f"{header}: {value}" for header, value in mail.items()), *bodies])
    return sent


def test_a_digest_of_a_state_holds_no_word_of_the_branch_and_the_bodies(
    app: Flask, cast: Cast, talked_of: Made, clock: StoppedClock, smtp_server: MailServer
) -> None:
    sent = digests(app, cast, clock, smtp_server)
    for name in OF_STATE:
        assert f"/cases/{talked_of.key}" in sent[name], "the message to the State is in it"
        assert not [word for word in INTERNAL if word in sent[name].lower()], name
    assert "position" in sent["case_officer"].lower(), "who may is told that a body answered"
    written = (OBJECTION, COMMENT, NOTE, CHANGED, *TEXTS.values())
    assert not [(name, word) for name, text in sent.items() for word in written if word in text], (
        "no content, to anybody"
    )
    assert not {"away_focal_point", "away_mission"} & sent.keys()


@pytest.mark.parametrize("audience", [Audience.COORDINATION, Audience.TPB_ONLY])
def test_what_was_gathered_for_others_leaves_the_digest_of_a_state(
    app: Flask, cast: Cast, clock: StoppedClock, smtp_server: MailServer, audience: Audience
) -> None:
    """Asked when it is gathered and again when the digest leaves: a line that a mistake put there is not told."""
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast))
    people = [cast[name].id for name in OF_STATE]
    with app.app_context(), write_transaction(None) as session:
        for code in ("case.message", "case.document"):
            notify_each(session, {code: (people, {})}, case_key=case.key, number=case.number)
    with app.app_context():
        deliver_due()
        with write_transaction(None) as session:
            for mail in mails(app):
                if mail.user_id in people and mail.code == "case.document":
                    session.merge(mail).audience = audience
    sent = digests(app, cast, clock, smtp_server)
    for name in OF_STATE:
        assert "message" in sent[name]
        assert "document" not in sent[name].lower()
    ended = {mail.code: (mail.state, mail.last_error) for mail in mails(app) if mail.user_id in people}
    assert ended["case.document"] == (MessageState.WITHHELD, Failure.NOT_PERMITTED)
    assert ended[DIGEST] == ended["case.message"] == (MessageState.SENT, None)
