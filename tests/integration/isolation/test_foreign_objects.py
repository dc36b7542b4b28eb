"""Every route, every role: an object that somebody may not see answers exactly as one that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.casework.models import AssistanceRequest, HistoryEntry
from app.foundation.access import rule_of
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, Body, Role, State
from tests.factories.cases import Made, at_home, away, make_cases
from tests.factories.clients import get, quick_client
from tests.factories.people import Cast, Member, cast_of
from tests.factories.reading import rows
from tests.integration.isolation.asking import (
    MISSING_KEY,
    MISSING_NUMBER,
    Ask,
    Comparing,
    asks_for,
    in_turn,
    seen_of,
    send,
    told_apart,
    worth_asking,
)
from tests.integration.isolation.routes import IN_QUERIES, ROUTES, Named
from tests.support.clock import StoppedClock
from tests.support.readers import by_reader

#: One case of each kind that a role may be kept from; the State-only ones hide from TPB, all hide from other States.
STATES = (State.SUBMITTED, State.DRAFT, State.AWAITING_MISSION, State.SCREENING, State.RETURNED, State.LAPSED)
#: Those in which the clock of the screening, which the routes name, has not begun.
UNCLOCKED = {State.SUBMITTED, State.DRAFT, State.AWAITING_MISSION}
#: What there is only of a delivery, which none of these has.
OF_DELIVERIES = {"activities.report_pdf"}
VISITOR = "visitor"
ROLES = [VISITOR, *sorted(set(Role) - {Role.SYSTEM})]


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    """The people; the clock stands still, because pages say when they were made."""
    return cast_of(app)


@pytest.fixture
def foreign(app: Flask, cast: Cast) -> list[Made]:
    """Cases of the other State, each without any consultation."""
    marked = away(cast, title="Secret of the other State", judged=True)
    return make_cases(app, cast, [(state, marked) for state in (*STATES, State.DISCARDED)])


def hidden_from(role: str, cases: list[Made]) -> Iterator[Made]:
    """The cases that `role` may not see."""
    for case in cases:
        if role in STATE_ROLES | LIAISON_ROLES | {Role.ADMINISTRATOR, VISITOR} or case.state in STATE_ONLY:
            yield case


def person_of(role: str, cast: Cast) -> Member | None:
    return None if role == VISITOR else cast.of(Role(role))


def untouched(app: Flask) -> tuple[object, ...]:
    """What no refused request may change."""
    case = AssistanceRequest
    heads = rows(app, select(case.key, case.version, case.state, case.history_seq, case.officer_id).order_by(case.id))
    return (*heads, rows(app, select(func.count()).select_from(HistoryEntry))[0][0])


@pytest.mark.parametrize("role", by_reader(ROLES))
def test_a_foreign_case_answers_as_one_that_does_not_exist(
    app: Flask, cast: Cast, foreign: list[Made], role: str
) -> None:
    person = person_of(role, cast)
    comparing = Comparing(app, quick_client(app, person), cast.other_officer.key)
    before, faults = untouched(app), []
    hidden = list(hidden_from(role, foreign))
    for place, ask in enumerate(asks_for(app, Named.CASE, Named.NUMBER)):
        admitted = rule_of(app, ask.rule.endpoint).admits(person.actor if person else None)
        # who is not let in by the marker is asked once: that answer is given before anything is looked up
        for case in in_turn(hidden, place) if admitted else hidden[:1]:
            named = case.number if ask.rule.endpoint == "casefile.by_number" else case.key
            if named is not None and (wrong := comparing.difference(ask, named, case)):
                faults.append(f"{ask} about a case in {case.state}: {wrong}")
    assert hidden, "nothing was asked"
    assert not faults, "\n".join(faults)
    assert untouched(app) == before


@pytest.mark.parametrize("role", by_reader(ROLES))
def test_a_foreign_case_in_the_query_of_an_address_answers_as_nothing(
    app: Flask, cast: Cast, foreign: list[Made], role: str
) -> None:
    """Filters, places in lists and numbers are no way to ask whether a case exists."""
    own = at_home(cast, title="Our own")
    make_cases(app, cast, [(state, own) for state in STATES])
    client, faults = quick_client(app, person_of(role, cast)), []
    hidden = list(hidden_from(role, foreign))
    for path, kind in IN_QUERIES:
        missing = MISSING_KEY if kind is Named.CASE else MISSING_NUMBER
        nothing = seen_of(get(app, client, path.format(key=missing, number=missing)), missing)
        for case in hidden[:1] if nothing[0] in {303, 403} else hidden[:3]:
            named = case.key if kind is Named.CASE else case.number
            if named is None:
                continue
            there = seen_of(get(app, client, path.format(key=named, number=named)), named)
            if wrong := told_apart(there, nothing):
                faults.append(f"{path} with a case in {case.state}: {wrong}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", by_reader(ROLES))
def test_a_person_of_elsewhere_answers_as_one_who_does_not_exist(app: Flask, cast: Cast, role: str) -> None:
    """A mission acts on its own State's focal points; to everybody but the administrator accounts are no pages."""
    comparing, faults = Comparing(app, quick_client(app, person_of(role, cast))), []
    theirs = [cast.away_focal_point, cast.away_mission, cast.case_officer, cast.administrator]
    if role == Role.MISSION:
        theirs.append(cast.mission)
    asking = person_of(role, cast)
    for ask in asks_for(app, Named.PERSON):
        if role == Role.ADMINISTRATOR and ask.rule.endpoint.startswith("accounts.admin"):
            continue
        admitted = rule_of(app, ask.rule.endpoint).admits(asking.actor if asking else None)
        for person in theirs if admitted else theirs[:1]:
            wrong = comparing.difference(ask, person.key)
            faults += [f"{ask} about {person.name}: {wrong}"] if wrong else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", by_reader(sorted(STATE_ROLES | {Role.ADMINISTRATOR} | LIAISON_ROLES)))
