"""Pages of messages: read and write them, open one to more readers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.audiences import Readership
from app.casework.opening import WidenForm
from app.casework.page import case_page
from app.casework.texts.audiences import readership_text
from app.correspondence import services
from app.correspondence.commands import MarkRead, WidenMessage, WriteMessage
from app.correspondence.forms import TURN, MessageForm, ReadForm
from app.correspondence.page import opening, shown
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("correspondence", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response
WRITERS = tuple(sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES))
TAB = "correspondence.messages"


@bp.get("/cases/<key>/messages")
@access.roles(*WRITERS, Role.AUDITOR)
def messages(key: str) -> Shown:
    """Show the messages that the reader may read, the newest last, and the form to write another."""
    return _page(key, MessageForm())


@bp.post("/cases/<key>/messages")
@access.roles(*WRITERS)
def write(key: str) -> Shown:
    """Send a message to the readers that the page named, or name others."""
    actor, form = access.the_actor(), MessageForm()
    if TURN in request.form:
        return _page(key, form, request.form[TURN])
    command = form.command(WriteMessage, key=key)
    if command is not None and form.submit(lambda: services.write_message(actor, command))[0]:
        return _done(key, actor, _("Your message was sent. Who reads it: %(readers)s"), command.readers)
    return _page(key, form), 422


@bp.post("/cases/<key>/messages/read")
@access.roles(*WRITERS)
def mark_read(key: str) -> Shown:
    """Mark what was shown as read."""
    actor, form = access.the_actor(), ReadForm()
    command = form.command(MarkRead, key=key)
    if command is None:
        raise InvalidCommand(FieldError("newest", "missing"))
    services.mark_read(actor, command)
    return redirect(url_for(TAB, key=key), 303)


@bp.route("/cases/<key>/messages/<message>/widen", methods=["GET", "POST"])
@access.roles(*WRITERS)
def widen(key: str, message: str) -> Shown:
    """Say who would newly read a message, and open it to them."""
    actor, form = access.the_actor(), WidenForm()
    command = form.command(WidenMessage, key=key, message=message) if request.method == "POST" else None
    if command is not None and form.submit(lambda: services.widen_message(actor, command))[0]:
        return _done(key, actor, _("The message was opened. Who reads it now: %(readers)s"), command.readers)
    page = case_page(actor, key, TAB)
    opened, ways = opening(read_session(), actor, page, message, form)
    readers = readership_text(opened.readership, actor)
    shown_now = {"message": opened, "readers": readers, "ways": ways}
    html = render_template("correspondence/widen.html", page=page, form=form, **shown_now)
    return (html, 422) if request.method == "POST" else html


def _done(key: str, actor: Actor, said: str, readers: Readership) -> Response:
    flash(said % {"readers": readership_text(readers, actor)}, "success")
    return redirect(url_for(TAB, key=key), 303)


def _page(key: str, form: MessageForm, turned_to: str | None = None) -> str:
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    before = request.args.get("before")
    listed = shown(read_session(), actor, page, form, before=before, turned_to=turned_to)
    return render_template("correspondence/messages.html", page=page, shown=listed, form=form)
