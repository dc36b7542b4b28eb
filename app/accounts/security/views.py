"""The pages that Flask-Security runs, registered one by one with the rule of each; nothing else of it is reachable."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security import views as theirs
from flask_security.recovery_codes import mf_recovery, mf_recovery_codes
from werkzeug.wrappers import Response

from app.accounts import sessions, throttle
from app.accounts.actor import signed_in
from app.accounts.identity import normal_address
from app.accounts.models import UserSession
from app.accounts.security_history import record
from app.foundation.access import PUBLIC, SIGNED_IN, Rule, current_actor
from app.foundation.db import write_transaction
from app.foundation.redirects import local_target

bp = Blueprint("security", __name__, template_folder="../templates")

_SUCCESS: Final = frozenset({302, 303})
_BY_ADDRESS_TYPED: Final = frozenset({"security.login", "security.forgot_password"})
_SECOND_STEP: Final = frozenset({"security.two_factor_token_validation", "security.mf_recovery"})
_OWN_PASSWORD: Final = frozenset({"security.verify", "security.change_password", "security.two_factor_setup_validate"})


@bp.before_request
def slow_down() -> None:
    """Count a try before it is looked at.

    Raises:
        TooManyTries: it comes too soon after others that failed.
    """
    if request.method == "POST" and (named := _who_is_tried()) is not None:
        throttle.claim([throttle.account(named), throttle.address(request.remote_addr)])


def _who_is_tried() -> str | None:
    if request.endpoint in _BY_ADDRESS_TYPED:
        return f"{request.endpoint}:{normal_address(request.form.get('email', ''))}"
    if request.endpoint in _SECOND_STEP:
        return second_step_subject(str(session.get("tf_user_id", "")))
    if request.endpoint in _OWN_PASSWORD and current_actor() is not None:
        return own_password_subject(_own_id())
    return None


def sign_in_subject(email: str) -> str:
    """Return under which name tries at an address are counted."""
    return f"security.login:{email}"


def second_step_subject(uniquifier: str) -> str:
    """Return under which name tries at a second step are counted."""
    return f"second_step:{uniquifier}"


def own_password_subject(user_id: int) -> str:
    """Return under which name tries of somebody who is signed in are counted."""
    return f"own_password:{user_id}"


def _own_id() -> int:
    person = signed_in()
    return person.user_id if person is not None else 0


@bp.after_request
def finish(answer: Response) -> Response:
    """Let a redirect lead only to a page of this application, and take back the count of a try that succeeded."""
    if answer.location:
        answer.location = local_target(answer.location)
    if request.method == "POST" and request.endpoint in _OWN_PASSWORD and answer.status_code in _SUCCESS:
        subjects = [throttle.account(own_password_subject(_own_id())), throttle.address(request.remote_addr)]
        with write_transaction(None) as writing:
            throttle.forgive(writing, subjects)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def sign_out() -> Response:
    """End this session for good; its cookie never opens anything again."""
    actor, hashed = current_actor(), sessions.token_in_cookie()
    if actor is not None and hashed is not None:
        with write_transaction(None) as writing:
            sessions.revoke(writing, UserSession.token_hash == hashed)
            record(writing, actor, "signed_out")
    session.clear()
    flash(_("You are signed out."), "success")
    return redirect(url_for("security.login"), 303)


def lost_device() -> str:
    """Explain what to do without the device: a recovery code, or whom to ask."""
    return render_template("security/lost_device.html")


_BOTH: Final = ("GET", "POST")
_ROUTES: Final = (
    ("/login", "login", theirs.login, _BOTH, PUBLIC),
    ("/logout", "logout", sign_out, ("POST",), PUBLIC),
    ("/login/again", "verify", theirs.verify, _BOTH, SIGNED_IN),
    ("/login/code", "two_factor_token_validation", theirs.two_factor_token_validation, _BOTH, PUBLIC),
    ("/login/lost-device", "two_factor_rescue", lost_device, ("GET",), PUBLIC),
    ("/login/recovery-code", "mf_recovery", mf_recovery, _BOTH, PUBLIC),
    ("/password/forgotten", "forgot_password", theirs.forgot_password, _BOTH, PUBLIC),
    ("/password/new/<token>", "reset_password", theirs.reset_password, _BOTH, PUBLIC),
    ("/account/password", "change_password", theirs.change_password, _BOTH, SIGNED_IN),
    # also the first step of somebody who must have a second factor and has none yet: then nobody is signed in
    ("/account/second-step", "two_factor_setup", theirs.two_factor_setup, _BOTH, PUBLIC),
    (
        "/account/second-step/<token>",
        "two_factor_setup_validate",
        theirs.two_factor_setup_validate,
        ("POST",),
        SIGNED_IN,
    ),
    ("/account/recovery-codes", "mf_recovery_codes", mf_recovery_codes, _BOTH, SIGNED_IN),
)
for _path, _name, _view, _methods, _rule in _ROUTES:
    bp.add_url_rule(_path, endpoint=_name, view_func=_view, methods=list(_methods))

#: The rule of each endpoint above; start-up fails when one is missing.
SECURITY_ENDPOINTS: Final[dict[str, Rule]] = {f"security.{route[1]}": route[4] for route in _ROUTES}