def test_lists_hold_nothing_foreign(app: Flask, cast: Cast, foreign: list[Made], role: Role) -> None:
    """Neither title nor number nor key of a foreign case on any page without a parameter."""
    client = quick_client(app, cast.of(role))
    secrets = {word for case in foreign for word in (case.key, case.number, case.title) if word}
    found = []
    for rule in worth_asking(app, cast.of(role).actor):
        if rule.arguments or "GET" not in (rule.methods or ()):
            continue
        page = get(app, client, rule.rule).get_data(as_text=True)
        found += [(rule.rule, secret) for secret in secrets if secret in page]
    assert not found


@pytest.mark.parametrize(
    ("role", "body", "sees"),
    [
        (Role.CTC_LIAISON, Body.CTC_CTED, True),
        (Role.CTC_LIAISON, Body.OLA, False),
        (Role.OLA_LIAISON, Body.OLA, True),
        (Role.OLA_LIAISON, Body.CTC_CTED, False),
    ],
)
def test_a_liaison_sees_what_its_own_body_is_consulted_on(
    app: Flask, cast: Cast, role: Role, body: Body, sees: bool
) -> None:
    (case,) = make_cases(app, cast, [(State.IN_REVIEW, at_home(cast, bodies=(body,)))])
    client = quick_client(app, cast.of(role))
    for path in (f"/cases/{case.key}", f"/cases/{case.key}/history"):
        assert get(app, client, path).status_code == (200 if sees else 404)


@pytest.mark.parametrize("role", by_reader(sorted(STATE_ROLES)))
def test_own_cases_are_there(app: Flask, cast: Cast, role: Role) -> None:
    """The control: with the person's own case the same requests find something, so that 404 above means hidden."""
    own = make_cases(app, cast, [(state, at_home(cast)) for state in STATES])
    client = quick_client(app, cast.of(role))
    theirs = {endpoint for endpoint in ROUTES if rule_of(app, endpoint).admits(cast.of(role).actor)}
    for case in own:
        for ask in asks_for(app, Named.CASE):
            endpoint = ask.rule.endpoint
            inside = ROUTES[endpoint].parts  # the key of nothing stands there
            if ask.method == "GET" and not inside and endpoint in theirs - OF_DELIVERIES:
                answer = send(app, client, ask, case.key)
                none_yet = (case.number is None and endpoint == "casefile.receipt") or (
                    case.state in UNCLOCKED and endpoint == "casefile.due"
                )
                # said of what is seen: a page of another state, such as the confirmation of a delivery
                elsewhere = answer.status_code == 403 and "as the request stands" in answer.get_data(as_text=True)
                wanted = (404,) if none_yet else (200, 302)
                assert elsewhere or answer.status_code in wanted, f"{ask} in {case.state}"


def test_intake_sees_what_was_submitted(app: Flask, cast: Cast) -> None:
    """The control for TPB."""
    cases = make_cases(app, cast, [(state, at_home(cast)) for state in STATES])
    client = quick_client(app, cast.intake_officer)
    for case in cases:
        wanted = 404 if case.state in STATE_ONLY else 200
        overview = next(ask for ask in asks_for(app, Named.CASE) if ask == Ask(ask.rule, "GET"))
        assert overview.rule.endpoint == "casefile.overview"
        assert send(app, client, overview, case.key).status_code == wanted, case.state
