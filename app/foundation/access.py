"""Every view says who may open it; a view that does not say stops start-up.

The marker is an object on the view function, checked before each request. It answers who may come in by role; which
cases they see is `casework.visibility`, what they may do with them is `workflow.policy`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.foundation.errors import Forbidden
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

V = TypeVar("V", bound=Callable[..., Any])
_ATTRIBUTE = "__access_rule__"
ActorLoader = Callable[[], Actor | None]
#: Keeps what was posted without a session; answers where it comes back, None when nothing was kept.
FormKeeper = Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a view.

    Attributes:
        name: how the rule is called in the table of routes.
        anonymous: without an account.
        roles: any of these; empty means every signed-in person.
        touches_session: False for views that must not even look at the session (static files, liveness).
    """

    name: str
    anonymous: bool = False
    roles: frozenset[Role] = frozenset()
    touches_session: bool = True

    def admits(self, actor: Actor | None) -> bool:
        """Tell whether `actor` may come in."""
        if self.anonymous:
            return True
        return actor is not None and (not self.roles or bool(self.roles & actor.roles))


PUBLIC = Rule("public", anonymous=True)
BARE = Rule("bare", anonymous=True, touches_session=False)
SIGNED_IN = Rule("signed_in")


def _mark(view: V, rule: Rule) -> V:
    setattr(view, _ATTRIBUTE, rule)
    return view


def public(view: V) -> V:
    """Mark a view that anybody may open."""
    return _mark(view, PUBLIC)


def bare(view: V) -> V:
    """Mark a view that needs neither session nor database (liveness, static files)."""
    return _mark(view, BARE)


def signed_in(view: V) -> V:
    """Mark a view for every account."""
    return _mark(view, SIGNED_IN)


def roles(*allowed: Role) -> Callable[[V], V]:
    """Mark a view for accounts that hold any of `allowed`."""
    rule = Rule("roles:" + ",".join(sorted(allowed)), roles=frozenset(allowed))
    return lambda view: _mark(view, rule)


class UnmarkedView(RuntimeError):
    """A route has no access rule."""


def rule_of(app: Flask, endpoint: str) -> Rule:
    """Return the rule of `endpoint`: its marker, or the entry of the list for endpoints of libraries.

    Raises:
        UnmarkedView: it has neither.
    """
    found = getattr(app.view_functions[endpoint], _ATTRIBUTE, None) or app.extensions["access"].listed.get(endpoint)
    if not isinstance(found, Rule):
        raise UnmarkedView(endpoint)
    return found


@dataclass(frozen=True, slots=True)
class _State:
    load_actor: ActorLoader
    listed: Mapping[str, Rule]
    keep_form: FormKeeper = lambda: None


def init_access(
    app: Flask, load_actor: ActorLoader, listed: Mapping[str, Rule], keep_form: FormKeeper = lambda: None
) -> None:
    """Check every request of `app` against its view's rule.

    Args:
        app: the application; call `require_rules` when all blueprints are registered.
        load_actor: answers who is signed in, or None.
        listed: rules of endpoints that a library registers.
        keep_form: keeps what somebody sends whose session has ended, so that it comes back after the sign-in.
    """
    app.extensions["access"] = _State(load_actor, listed, keep_form)
    app.before_request(_check)


def require_rules(app: Flask) -> None:
    """Stop start-up when a route has no rule, or the list names an endpoint that does not exist.

    Raises:
        UnmarkedView: names them.
    """
    missing = []
    for endpoint in app.view_functions:
        try:
            rule_of(app, endpoint)
        except UnmarkedView:
            missing.append(endpoint)
    unknown = set(app.extensions["access"].listed) - set(app.view_functions)
    if missing or unknown:
        raise UnmarkedView(f"without a rule: {sorted(missing)}; listed but not there: {sorted(unknown)}")


def current_actor() -> Actor | None:
    """Return who makes this request; loaded once, None when nobody is signed in."""
    if "actor" not in g:
        # A look that fails is not repeated: the page about the failure is shown as to a visitor.
        g.actor = None
        g.actor = current_app.extensions["access"].load_actor()
    actor: Actor | None = g.actor
    return actor


def the_actor() -> Actor:
    """Return who makes this request, in views that need an account."""
    actor = current_actor()
    if actor is None:
        raise Forbidden
    return actor


def _check() -> Response | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if not rule.touches_session or rule.admits(current_actor() if not rule.anonymous else None):
        return None
    if current_actor() is not None:
        raise Forbidden
    readable = request.method in {"GET", "HEAD"}
    here = request.full_path.rstrip("?") if readable else current_app.extensions["access"].keep_form()
    return redirect(url_for("security.login", next=here), 303)


def rule_of_request() -> Rule | None:
    """Return the rule of the view that answers this request; None when no route matches."""
    return rule_of(current_app, request.endpoint) if request.endpoint is not None else None
