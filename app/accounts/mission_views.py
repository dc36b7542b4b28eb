"""The Permanent Mission's pages: the focal points of its State, nobody else's."""

from __future__ import annotations

from dataclasses import replace as changed_act

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import focal_points, page_queries
from app.accounts.admin_views import ACTS
from app.accounts.blueprint import bp
from app.accounts.commands import LetSubmit, Nominate, OfPerson, Replace
from app.accounts.forms import KeyForm, PersonForm
from app.accounts.freshness import require_fresh
from app.accounts.models import User
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.db import read_session
from app.workflow.vocabulary import Role

mission = access.roles(Role.MISSION)

MISSION_ACTS = {
    "invite-again": changed_act(ACTS["invite-again"], run=focal_points.invite_focal_point_again),
    "reset-second-step": changed_act(
        ACTS["reset-second-step"],
        explains=_l("First make sure that it is this person, by a way that you know and not one that you were told."),
        run=focal_points.reset_focal_point_factor,
    ),
    "end": changed_act(ACTS["end"], run=focal_points.end_focal_point),
}


def _state_id() -> int:
    """The mission's own State; a mission without one has nobody to show."""
    return the_actor().state_id or 0


def _focal_point(key: str) -> User:
    return page_queries.focal_point_by_key(read_session(), _state_id(), key)


@bp.get("/focal-points")
@mission
def mission_people() -> str:
    """List the State's focal points."""
    rows = page_queries.focal_points_of(read_session(), _state_id())
    return render_template("accounts/focal_points.html", rows=rows)


@bp.route("/focal-points/new", methods=["GET", "POST"])
@mission
@require_fresh()
def mission_nominate() -> str | Response:
    """Nominate a focal point."""
    form = PersonForm()
    command = form.command(Nominate) if form.is_submitted() else None
    if command is not None:
        done, _account = form.submit(lambda: focal_points.nominate(the_actor(), command))
        if done:
            flash(_("The focal point is nominated. The invitation is on its way."), "success")
            return redirect(url_for(".mission_people"), 303)
    return render_template("accounts/nominate.html", form=form, instead_of=None)


@bp.get("/focal-points/<key>")
@mission
def mission_person(key: str) -> str:
    """Show one focal point."""
    person = _focal_point(key)
    acts = {name: act for name, act in MISSION_ACTS.items() if name != "invite-again" or person.activated_at is None}
    return render_template("accounts/focal_point.html", person=person, acts=acts, form=KeyForm(data={"key": key}))


@bp.route("/focal-points/<key>/replace", methods=["GET", "POST"])
@mission
@require_fresh()
def mission_replace(key: str) -> str | Response:
    """Nominate somebody in the place of a focal point."""
    leaving = _focal_point(key)
    form = PersonForm()
    command = form.command(Replace, key=key) if form.is_submitted() else None
    if command is not None:
        done, _account = form.submit(lambda: focal_points.replace(the_actor(), command))
        if done:
            flash(_("The focal point is replaced. The invitation is on its way."), "success")
            return redirect(url_for(".mission_people"), 303)
    return render_template("accounts/nominate.html", form=form, instead_of=leaving)


@bp.post("/focal-points/<key>/submit-alone/<answer>")
@mission
@require_fresh()
def mission_let_submit(key: str, answer: str) -> Response:
    """Let a focal point submit without confirmation, or no longer."""
    if answer not in {"yes", "no"}:
        abort(404)
    _focal_point(key)
    if (command := KeyForm().command(LetSubmit, key=key, allowed=answer == "yes")) is not None:
        focal_points.let_submit(the_actor(), command)
        flash(_("The right to submit alone is changed."), "success")
    return redirect(url_for(".mission_person", key=key), 303)


@bp.route("/focal-points/<key>/<act>", methods=["GET", "POST"])
@mission
@require_fresh()
def mission_act(key: str, act: str) -> str | Response:
    """Say what an act does, then do it."""
    chosen = MISSION_ACTS.get(act) or abort(404)
    person = _focal_point(key)
    form = KeyForm(data={"key": key})
    command = form.command(OfPerson, key=key) if form.is_submitted() else None
    back = url_for(".mission_person", key=key)
    if command is not None:
        done, _result = form.submit(lambda: chosen.run(the_actor(), command))
        if done:
            flash(chosen.done, "success")
            return redirect(url_for(".mission_people") if act == "end" else back, 303)
    return render_template("accounts/act.html", form=form, act=chosen, person=person, back=back)
