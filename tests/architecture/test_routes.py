"""No route is forgotten: each stands in the table of what its address names, and each has an access rule."""

from __future__ import annotations

from flask import Flask

from app.composition import WIRING
from app.foundation import access
from tests.integration.isolation.routes import ROUTES, Named

#: Anybody may open these without an account. A route that is public by mistake fails here.
WITHOUT_ACCOUNT = {
    "library.index",
    "library.tool",
    "library.download",
    "demo_guide.guide",
    "accounts.accept_invitation",
    "front.start",
    "links.answer",
    "links.consultation",
    "health.livez",
    "health.readyz",
    "metrics.metrics",
    "pages.accessibility",
    "pages.help_page",
    "pages.privacy",
    "preferences.set_keys",
    "preferences.set_language",
    "preferences.set_theme",
    "preferences.show",
    "security.forgot_password",
    "security.login",
    "security.logout",
    "security.mf_recovery",
    "security.reset_password",
    "security.two_factor_rescue",
    "security.two_factor_setup",
    "security.two_factor_token_validation",
}


def test_every_route_stands_in_the_table(app: Flask) -> None:
    served = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert served - set(ROUTES) == set(), "say in tests/integration/isolation/routes.py what these name"
    assert set(ROUTES) - served == set(), "no such route any more"


def test_what_the_table_says_of_parameters_is_so(app: Flask) -> None:
    wrong = []
    for rule in app.url_map.iter_rules():
        route = ROUTES[rule.endpoint]
        named = rule.arguments - set(route.words) - route.parts
        if bool(named) != (route.names is not Named.NOTHING) or len(named) > 1:
            wrong.append((rule.rule, route.names))
    assert not wrong


def test_addresses_of_cases_carry_the_public_key(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if ROUTES[rule.endpoint].names is Named.CASE:
            assert rule.rule.startswith("/cases/<key>"), rule.rule
        assert not any("int:" in part for part in rule.rule.split("/")), f"{rule.rule} shows a primary key"


def test_only_listed_routes_are_open_to_visitors(app: Flask) -> None:
    anonymous = {name for name in app.view_functions if access.rule_of(app, name).anonymous}
    assert anonymous == WITHOUT_ACCOUNT


def test_routes_about_cases_are_never_open_to_every_account(app: Flask) -> None:
    """An administrator holds no case content, so such a route names its roles."""
    for rule in app.url_map.iter_rules():
        if ROUTES[rule.endpoint].names in {Named.CASE, Named.NUMBER}:
            assert access.rule_of(app, rule.endpoint).roles, rule.rule
            assert "administrator" not in access.rule_of(app, rule.endpoint).roles, rule.rule


def test_every_action_page_exists_and_posts_somewhere(app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.endpoint, set()).update(rule.methods or ())
    for action, page in WIRING.action_pages.items():
        assert page.endpoint in methods, action
        assert ROUTES[page.endpoint].names is Named.CASE, action
        if page.one_click:
            assert methods[page.endpoint] & {"GET", "POST"} == {"POST"}, f"{action} acts when its link is followed"
        else:
            assert "GET" in methods[page.endpoint], action


def test_nothing_answers_other_methods(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule
