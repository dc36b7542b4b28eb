"""Who is told of a message, and who counts it: exactly those for whom it is meant.

Who comes across its words: `tests/integration/audiences`.
"""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.casework.audiences import Readership
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice, OutboxMessage
from app.notifications.outbox import may_be_told
from app.workflow.vocabulary import Action, Audience, Body, State
from tests.factories import messages
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, Member, cast_of
from tests.integration.audiences import kinds
from tests.support import canaries
from tests.support.canaries import READS
from tests.support.clock import StoppedClock
from tests.support.outbox import change_user

R = Readership
BOTH = (Body.CTC_CTED, Body.OLA)
#: Who writes to whom.
WRITERS = {R.OWN_STATE: "focal_point", **kinds.MESSAGE_WRITERS}
#: Who is around the case: its State's people, its officer, the liaisons of the bodies consulted.
AROUND = {"focal_point", "colleague", "focal_alone", "mission", "case_officer", "ctc_liaison", "ola_liaison"}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    """The people; the clock stands still, so that no instant tells before from after the submission."""
    return cast_of(app)


def one_of_each(app: Flask, cast: Cast) -> Made:
    """A case in review with one message of each readership."""
    draft = make_case(app, cast, State.AWAITING_MISSION, at_home(cast, bodies=BOTH, judged=True))
    kinds.message_within_the_state(app, cast, draft)
    assert do(signed_in(app, cast.mission), Action.CONFIRM_REQUEST, draft.key).status_code == 303
    intake = signed_in(app, cast.intake_officer)
    do(intake, Action.TAKE_UP, draft.key)
    assert do(intake, Action.ACCEPT, draft.key, officer=cast.case_officer.key).status_code == 303
    kinds.messages_to_others(app, cast, draft)
    return draft


def test_a_body_that_is_not_consulted_finds_nothing(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=(Body.CTC_CTED,)))
    words = [canaries.words("unconsulted")[readers] for readers in (R.ALL, R.COORDINATION)]
    for readers, word in zip((R.ALL, R.COORDINATION), words, strict=True):
        messages.write(app, cast.case_officer, case, word, readers)
    found = dict(canaries.everything_of(app, cast.ola_liaison, case, canaries.as_text))
    assert list(canaries.faults_in(found, words, is_meant=False)) == []
    consulted = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/messages").get_data(as_text=True)
    assert all(word in consulted for word in words), "the control: the body that is consulted reads them"


def test_counts_and_history_hold_only_what_is_readable(app: Flask, cast: Cast) -> None:
    """Neither the number on the tab, nor that of the overview, nor a line of the history gives the others away."""
    case = one_of_each(app, cast)
    for name, reads in READS.items():
        if not reads:
            continue
        client, own = quick_client(app, cast[name]), [readers for readers in reads if WRITERS[readers] == name]
        overview, history = (get(app, client, f"/cases/{case.key}{tab}") for tab in ("", "/history"))
        page = BeautifulSoup(overview.get_data(as_text=True), "lxml")
        tab = page.select_one(".views a[href$='/messages']")
        assert tab is not None
        unread = 0 if name == "auditor" else len(reads) - len(own)
        assert re.findall(r"\d+ unread", tab.get_text()) == ([f"{unread} unread"] if unread else []), name
        assert f"Read all {len(reads)} messages" in page.get_text(), name
        assert history.get_data(as_text=True).count("Message written") == len(reads), name


def told(app: Flask, cast: Cast, case: Made, code: str) -> set[str]:
    """Whose list of notices got `code` about the case; each at most once a message."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        ids = session.scalars(select(Notice.user_id).where(Notice.case_key == case.key, Notice.code == code)).all()
        mailed = select(OutboxMessage.user_id).where(OutboxMessage.case_key == case.key, OutboxMessage.code == code)
        assert sorted(session.scalars(mailed)) == sorted(ids)
    assert len(set(ids)) == len(ids), "one notice per person"
    return {name for name, member in cast.members.items() if member.id in ids}


def test_who_is_around_the_case_and_may_read_it_is_told_once(app: Flask, cast: Cast) -> None:
    for readers in (R.STATE_TPB, R.ALL, R.COORDINATION, R.TPB_ONLY):
        case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
        messages.write(app, cast[WRITERS[readers]], case, "A word", readers)
        meant = {name for name in AROUND if readers in READS.get(name, READS["focal_point"])}
        assert told(app, cast, case, "case.message") == meant - {WRITERS[readers]}, readers


def test_before_there_is_an_officer_intake_is_told(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SCREENING)
    messages.write(app, cast.mission, case, "A word", R.STATE_TPB)
    assert told(app, cast, case, "case.message") == {"focal_point", "colleague", "focal_alone", "intake_officer"}


def test_what_a_state_says_among_itself_is_told_to_its_people_only(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    messages.write(app, cast.mission, case, "A word", R.OWN_STATE)
    assert told(app, cast, case, "case.message") == set()
    assert told(app, cast, case, "case.message_in_state") == {"focal_point", "colleague", "focal_alone"}


#: (for whom, to whom it is addressed, whether it leaves)
LEAVING = [
    (Audience.TPB_ONLY, "ctc_liaison", False),
    (Audience.STATE_TPB, "ctc_liaison", False),
    (Audience.COORDINATION, "ctc_liaison", True),
    (Audience.COORDINATION, "mission", False),
    (Audience.TPB_ONLY, "mission", False),
    (Audience.STATE_TPB, "mission", True),
    (Audience.TPB_ONLY, "case_officer", True),
    (Audience.ALL, "away_mission", False),
    (None, "ctc_liaison", True),
]


def test_when_a_mail_leaves_its_audience_is_asked_again(app: Flask, cast: Cast) -> None:
    """Whatever was queued: a mail about what somebody may not read (any more) is withheld."""
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    left = [(audience, name, may_leave(app, cast[name], case, audience)) for audience, name, _leaves in LEAVING]
    assert left == LEAVING


def may_leave(app: Flask, person: Member, case: Made, audience: Audience | None) -> bool:
    from app.accounts.models import User
    from app.notifications.services import notify_each

    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        told = {"case.message": ([person.id], {})}
        notify_each(session, told, case_key=case.key, number=case.number, audience=audience)
        newest = select(OutboxMessage).where(OutboxMessage.user_id == person.id).order_by(OutboxMessage.id.desc())
        mail = session.scalars(newest.limit(1)).one()
        assert mail.audience is audience
        return may_be_told(session, mail, session.get_one(User, person.id))


def test_a_mail_to_somebody_whose_account_ended_does_not_leave(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    change_user(app, cast.ctc_liaison.id, active=False)
    assert not may_leave(app, cast.ctc_liaison, case, Audience.ALL)


def test_mails_lead_to_the_messages_and_hold_no_word_of_them(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, title="رسالة canary-title"))
    messages.write(app, cast.case_officer, case, "نص canary-text", R.STATE_TPB)
    ((_where, mail),) = canaries.mails_to(app, cast.mission)
    assert f"/cases/{case.key}/messages" in mail
    assert case.number is not None
    assert case.number in mail
    assert "canary" not in mail
    assert cast.case_officer.name not in mail
