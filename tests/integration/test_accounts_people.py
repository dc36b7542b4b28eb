"""Administrators and missions: roles that may be held, who touches whom, and that foreigners do not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.accounts import focal_points, services
from app.accounts.commands import ChangeRole, EditPerson, InvitePerson, LetSubmit, Nominate, OfPerson, Replace
from app.accounts.kinds import AccountKind
from app.accounts.models import SecurityHistory, User, UserRole
from app.accounts.queries import contact_of, officers, state_user_ids, user_ids_with_role, user_names
from app.accounts.security_history import verify
from app.foundation.clock import now
from app.foundation.db import read_session, write_transaction
from app.foundation.errors import Forbidden, InvalidCommand, NotFound
from app.workflow.vocabulary import Role
from tests.support.accounts import Somebody, mails, make_person, person_with_address, roles_of, row_of
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

NOMINEE = {"name": "Cleo Marsh", "email": "cleo.marsh@example.org"}


@pytest.fixture
def administrator(app: Flask) -> Somebody:
    return make_person(app, Role.ADMINISTRATOR)


@pytest.fixture
def kenya(app: Flask) -> Somebody:
    return make_person(app, Role.MISSION, name="Mission Kenya", state="KEN")


@pytest.fixture
def italian(app: Flask) -> Somebody:
    return make_person(app, Role.FOCAL_POINT, name="Point Italy", state="ITA")


@pytest.fixture
def kenyan(app: Flask) -> Somebody:
    return make_person(app, Role.FOCAL_POINT, name="Point Kenya", state="KEN")


# --- roles --------------------


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.AUDITOR, Role.CASE_OFFICER),
        (Role.AUDITOR, Role.ADMINISTRATOR),
        (Role.ADMINISTRATOR, Role.MANAGER),
        (Role.CASE_OFFICER, Role.AUDITOR),
        (Role.CASE_OFFICER, Role.FOCAL_POINT),
        (Role.CTC_LIAISON, Role.OLA_LIAISON),
        (Role.OLA_LIAISON, Role.MANAGER),
        (Role.CASE_OFFICER, Role.SYSTEM),
    ],
)
def test_roles_that_exclude_each_other(app: Flask, administrator: Somebody, held: Role, wanted: Role) -> None:
    person = make_person(app, held, name="Ben Rook")
    with app.app_context(), pytest.raises(InvalidCommand):
        services.grant_role(administrator.actor, ChangeRole(key=person.key, role=wanted))
    assert roles_of(app, person.id) == {held}


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (AccountKind.AUDITOR, Role.CASE_OFFICER),
        (AccountKind.ADMINISTRATOR, Role.CASE_OFFICER),
        (AccountKind.TPB, Role.FOCAL_POINT),
        (AccountKind.CTC_CTED, Role.OLA_LIAISON),
        (AccountKind.TPB, Role.SYSTEM),
    ],
)
def test_the_database_refuses_them_too(app: Flask, kind: AccountKind, role: Role) -> None:
    roles = {
        AccountKind.AUDITOR: Role.AUDITOR,
        AccountKind.ADMINISTRATOR: Role.ADMINISTRATOR,
        AccountKind.TPB: Role.MANAGER,
        AccountKind.CTC_CTED: Role.CTC_LIAISON,
    }
    person = make_person(app, roles[kind], name="Ben Rook")
    for written in (kind, AccountKind.TPB if kind is not AccountKind.TPB else AccountKind.STATE):
        values = {"user_id": person.id, "kind": written, "role": role, "valid_from": now()}
        with app.app_context(), pytest.raises(IntegrityError), write_transaction(None) as session:
            session.execute(insert(UserRole).values(values))


def test_the_database_refuses_two_state_roles_and_a_state_without_state(app: Flask, kenyan: Somebody) -> None:
    second = {"user_id": kenyan.id, "kind": AccountKind.STATE, "role": Role.MISSION, "valid_from": now()}
    with app.app_context():
        with pytest.raises(IntegrityError), write_transaction(None) as session:
            session.execute(insert(UserRole).values(second))
        with pytest.raises(IntegrityError), write_transaction(None) as session:
            session.execute(update(User).where(User.id == kenyan.id).values(state_id=None))


def test_several_roles_of_tpb_may_be_held(app: Flask, administrator: Somebody) -> None:
    person = make_person(app, Role.CASE_OFFICER, name="Ben Rook")
    with app.app_context():
        services.grant_role(administrator.actor, ChangeRole(key=person.key, role=Role.MANAGER))
        assert roles_of(app, person.id) == {Role.CASE_OFFICER, Role.MANAGER}
        services.take_role(administrator.actor, ChangeRole(key=person.key, role=Role.CASE_OFFICER))
    assert roles_of(app, person.id) == {Role.MANAGER}
    assert mails(app, person.id) == ["accounts.roles_changed"] * 2
    with app.app_context():
        events = read_session().scalars(select(SecurityHistory).where(SecurityHistory.subject_id == person.id)).all()
        assert [event.action for event in events][-2:] == ["role_granted", "role_taken"]
        assert {event.actor_id for event in events[-2:]} == {administrator.id}
        assert verify(read_session()) is None


@pytest.mark.parametrize(
    ("roles", "state_id"), [((Role.FOCAL_POINT,), None), ((Role.MANAGER,), 1), ((Role.MANAGER, Role.AUDITOR), None)]
)
def test_invitations_that_do_not_fit_are_refused(roles: tuple[Role, ...], state_id: int | None) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        InvitePerson(**NOMINEE, roles=roles, state_id=state_id)


def test_only_administrators_administer(app: Flask, kenya: Somebody, kenyan: Somebody) -> None:
    chief = make_person(app, Role.BRANCH_CHIEF, name="Ben Rook")
    for actor in (chief.actor, kenya.actor, kenyan.actor):
        with app.app_context():
            with pytest.raises(Forbidden):
                services.end_account(actor, OfPerson(key=chief.key))
            with pytest.raises(Forbidden):
                services.grant_role(actor, ChangeRole(key=chief.key, role=Role.MANAGER))
            with pytest.raises(Forbidden):
                services.invite_person(actor, InvitePerson(**NOMINEE, roles=(Role.MANAGER,)))
            with pytest.raises(Forbidden):
                services.edit_person(actor, EditPerson(key=chief.key, name="X"))


def test_nobody_locks_themselves_out(app: Flask, administrator: Somebody) -> None:
    with app.app_context():
        for act in (services.end_account, services.reset_second_factor):
            with pytest.raises(InvalidCommand):
                act(administrator.actor, OfPerson(key=administrator.key))
        with pytest.raises(InvalidCommand):
            services.take_role(administrator.actor, ChangeRole(key=administrator.key, role=Role.ADMINISTRATOR))


# --- the mission --------------------


def test_a_mission_nominates_replaces_and_ends(app: Flask, kenya: Somebody, kenyan: Somebody) -> None:
    with app.app_context():
        focal_points.nominate(kenya.actor, Nominate(**NOMINEE))
        coming = focal_points.replace(
            kenya.actor, Replace(key=kenyan.key, name="Dora Fenn", email="dora.fenn@example.org")
        )
        focal_points.end_focal_point(kenya.actor, OfPerson(key=coming.key))
    cleo = person_with_address(app, NOMINEE["email"])
    assert (cleo.state_id, cleo.active, cleo.kind) == (kenya.actor.state_id, False, AccountKind.STATE)
    assert roles_of(app, cleo.id) == {Role.FOCAL_POINT}
    assert mails(app, cleo.id) == ["accounts.invitation"]
    left = row_of(app, kenyan.key)
    assert (left.active, left.ended_at is not None, roles_of(app, left.id)) == (False, True, set())
    assert mails(app, kenyan.id) == ["accounts.ended"]


def test_a_mission_lets_one_submit_alone(app: Flask, kenya: Somebody, kenyan: Somebody) -> None:
    with app.app_context():
        focal_points.let_submit(kenya.actor, LetSubmit(key=kenyan.key, allowed=True))
    assert row_of(app, kenyan.key).may_submit
    with app.app_context():
        focal_points.let_submit(kenya.actor, LetSubmit(key=kenyan.key, allowed=False))
    assert not row_of(app, kenyan.key).may_submit


def acts_of_a_mission() -> list[Callable[[Somebody, str], object]]:
    return [
        lambda by, key: focal_points.end_focal_point(by.actor, OfPerson(key=key)),
        lambda by, key: focal_points.let_submit(by.actor, LetSubmit(key=key, allowed=True)),
        lambda by, key: focal_points.replace(by.actor, Replace(key=key, **NOMINEE)),
        lambda by, key: focal_points.reset_focal_point_factor(by.actor, OfPerson(key=key)),
        lambda by, key: focal_points.invite_focal_point_again(by.actor, OfPerson(key=key)),
    ]


@pytest.mark.parametrize("act", acts_of_a_mission())
def test_another_states_people_do_not_exist(
    app: Flask, kenya: Somebody, italian: Somebody, act: Callable[[Somebody, str], object]
) -> None:
    officer = make_person(app, Role.CASE_OFFICER)
    for key in (italian.key, officer.key, kenya.key, "0" * 12):
        with app.app_context(), pytest.raises(NotFound):
            act(kenya, key)
    assert row_of(app, italian.key).ended_at is None


def test_focal_points_and_staff_do_not_nominate(app: Flask, kenyan: Somebody) -> None:
    officer = make_person(app, Role.CASE_OFFICER)
    for actor in (kenyan.actor, officer.actor):
        with app.app_context(), pytest.raises(Forbidden):
            focal_points.nominate(actor, Nominate(**NOMINEE))


def test_a_nomination_says_nothing_about_other_accounts(app: Flask, kenya: Somebody, italian: Somebody) -> None:
    """The address of another State's focal point is answered like a fresh one, and takes nothing from its owner."""
    with app.app_context():
        answer = focal_points.nominate(kenya.actor, Nominate(name="Somebody", email=italian.email))
        assert answer.key
        with pytest.raises(InvalidCommand):
            focal_points.nominate(kenya.actor, Nominate(name="Somebody", email=italian.email))
    assert row_of(app, italian.key).active


