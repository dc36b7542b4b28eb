"""The page of messages: writing for the readers that it names, reading, marking, and what it costs."""

from __future__ import annotations

import html
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.accounts.commands import NameStandIn
from app.accounts.own import name_stand_in
from app.casework.audiences import Readership
from app.casework.models import HistoryPayload
from app.correspondence.models import Message, MessageRead
from app.correspondence.queries import PAGE
from app.foundation.clock import now
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import STATE_ROLES, Action, Audience, Body, Role, State, Tie
from tests.architecture.test_permissions_csv import AGREED
from tests.factories import messages
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case, make_cases
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.people import PASSWORD
from tests.support.readers import by_reader
from tests.support.statements import Statements

R = Readership
BOTH = (Body.CTC_CTED, Body.OLA)
TYPED = "نص عربي, 中文 & <b>bold</b> 'quoted'\n\nSecond paragraph."
COMPOSE = "form:has([name=text])"
Recorded = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    """A case in review on which both bodies are consulted."""
    return make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))


def path_of(case: Made, *parts: str) -> str:
    return "/".join([f"/cases/{case.key}/messages", *parts])


def soup_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def compose(client: InspectedClient, case: Made, text: str = TYPED, **values: str) -> Any:
    """Write on the page as it is offered, and send."""
    return client.submit(client.get(path_of(case)), {"text": text, **values}, form=COMPOSE, button="send")


@pytest.mark.parametrize(
    ("person", "readers", "button"),
    [
        ("focal_point", R.STATE_TPB, "Send to TPB"),
        ("case_officer", R.TPB_ONLY, "Send to TPB only"),
        ("ctc_liaison", R.COORDINATION, "Send to TPB and the bodies consulted"),
    ],
)
def test_a_message_goes_to_the_readers_that_the_button_names(
    app: Flask, cast: Cast, case: Made, person: str, readers: Readership, button: str
) -> None:
    client = signed_in(app, cast[person])
    page = soup_of(client.get(path_of(case)))
    assert [one.get_text(strip=True) for one in page.select(f"{COMPOSE} .btn")] == [button]
    assert compose(client, case, lang="ar").status_code == 303
    stored = messages.latest(app, case)
    assert (stored.readership, stored.text, stored.lang) == (readers, TYPED, "ar")
    assert (stored.written_by_id, stored.written_at) == (cast[person].id, now())
    shown = soup_of(client.get(path_of(case))).select_one(".messages > li")
    assert shown is not None
    words = shown.select_one(".own-words[lang=ar]")
    assert words is not None
    assert [one.get_text() for one in words.select("p[dir=auto]")] == TYPED.split("\n\n")
    assert cast[person].name in shown.get_text()
    assert "2 March 2026, 09:00 UTC" in shown.get_text()


def test_other_readers_are_chosen_before_anything_is_sent_and_the_text_stays(
    app: Flask, cast: Cast, case: Made
) -> None:
    client = signed_in(app, cast.case_officer)
    page = client.get(path_of(case))
    turned = client.submit(page, {"text": TYPED, "lang": "fr"}, form=COMPOSE, button="state_tpb")
    assert turned.status_code == 200
    assert count_of(app, Message) == 0
    form = soup_of(turned).select_one(COMPOSE)
    assert form is not None
    assert [one.get_text(strip=True) for one in form.select(".btn")] == ["Send to the State"]
    assert "The State reads it, the bodies consulted do not." in form.get_text()
    assert client.submit(turned, form=COMPOSE, button="send").status_code == 303
    stored = messages.latest(app, case)
    assert (stored.audience, stored.text, stored.lang) == (Audience.STATE_TPB, TYPED, "fr")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": ""}, "Enter your message"),
        ({"text": "  \n "}, "Enter your message"),
        ({"text": "x" * 6001}, "Use at most 6,000 characters"),
        ({"text": "a\0b"}, "Remove the characters that cannot be shown"),
        ({"lang": "xx"}, "Choose one of the answers in the list"),
        ({"lang": ""}, "Choose one of the answers in the list"),
        ({"readers": "everybody"}, "Choose one of the answers in the list"),
        ({"readers": ""}, "Choose one of the answers in the list"),
        ({"readers": "tpb_only"}, "your message would be read by others than you chose"),
        ({"readers": "own_state"}, "your message would be read by others than you chose"),
        ({"readers": "coordination"}, "your message would be read by others than you chose"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    app: Flask, cast: Cast, case: Made, given: dict[str, str], says: str
) -> None:
    client = signed_in(app, cast.mission)
    answer = compose(client, case, **{"text": TYPED, **given})
    assert answer.status_code == 422
    page = soup_of(answer)
    assert says in page.get_text()
    kept = page.select_one("textarea[name=text]")
    assert kept is not None
    assert kept.get_text().removeprefix("\n").replace("\r", "") == {"text": TYPED, **given}["text"]
    assert count_of(app, Message) == 0
    assert standing(app, case.key).history[-1] != Action.WRITE.value


