"""An invited State reads its own invitation, and nothing of the case behind it; nobody else reads that invitation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app.delivery.participation.models import Participation
from app.foundation.access import rule_of
from app.foundation.db import write_transaction
from app.foundation.db.base import case_bearing_tables
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import STATE_ROLES, Role, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client
from tests.factories.invitations import TITLE, agree, answer, keys_of, planned
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.reading import rows
from tests.integration.isolation.asking import Comparing, asks_for
from tests.integration.isolation.routes import Named
from tests.support.canaries import as_text, everything_of
from tests.support.clock import StoppedClock
from tests.support.databases import Database
from tests.support.readers import by_reader

SECRET = "Secret of the host"
#: Another invited State; its people and its answer are nobody's affair but the host's and the Branch's.
THIRD = "UGA"
ROLES = ["visitor", *sorted(set(Role) - {Role.SYSTEM})]


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    """The people; the clock stands still, because pages say when they were made."""
    return cast_of(app)


@pytest.fixture
def asked(app: Flask, cast: Cast) -> tuple[Made, str, str]:
    """A case with two invited States: one is asked, of the other the host has not agreed yet."""
    case = planned(app, cast, AWAY, THIRD, title=SECRET)
    first, second = keys_of(app, case)
    agree(app, cast, case, first)
    return case, first, second


@pytest.mark.parametrize("role", by_reader(ROLES))
def test_an_invitation_of_another_state_answers_as_one_that_does_not_exist(
    app: Flask, cast: Cast, asked: tuple[Made, str, str], role: str
) -> None:
    """Also to the host itself, and to the invited State before the host agreed."""
    _case, first, second = asked
    person = None if role == "visitor" else cast.of(Role(role))
    comparing, faults, asks = Comparing(app, quick_client(app, person)), [], list(asks_for(app, Named.INVITATION))
    assert len(asks) == 2
    for ask in asks:
        faults += [f"{ask}: {wrong}" for key in (first, second) if (wrong := comparing.difference(ask, key))]
    theirs = Comparing(app, quick_client(app, cast.away_mission))
    for ask in asks:
        assert rule_of(app, ask.rule.endpoint).admits(cast.away_mission.actor)
        faults += [f"{ask} before it is asked: {wrong}" for wrong in [theirs.difference(ask, second)] if wrong]
    assert not faults, "\n".join(faults)
    assert theirs.difference(asks[0], first) is not None, "the control: its own invitation is there"


@pytest.mark.parametrize("name", ["away_focal_point", "away_mission"])
def test_the_invited_state_finds_nothing_of_the_case(
    app: Flask, cast: Cast, asked: tuple[Made, str, str], name: str
) -> None:
    """No page, list, search, notice or mail holds number, key or title of the request, or who else is invited."""
    case, first, second = asked
    answer(app, cast[name], first, remark="With pleasure.")
    own = get(app, quick_client(app, cast[name]), f"/participations/{first}").get_data(as_text=True)
    found = list(everything_of(app, cast[name], case, as_text))
    shown = [("the invitation", own), *found]
    secrets = (SECRET, str(case.number), second, cast.case_officer.name, cast.colleague.name)
    faults = [f"{secret} at {path}" for path, text in shown for secret in secrets if secret in text]
    # its own addresses answer as if there were none, see `test_foreign_objects`, and name what was asked for
    faults += [f"{case.key} at {path}" for path, text in shown if case.key in text and case.key not in path]
    # every State stands in the lists of treaties: there its name says nothing
    mine = [("the invitation", own), *((path, text) for path, text in found if path.startswith(("/home", "/notices")))]
    faults += [f"another invited State at {path}" for path, text in [*mine, *_mails(found)] if "Uganda" in text]
    assert not faults, "\n".join(faults)
    assert TITLE in own
    assert "Kenya" in own
    assert any(path.startswith("mail participation") for path, _text in found), "the control: it was told"
    assert any(TITLE in text for path, text in found if path == "/home"), "the control: it stands on its home page"


def _mails(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(path, text) for path, text in found if path.startswith("mail")]


@pytest.mark.parametrize(
    "change",
    [
        update(Participation).values(title="Another"),
        update(Participation).values(city="Elsewhere"),
        update(Participation).values(participant_id=Participation.state_id),
        delete(Participation),
    ],
    ids=["title", "place", "guest", "gone"],
)
def test_what_a_state_was_told_stays(app: Flask, asked: tuple[Made, str, str], change: Any) -> None:
    with (
        pytest.raises(DBAPIError, match="keeps what was written"),
        app.app_context(),
        write_transaction(Scope(Reach.ALL)) as session,
    ):
        session.execute(change, execution_options={"synchronize_session": False})


@contextmanager
def as_state(database: Database, state_id: int) -> Iterator[Any]:
    """A connection as the application's role with the scope of one State; rolled back at the end."""
    url = make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('accede.scope', 'state', true)")
        connection.execute("SELECT set_config('accede.state_id', %s, true)", [str(state_id)])
        yield connection
        connection.rollback()


