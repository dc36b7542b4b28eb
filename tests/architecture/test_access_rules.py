"""A view without an access rule stops start-up; the rule is a marker object and is asked before every view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, g, request

from app.foundation import access
from app.foundation.access import UnmarkedView, require_rules, rule_of
from app.foundation.errors import Forbidden
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from tests.factories.clients import get, quick_client
from tests.factories.people import cast_of

SOMEBODY = Actor(1, ActorKind.USER, "Ada Quill", frozenset({Role.CASE_OFFICER}))
NOBODY = Actor(2, ActorKind.USER, "Ben Quill", frozenset())


def test_a_route_without_a_rule_stops_start_up(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    app.add_url_rule("/forgotten", "forgotten", lambda: "open to the world")
    with pytest.raises(UnmarkedView, match="forgotten"):
        require_rules(app)


def test_a_listed_endpoint_that_is_not_there_stops_start_up(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    state = app.extensions["access"]
    listed = {**state.listed, "security.gone": access.PUBLIC}
    app.extensions["access"] = type(state)(state.load_actor, listed)
    with pytest.raises(UnmarkedView, match=r"security\.gone"):
        require_rules(app)


def test_something_else_under_the_marker_is_no_rule(make_app: Callable[..., Flask]) -> None:
    """A marker is a `Rule`; a true value is not one."""
    app = make_app()

    def view() -> str:
        return "open"

    view.__access_rule__ = True  # type: ignore[attr-defined]
    app.add_url_rule("/half", "half", view)
    with pytest.raises(UnmarkedView):
        rule_of(app, "half")


@pytest.mark.parametrize(
    ("rule", "visitor", "officer", "without_roles"),
    [
        (access.PUBLIC, True, True, True),
        (access.BARE, True, True, True),
        (access.SIGNED_IN, False, True, True),
        (access.Rule("x", roles=frozenset({Role.CASE_OFFICER})), False, True, False),
        (access.Rule("x", roles=frozenset({Role.BRANCH_CHIEF})), False, False, False),
    ],
)
def test_whom_a_rule_admits(rule: access.Rule, visitor: bool, officer: bool, without_roles: bool) -> None:
    assert (rule.admits(None), rule.admits(SOMEBODY), rule.admits(NOBODY)) == (visitor, officer, without_roles)


@pytest.mark.sqlite_only
def test_every_role_is_let_into_its_routes_and_no_others(app: Flask) -> None:
    """Each page without a parameter, asked as each role: 403 exactly where the marker does not admit the role.

    The marker knows no database; that the pages open on PostgreSQL as well is seen where their lists are read.
    """
    cast = cast_of(app)
    wrong = []
    for role in sorted(set(Role) - {Role.SYSTEM}):
        client = quick_client(app, cast.of(role))
        for rule in app.url_map.iter_rules():
            if rule.arguments or "GET" not in (rule.methods or ()):
                continue
            status = get(app, client, rule.rule).status_code
            admitted = rule_of(app, rule.endpoint).admits(cast.of(role).actor)
            if (status == 403) == admitted or status >= 500:
                wrong.append((role.value, rule.rule, status))
    assert not wrong


@pytest.mark.sqlite_only
def test_who_is_not_let_in_reaches_no_view(app: Flask) -> None:
    """Every route with every method: the answer is given before the view and before anything is looked up."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    passed = []
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            with app.test_request_context("/", method=method):
                request.url_rule, request.view_args = rule, dict.fromkeys(rule.arguments, "aaaaaaaaaaaa")
                for role in sorted(set(Role) - {Role.SYSTEM}):
                    g.actor = Actor(1, ActorKind.USER, "Ada Quill", frozenset({role}))
                    if rule_of(app, rule.endpoint).admits(g.actor):
                        continue
                    try:
                        app.preprocess_request()
                    except Forbidden:
                        continue
                    passed.append((role.value, method, rule.rule))
    assert not passed


def test_a_visitor_is_led_to_sign_in_and_back(app: Flask) -> None:
    client = quick_client(app, None)
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()) or rule_of(app, rule.endpoint).anonymous:
            continue
        answer = get(app, client, f"{rule.rule}?x=1")
        assert answer.status_code == 303, rule.rule
        assert answer.location.startswith("/login?next=")
        assert f"{rule.rule.replace('/', '%2F')}" in answer.location or rule.rule in answer.location