PAGES = ["", "/replace", "/end", "/reset-second-step"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_foreigners_answer_as_if_they_did_not_exist(
    app: Flask,
    client: InspectedClient,
    clock: StoppedClock,
    kenya: Somebody,
    kenyan: Somebody,
    italian: Somebody,
    page: str,
) -> None:
    sign_in_on_the_page(client, kenya.email)
    assert client.get(f"/focal-points/{kenyan.key}{page}").status_code == 200
    foreign, unknown = (client.get(f"/focal-points/{key}{page}") for key in (italian.key, "0" * 12))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data.replace(italian.key.encode(), b"") == unknown.data.replace(b"0" * 12, b"")


def test_a_mission_works_through_its_pages(app: Flask, client: InspectedClient, kenya: Somebody) -> None:
    sign_in_on_the_page(client, kenya.email)
    assert "no focal point yet" in client.get("/focal-points").get_data(as_text=True)
    refused = client.submit(client.get("/focal-points/new"), {"name": "", "email": "nonsense"})
    assert refused.status_code == 200
    assert "Enter an e-mail address, for example" in refused.get_data(as_text=True)
    assert client.submit(client.get("/focal-points/new"), NOMINEE).status_code == 303
    cleo = person_with_address(app, NOMINEE["email"])
    page = client.get(f"/focal-points/{cleo.key}")
    assert client.submit(page, form="form[action*='submit-alone']").status_code == 303
    assert row_of(app, cleo.key).may_submit
    assert client.submit(client.get(f"/focal-points/{cleo.key}/invite-again")).status_code == 303
    assert client.submit(client.get(f"/focal-points/{cleo.key}/end")).location == "/focal-points"
    assert client.get(f"/focal-points/{cleo.key}").status_code == 404


# --- the administrator's pages --------------------


def test_an_administrator_works_through_the_pages(app: Flask, client: InspectedClient, administrator: Somebody) -> None:
    sign_in_on_the_page(client, administrator.email)
    given = NOMINEE | {"roles": "focal_point", "state_code": "KEN"}
    assert client.submit(client.get("/admin/people/new"), given | {"state_code": ""}).status_code == 200
    answer = client.submit(client.get("/admin/people/new"), given)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Focal point" in page.get_data(as_text=True)
    taken = client.submit(page, form="form[action$='/roles']", button="take")
    assert taken.status_code == 303
    granted = client.submit(client.get(answer.location), {"role": "mission"}, form="form[action$='/roles']")
    assert granted.status_code == 303
    cleo = person_with_address(app, NOMINEE["email"])
    assert roles_of(app, cleo.id) == {Role.MISSION}
    assert client.submit(client.get(f"{answer.location}/end-sessions")).status_code == 303
    assert client.submit(client.get(f"{answer.location}/end")).location == "/admin/people"
    assert client.get(answer.location).status_code == 404


def test_an_address_in_use_is_told_to_the_administrator(
    app: Flask, client: InspectedClient, administrator: Somebody
) -> None:
    sign_in_on_the_page(client, administrator.email)
    given = {"name": "Twice", "email": administrator.email.upper(), "roles": "manager"}
    answer = client.submit(client.get("/admin/people/new"), given)
    assert "has an account already" in answer.get_data(as_text=True)


def test_the_list_is_searched_paged_and_takes_the_same_statements_for_any_length(
    app: Flask, client: InspectedClient, administrator: Somebody, statements: Callable[[], Statements]
) -> None:
    sign_in_on_the_page(client, administrator.email)
    counts = []
    for start, more in ((0, 5), (5, 25)):
        for number in range(start, start + more):
            make_person(app, Role.CASE_OFFICER, name=f"Officer {number:02}")
        with statements() as seen:  # type: ignore[attr-defined]
            assert client.get("/admin/people").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6
    assert "Officer 29" in client.get("/admin/people?page=2").get_data(as_text=True)
    assert "Officer 29" not in client.get("/admin/people").get_data(as_text=True)
    found = client.get("/admin/people?q=officer 07").get_data(as_text=True)
    assert "Officer 07" in found
    assert "Officer 08" not in found
    assert "Nobody fits" in client.get("/admin/people?q=%25").get_data(as_text=True)
    assert "Officer 0" not in client.get("/admin/people?role=administrator").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/admin/people", "/admin/people/new", "/focal-points"])
def test_others_do_not_come_in(app: Flask, client: InspectedClient, path: str) -> None:
    sign_in_on_the_page(client, make_person(app, Role.BRANCH_CHIEF).email)
    assert client.get(path).status_code == 403


# --- what other slices ask --------------------


def test_queries_answer_active_people_only(app: Flask, kenya: Somebody, kenyan: Somebody, italian: Somebody) -> None:
    officer = make_person(app, Role.CASE_OFFICER)
    with app.app_context():
        focal_points.nominate(kenya.actor, Nominate(**NOMINEE))
        session = read_session()
        assert user_ids_with_role(session, Role.FOCAL_POINT) == sorted([kenyan.id, italian.id])
        state_id = kenya.actor.state_id or 0
        assert state_user_ids(session, state_id, Role.FOCAL_POINT, Role.MISSION) == sorted([kenya.id, kenyan.id])
        assert officers(session) == [(officer.id, officer.name)]
        assert user_names(session, [officer.id, officer.id, 10**9]) == {officer.id: officer.name}
        contact = contact_of(session, officer.id)
        assert contact is not None
        assert contact.email == officer.email