def test_what_was_meant_for_the_state_alone_is_not_sent_after_the_submission(app: Flask, cast: Cast) -> None:
    """The page said "my government only"; meanwhile TPB reads what is written here."""
    case = make_case(app, cast, State.AWAITING_MISSION)
    client = signed_in(app, cast.focal_point)
    page = client.get(path_of(case))
    assert "Send to my government only" in page.get_data(as_text=True)
    assert do(signed_in(app, cast.mission), Action.CONFIRM_REQUEST, case.key).status_code == 303
    answer = client.submit(page, {"text": TYPED}, form=COMPOSE, button="send")
    assert answer.status_code == 422
    text = html.unescape(answer.get_data(as_text=True))
    assert "your message would be read by others than you chose" in text
    assert TYPED in text.replace("\r", "")
    assert count_of(app, Message) == 0
    assert client.submit(answer, form=COMPOSE, button="send").status_code == 303, "now the button says: to TPB"
    assert messages.latest(app, case).readership is R.STATE_TPB


def test_history_keeps_who_and_for_whom_but_no_text_and_the_version_stays(app: Flask, cast: Cast, case: Made) -> None:
    before = standing(app, case.key)
    assert compose(signed_in(app, cast.case_officer), case).status_code == 303
    after = standing(app, case.key)
    assert (after.version, after.history) == (before.version, (*before.history, "write"))
    last = select(HistoryPayload.payload).where(HistoryPayload.case_id == case.id).order_by(HistoryPayload.seq.desc())
    key = messages.latest(app, case).key
    assert rows(app, last)[0].payload == {"message": key, "audience": "tpb_only", "seen_by": "tpb_only"}


def test_the_same_form_twice_is_one_message_and_the_same_key_with_another_text_none(
    app: Flask, cast: Cast, case: Made
) -> None:
    client = signed_in(app, cast.mission)
    page = client.get(path_of(case))
    for _ in range(2):
        assert client.submit(page, {"text": "Once"}, form=COMPOSE, button="send").status_code == 303
    assert count_of(app, Message) == 1
    answer = client.submit(page, {"text": TYPED}, form=COMPOSE, button="send")
    assert answer.status_code == 409
    assert TYPED in html.unescape(answer.get_data(as_text=True)).replace("\r", "")
    assert count_of(app, Message) == 1


def test_text_sent_after_the_session_ended_comes_back_with_its_readers(
    app: Flask, cast: Cast, case: Made, clock: StoppedClock
) -> None:
    client = signed_in(app, cast.case_officer)
    turned = client.submit(client.get(path_of(case)), {"text": TYPED}, form=COMPOSE, button="coordination")
    clock.move(hours=13)
    lost = client.submit(turned, form=COMPOSE, button="send")
    assert lost.status_code == 303
    assert count_of(app, Message) == 0
    signed = client.submit(
        client.get(lost.location),
        {"email": cast.case_officer.email, "password": PASSWORD},
        follow_redirects=True,
    )
    form = soup_of(signed).select_one(COMPOSE)
    assert form is not None
    area = form.select_one("textarea")
    assert area is not None
    assert area.get_text().removeprefix("\n").replace("\r", "") == TYPED
    assert [one.get_text(strip=True) for one in form.select(".btn")] == ["Send to the bodies consulted"]


# --- permissions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", by_reader(sorted(set(Role) - {Role.SYSTEM, Role.ADMINISTRATOR})))
def test_who_may_write_is_the_agreed_table(app: Flask, cast: Cast, role: Role) -> None:
    """In every state, also what is refused; the page offers its form exactly then."""
    ties = {Tie.OWN, Tie.ANY, Tie.CONSULTED}
    agreed = {cell.state for cell in AGREED if cell.action is Action.WRITE and cell.role is role and cell.tie in ties}
    client, faults = quick_client(app, cast.of(role)), []
    for made in make_cases(app, cast, [(state, at_home(cast, bodies=BOTH)) for state in State]):
        hidden = role not in STATE_ROLES and made.state in STATE_ONLY
        readers = "own_state" if made.number is None else "state_tpb" if role in STATE_ROLES else "all"
        page = get(app, client, path_of(made))
        offered = soup_of(page).select_one(COMPOSE) is not None
        status = post(app, client, path_of(made), text="A word", lang="en", readers=readers).status_code
        wanted = (404 if hidden and role is not Role.AUDITOR else 403) if made.state not in agreed else 303
        if status != wanted or offered != (made.state in agreed) or page.status_code != (404 if hidden else 200):
            faults.append(f"{made.state}: {page.status_code}, offered {offered}, POST {status}")
    assert not faults, "\n".join(faults)
    assert count_of(app, Message) == len(agreed)


