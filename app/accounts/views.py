"""One's own account: settings, sessions, stand-ins; and the invitation's page."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import admin_views, mission_views, office_views, own, page_queries
from app.accounts.actor import SignedIn, signed_in
from app.accounts.blueprint import bp
from app.accounts.commands import NameStandIn, OfPerson, OwnAccount
from app.accounts.forms import ChoosePasswordForm, KeyForm, OwnAccountForm, StandInForm
from app.accounts.invitations import accept, invited_person
from app.accounts.models import User
from app.accounts.passwords import normalise, weakness
from app.accounts.security import hash_password
from app.accounts.texts import ROLE_WORDS
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.db import read_session
from app.foundation.errors import FieldError, NotFound

#: What the composition registers; importing the modules beside puts their pages on it.
BLUEPRINTS = (bp,)
PAGE_MODULES = (admin_views, mission_views, office_views)


def _me() -> SignedIn:
    person = signed_in()
    if person is None:
        raise NotFound
    return person


def _own_row() -> User:
    return page_queries.person_by_key(read_session(), _me().user_key)


@bp.route("/account", methods=["GET", "POST"])
@access.signed_in
def account() -> str | Response:
    """Show and change one's own account."""
    person = _own_row()
    form = OwnAccountForm(obj=person)
    command = form.command(OwnAccount) if form.is_submitted() else None
    if command is not None:
        done, _result = form.submit(lambda: own.change_own_account(the_actor(), command))
        if done:
            flash(_("Your account is changed."), "success")
            return redirect(url_for(".account"), 303)
    return render_template("accounts/account.html", form=form, person=person, role_words=ROLE_WORDS)


@bp.get("/account/sessions")
@access.signed_in
def sessions() -> str:
    """Show where one is signed in."""
    me = _me()
    rows = page_queries.open_sessions(read_session(), me.user_id)
    return render_template("accounts/sessions.html", rows=rows, this_key=me.session_key, form=KeyForm())


@bp.post("/account/sessions")
@access.signed_in
def revoke_session() -> Response:
    """End one of one's own sessions."""
    if (command := KeyForm().command(OfPerson)) is not None:
        own.revoke_own_session(the_actor(), command)
        flash(_("The session is ended."), "success")
    return redirect(url_for(".sessions"), 303)


@bp.route("/account/stand-in", methods=["GET", "POST"])
@access.signed_in
def stand_ins() -> str | tuple[str, int] | Response:
    """Show and name who acts in one's absence, and for whom one acts."""
    person, session = _own_row(), read_session()
    form = StandInForm()
    form.stand_in_key.choices = page_queries.possible_stand_ins(session, person)
    command = form.command(NameStandIn) if form.is_submitted() else None
    if command is not None:
        done, _result = form.submit(lambda: own.name_stand_in(the_actor(), command))
        if done:
            flash(_("Your stand-in is named."), "success")
            return redirect(url_for(".stand_ins"), 303)
    html = render_template(
        "accounts/stand_ins.html",
        form=form,
        named=page_queries.who_stands_in(session, person.id),
        offered=page_queries.for_whom(session, person.id),
        acting_for=the_actor().on_behalf_of,
        button=KeyForm(formdata=None),
    )
    return (html, 422) if form.is_submitted() else html


@bp.post("/account/stand-in/revoke")
@access.signed_in
def revoke_stand_in() -> Response:
    """Take back that somebody stands in."""
    if (command := KeyForm().command(OfPerson)) is not None:
        own.revoke_stand_in(the_actor(), command)
        flash(_("Nobody stands in for you under this agreement any more."), "success")
    return redirect(url_for(".stand_ins"), 303)


@bp.post("/account/act-for")
@access.signed_in
def act_for() -> Response:
    """Act for an absent person in this session, or for oneself again."""
    if (command := KeyForm().command(OfPerson)) is not None:
        own.act_for(the_actor(), _me().session_id, command.key or None)
        flash(_("You act for somebody else now.") if command.key else _("You act for yourself again."), "info")
    return redirect(url_for(".stand_ins"), 303)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@access.public
def accept_invitation(token: str) -> str | Response:
    """Let an invited person choose a password."""
    person = invited_person(read_session(), token)
    if person is None:
        return render_template("accounts/invitation_over.html"), 404  # type: ignore[return-value]
    form = ChoosePasswordForm()
    if form.validate_on_submit() and _password_is_good(form, person):
        hashed = hash_password(form.password.data or "")
        done, _result = form.submit(lambda: accept(person, hashed))
        if done:
            flash(_("Your account is ready. Sign in with your new password."), "success")
            return redirect(url_for("security.login"), 303)
    return render_template("accounts/invitation.html", form=form, person=person)


def _password_is_good(form: ChoosePasswordForm, person: User) -> bool:
    password = normalise(form.password.data or "")
    wrong = weakness(password, (person.name, person.email))
    if wrong is None and password != normalise(form.again.data or ""):
        form.place(FieldError("again", "passwords_differ"))
        return False
    if wrong is not None:
        form.place(FieldError("password", wrong))
    return wrong is None
