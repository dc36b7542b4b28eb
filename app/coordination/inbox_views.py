"""Pages of a body's inbox: what waits for it by deadline, and one answer for several requests."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.coordination import inbox as lists
from app.coordination import several
from app.coordination.blueprint import LIAISONS, bp
from app.coordination.commands import MOST_ANSWERS, AnswerSeveral
from app.coordination.forms import SeveralForm
from app.coordination.inbox import InboxView
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand
from app.foundation.forms import KEY_FIELD

Shown = str | tuple[str, int] | Response
#: No list is longer; a greater number in an address was written by hand.
FARTHEST = 10_000


@bp.get("/consultations")
@access.roles(*LIAISONS)
def inbox() -> str:
    """Show what waits for the reader's body, what it answered, or where its objection stands."""
    asked = request.args.get("view", "")
    view = InboxView(asked) if asked in set(InboxView) else InboxView.WAITING
    start = min(max(request.args.get("start", 0, type=int), 0), FARTHEST)
    shown = lists.inbox_of(read_session(), access.the_actor(), view, start)
    return render_template("coordination/inbox.html", shown=shown)


@bp.route("/consultations/no-objection", methods=["GET", "POST"])
@access.roles(*LIAISONS)
def answer_several() -> Shown:
    """Show the check list of the ticked requests; give each "no objection" and say what came of each."""
    actor, form = access.the_actor(), SeveralForm()
    if request.method == "GET":
        keys = request.args.getlist("case")
        if not keys:
            flash(_("Tick the requests to which your body does not object."), "info")
            return redirect(url_for("coordination.inbox"), 303)
        return _check_list(form, keys)
    cases = several.entered(request.form.getlist("case"))
    before = lists.check_list(read_session(), actor, [one["key"] for one in cases])
    command = form.command(AnswerSeveral, cases=cases, form_key=request.form.get(KEY_FIELD, ""))
    if command is None:
        return _check_list(form, [one["key"] for one in cases]), 422
    found = several.answer_several(actor, command)
    given = sum(one.outcome == "given" for one in found)
    summary = ngettext(
        "%(num)s of %(total)s positions was given", "%(num)s of %(total)s positions were given", given, total=len(found)
    )
    return render_template("coordination/answered.html", rows=lists.results(found, before), summary=summary)


def _check_list(form: SeveralForm, keys: list[str]) -> str:
    """Render the check list.

    Raises:
        InvalidCommand: more are ticked than a page of the inbox shows.
    """
    if len(keys) > MOST_ANSWERS:
        raise InvalidCommand(FieldError("cases", "too_long", {"max_length": MOST_ANSWERS}))
    rows = lists.check_list(read_session(), access.the_actor(), keys)
    missing = len(set(keys)) - len(rows)
    columns = lists.headings(lists.COLUMNS["waiting"])
    return render_template("coordination/answer_several.html", form=form, rows=rows, missing=missing, columns=columns)