@pytest.mark.postgresql_only
def test_the_database_shows_an_invited_state_what_it_was_asked_and_nothing_else(
    database: Database, app: Flask, cast: Cast, asked: tuple[Made, str, str]
) -> None:
    case, first, _second = asked
    guest = cast.away_mission.actor.state_id
    assert guest is not None
    with as_state(database, guest) as connection:
        assert connection.execute("SELECT key FROM participations").fetchall() == [(first,)]
        for table in sorted(table.name for table in case_bearing_tables()):
            if table != "participations":
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    third = int(rows(app, select(Participation.participant_id).where(Participation.key == _second))[0][0])
    with as_state(database, third) as connection:
        assert connection.execute("SELECT key FROM participations").fetchall() == [], "the host has not agreed"
    with as_state(database, case.state_id) as connection:
        assert connection.execute("SELECT count(*) FROM participations").fetchone() == (2,)


@pytest.mark.postgresql_only
def test_the_database_lets_an_invited_state_write_its_answer_and_nothing_else(
    database: Database, app: Flask, cast: Cast, asked: tuple[Made, str, str]
) -> None:
    _case, first, second = asked
    guest = cast.away_mission.actor.state_id
    assert guest is not None
    own = f"WHERE key = '{first}'"
    with as_state(database, guest) as connection:
        answered = connection.execute(
            f"UPDATE participations SET answer = 'decline', answered_at = now(), version = version + 1 {own}"
        )
        assert answered.rowcount == 1
        others = connection.execute(f"UPDATE participations SET remark = 'x' WHERE key = '{second}'")
        assert others.rowcount == 0
    copied = (
        "INSERT INTO participations (key, case_id, state_id, activity_key, participant_id, title, lang, starts_on, "
        "ends_on, city, country, version, made_at, remark, nominees) SELECT 'aaaaaaaaaaaa', case_id, state_id, "
        "'other', participant_id, title, lang, starts_on, ends_on, city, country, 1, made_at, '', '[]' "
        "FROM participations"
    )
    refused = {
        copied: "row-level security",
        f"UPDATE participations SET state_id = participant_id {own}": "writes its answer only",
        f"UPDATE participations SET title = 'x' {own}": "writes its answer only",
        f"UPDATE participations SET closed_at = now() {own}": "writes its answer only",
        f"UPDATE participations SET answer_by = '2040-01-01' {own}": "writes its answer only",
        f"DELETE FROM participations {own}": "",
    }
    for statement, why in refused.items():
        with as_state(database, guest) as connection:
            if why:
                with pytest.raises(psycopg.Error, match=why):
                    connection.execute(statement)
            else:
                assert connection.execute(statement).rowcount == 0


@pytest.mark.parametrize("role", by_reader(sorted(STATE_ROLES)))
def test_an_answer_never_opens_the_case(app: Flask, cast: Cast, asked: tuple[Made, str, str], role: Role) -> None:
    """After the answer was written under the host's scope the next page is the invited State's own again."""
    case, first, _second = asked
    person = cast[f"away_{role.value}"]
    answer(app, person, first)
    client = quick_client(app, person)
    assert get(app, client, f"/cases/{case.key}").status_code == 404
    assert get(app, client, f"/participations/{first}").status_code == 200


def test_a_case_of_its_own_is_no_way_round(app: Flask, cast: Cast, asked: tuple[Made, str, str]) -> None:
    """An invitation is answered at its own address only, whatever else its State may do."""
    other = make_case(app, cast, State.PLANNING, at_home(cast, title="Ours"))
    client = quick_client(app, cast.mission)
    page = get(app, client, f"/cases/{other.key}/invitations").get_data(as_text=True)
    assert TITLE not in page
