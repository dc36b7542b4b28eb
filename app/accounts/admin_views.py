"""The administrator's pages: people, their roles, sessions and second factors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import page_queries, services
from app.accounts.blueprint import bp
from app.accounts.commands import ChangeRole, EditPerson, InvitePerson, OfPerson
from app.accounts.forms import EditForm, InviteForm, KeyForm, RoleForm
from app.accounts.freshness import require_fresh
from app.accounts.kinds import PERSONAL_ROLES, ROLES_OF_KIND
from app.accounts.models import User
from app.accounts.texts import KIND_WORDS, ROLE_WORDS
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.db import read_session
from app.foundation.i18n import current_locale
from app.reference.states import state_by_code, state_by_id, state_choices, state_name
from app.workflow.vocabulary import Role

administrator = access.roles(Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Act:
    """An act on one account that is asked for with one button, after a page that says what it does."""

    title: Any
    explains: Any
    button: Any
    done: Any
    danger: bool
    run: Callable[..., Any]


ACTS = {
    "invite-again": Act(
        _l("Send the invitation again"),
        _l("The earlier link stops working. The new one is good for seven days."),
        _l("Send the invitation"),
        _l("The invitation is on its way."),
        danger=False,
        run=services.invite_again,
    ),
    "end-sessions": Act(
        _l("End all sessions"),
        _l("The person is signed out everywhere and can sign in again."),
        _l("End all sessions"),
        _l("All sessions are ended."),
        danger=False,
        run=services.end_sessions,
    ),
    "reset-second-step": Act(
        _l("Reset the second step"),
        _l("First make sure that it is this person: call the number that is listed, not one that you were told."),
        _l("Reset the second step"),
        _l("The second step is reset. The person sets up a new one at the next sign-in."),
        danger=True,
        run=services.reset_second_factor,
    ),
    "end": Act(
        _l("End the account"),
        _l("The person can no longer sign in. The name stays in the history. This cannot be undone."),
        _l("End the account"),
        _l("The account is ended."),
        danger=True,
        run=services.end_account,
    ),
}


@bp.get("/admin/people")
@administrator
def admin_users() -> str:
    """List and search people."""
    search, chosen = request.args.get("q", "").strip()[:100], request.args.get("role", "")
    role = Role(chosen) if chosen in {one.value for one in PERSONAL_ROLES} else None
    number = request.args.get("page", 1, type=int)
    found = page_queries.people_page(read_session(), search=search, role=role, number=number)
    return render_template(
        "accounts/people.html",
        found=found,
        search=search,
        role=role,
        role_words=ROLE_WORDS,
        kind_words=KIND_WORDS,
        state_of=_state_of,
        page_url=lambda to: url_for(".admin_users", q=search or None, role=role, page=to),
    )


@bp.route("/admin/people/new", methods=["GET", "POST"])
@administrator
@require_fresh()
def admin_invite() -> str | Response:
    """Open an account and send its invitation."""
    include_demo = current_app.extensions["settings"].demo_data
    form = InviteForm(states=state_choices(read_session(), current_locale(), include_demo=include_demo))
    code = form.state_code.data
    state_id = state_by_code(read_session(), code).id if form.is_submitted() and code else None
    command = form.command(InvitePerson, state_id=state_id) if form.is_submitted() else None
    if command is not None:
        done, account = form.submit(lambda: services.invite_person(the_actor(), command))
        if done and account is not None:
            flash(_("The invitation is on its way."), "success")
            return redirect(url_for(".admin_user", key=account.key), 303)
    return render_template("accounts/invite.html", form=form)


@bp.route("/admin/people/<key>", methods=["GET", "POST"])
@administrator
def admin_user(key: str) -> str | Response:
    """Show one account and correct what is known of the person."""
    person = page_queries.person_by_key(read_session(), key)
    form = EditForm(obj=person)
    command = form.command(EditPerson, key=key) if form.is_submitted() else None
    if command is not None:
        services.edit_person(the_actor(), command)
        flash(_("The account is changed."), "success")
        return redirect(url_for(".admin_user", key=key), 303)
    return _person_page(person, form, RoleForm(formdata=None))


@bp.post("/admin/people/<key>/roles")
@administrator
@require_fresh()
def admin_roles(key: str) -> str | Response:
    """Grant a role, or take one away: the pressed button says which."""
    person = page_queries.person_by_key(read_session(), key)
    form = RoleForm()
    act = services.take_role if "take" in request.form else services.grant_role
    command = form.command(ChangeRole, key=key, role=request.form.get("take") or form.role.data)
    if command is not None:
        done, _result = form.submit(lambda: act(the_actor(), command))
        if done:
            flash(_("The roles are changed."), "success")
            return redirect(url_for(".admin_user", key=key), 303)
    return _person_page(person, EditForm(formdata=None, obj=person), form)


@bp.route("/admin/people/<key>/<act>", methods=["GET", "POST"])
@administrator
@require_fresh()
def admin_act(key: str, act: str) -> str | Response:
    """Say what an act does, then do it."""
    chosen = ACTS.get(act) or abort(404)
    person = page_queries.person_by_key(read_session(), key)
    form = KeyForm(data={"key": key})
    command = form.command(OfPerson, key=key) if form.is_submitted() else None
    back = url_for(".admin_user", key=key)
    if command is not None:
        done, _result = form.submit(lambda: chosen.run(the_actor(), command))
        if done:
            flash(chosen.done, "success")
            return redirect(url_for(".admin_users") if act == "end" else back, 303)
    return render_template("accounts/act.html", form=form, act=chosen, person=person, back=back)


def _person_page(person: User, form: EditForm, role_form: RoleForm) -> str:
    held = person.role_codes
    possible = sorted(ROLES_OF_KIND[person.kind] - held)
    role_form.role.choices = [(role.value, ROLE_WORDS[role]) for role in possible]
    return render_template(
        "accounts/person.html",
        person=person,
        form=form,
        role_form=role_form,
        held=sorted(held),
        may_grant=bool(possible) and not (person.state_id is not None and held),
        role_words=ROLE_WORDS,
        kind_words=KIND_WORDS,
        state_of=_state_of,
        acts={name: act for name, act in ACTS.items() if name != "invite-again" or person.activated_at is None},
    )


def _state_of(person: User) -> str:
    """Name of the State a person works for, from reference data that is kept in memory; empty for others."""
    if person.state_id is None:
        return ""
    return state_name(state_by_id(read_session(), person.state_id), current_locale())