def test_a_stand_in_writes_in_both_names(app: Flask, cast: Cast, case: Made) -> None:
    today = now().date()
    with app.app_context():
        name_stand_in(
            cast.case_officer.actor,
            NameStandIn(stand_in_key=cast.programme_support.key, first_day=today, last_day=today),
        )
    client = signed_in(app, cast.programme_support)
    client.submit(client.get("/account/stand-in"), form="form[action='/account/act-for']")
    assert compose(client, case).status_code == 303
    stored = messages.latest(app, case)
    assert (stored.written_by_id, stored.on_behalf_of_id) == (cast.programme_support.id, cast.case_officer.id)
    assert stored.written_as is Role.CASE_OFFICER
    text = soup_of(client.get(path_of(case))).get_text()
    assert f"{cast.programme_support.name}, standing in for {cast.case_officer.name}" in text


# --- reading ---------------------------------------------------------------------------------------------------------


def unread_on_tab(client: InspectedClient, case: Made) -> str:
    tab = soup_of(client.get(f"/cases/{case.key}/history")).select_one(".views a[href$='/messages']")
    assert tab is not None
    number = tab.select_one(".n")
    return number.get_text() if number is not None else ""


def test_what_was_shown_is_marked_as_read_and_nothing_else(app: Flask, cast: Cast, case: Made) -> None:
    for number in range(3):
        messages.write(app, cast.mission, case, f"Number {number}", R.STATE_TPB)
    messages.write(app, cast.case_officer, case, "My own", R.TPB_ONLY)
    officer, chief = signed_in(app, cast.case_officer), signed_in(app, cast.branch_chief)
    page = officer.get(path_of(case))
    assert (unread_on_tab(officer, case), unread_on_tab(chief, case)) == ("3", "4")
    messages.write(app, cast.mission, case, "Written meanwhile", R.STATE_TPB)
    for _ in range(2):
        assert officer.submit(page, form="form[action$='/read']").status_code == 303
    assert (unread_on_tab(officer, case), unread_on_tab(chief, case)) == ("1", "5")
    assert count_of(app, MessageRead) == 3, "own messages need no mark, each of the others one"
    assert [one.get_text() for one in soup_of(officer.get(path_of(case))).select("li.unread .own-words")] == [
        "Written meanwhile"
    ]
    assert unread_on_tab(signed_in(app, cast.auditor), case) == ""


def test_a_get_marks_nothing(app: Flask, cast: Cast, case: Made) -> None:
    messages.write(app, cast.mission, case, "A word", R.ALL)
    get(app, quick_client(app, cast.case_officer), path_of(case))
    assert count_of(app, MessageRead) == 0


def test_messages_go_on_page_by_page_the_newest_last(app: Flask, cast: Cast, case: Made) -> None:
    messages.put(app, case, cast.mission, "Number", number=2 * PAGE + 1)
    messages.put(app, case, cast.case_officer, "Hidden", audience=Audience.TPB_ONLY, number=3)
    client, seen = signed_in(app, cast.focal_point), []
    page = soup_of(client.get(path_of(case)))
    assert "Newest messages" not in page.get_text()
    while True:
        seen = [one.get_text() for one in page.select(".messages .own-words")] + seen
        older = page.select_one("a[rel=prev]")
        if older is None:
            break
        page = soup_of(client.get(str(older["href"])))
        assert "Newest messages" in page.get_text()
    assert seen == [f"Number {number}" for number in range(2 * PAGE + 1)]


def test_a_place_in_the_list_that_is_none_shows_the_newest(app: Flask, cast: Cast, case: Made) -> None:
    messages.write(app, cast.mission, case, "A word", R.ALL)
    client = quick_client(app, cast.mission)
    for before in ("zzzzzzzzzzzz", "x" * 4000, "' OR 1=1 --", "%00", "-1", "ع"):
        answer = get(app, client, f"{path_of(case)}?before={before}")
        assert answer.status_code == (404 if before == "%00" else 200), before
        assert ("A word" in answer.get_data(as_text=True)) is (before != "%00"), before


# --- what it costs ---------------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_for_few_and_many(app: Flask, cast: Cast, case: Made, statements: Recorded) -> None:
    costs: dict[str, list[int]] = {}
    people = {name: quick_client(app, cast[name]) for name in ("mission", "branch_chief", "ctc_liaison", "auditor")}
    for more in (1, PAGE, PAGE):
        messages.put(app, case, cast.mission, "Number", audience=Audience.ALL, number=more)
        for name, client in people.items():
            with statements() as seen:
                assert get(app, client, path_of(case)).status_code == 200
            seen.at_most(6)
            costs.setdefault(name, []).append(len(seen))
    assert all(len(set(counted)) == 1 for counted in costs.values()), costs


def test_writing_costs_no_more_than_a_transition(app: Flask, cast: Cast, case: Made, statements: Recorded) -> None:
    for name in ("mission", "case_officer", "branch_chief", "ctc_liaison"):
        client = signed_in(app, cast[name])
        turned = client.submit(client.get(path_of(case)), {"text": TYPED}, form=COMPOSE, button="all")
        with statements() as seen:
            assert client.submit(turned, form=COMPOSE, button="send").status_code == 303
        assert messages.latest(app, case).written_by_id == cast[name].id
        seen.at_most(14)
