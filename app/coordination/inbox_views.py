"""Pages of a body's inbox: what waits for it by deadline, and one answer for several requests."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.casework import several
from app.coordination import inbox as lists
from app.coordination.blueprint import LIAISONS, bp
from app.coordination.commands import GivePosition
from app.coordination.forms import SeveralForm
from app.coordination.inbox import InboxView
from app.coordination.positions import give_position
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.forms import KEY_FIELD
from app.workflow.vocabulary import Position

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
    command = form.command(several.SeveralCommand, cases=cases, form_key=request.form.get(KEY_FIELD, ""))
    if command is None:
        return _check_list(form, [one["key"] for one in cases]), 422
    found = several.each(command, lambda one: give_position(actor, _no_objection(one)), not_open="inbox_gone")
    return _results(found, before)


def _results(found: list[several.Result], before: list[lists.InboxRow]) -> str:
    given, total = several.done(found), len(found)
    summary = ngettext(
        "%(num)s of %(total)s positions was given", "%(num)s of %(total)s positions were given", given, total=total
    )
    return render_template(
        "casework/several_results.html",
        rows=lists.results(found, before),
        heading=_("Result"),
        summary=summary,
        way_back=(url_for("coordination.inbox"), _("Back to the consultations")),
        endpoint="coordination.consultations",
    )


def _no_objection(one: several.Ticked) -> GivePosition:
    return GivePosition(key=one.key, version=one.version, position=Position.NO_OBJECTION)


def _check_list(form: SeveralForm, keys: list[str]) -> str:
    """Render the check list.

    Raises:
        InvalidCommand: more are ticked than a page of the inbox shows.
    """
    several.stop_if_too_many(keys)
    rows = lists.check_list(read_session(), access.the_actor(), keys)
    missing = len(set(keys)) - len(rows)
    columns = several.headings(lists.COLUMNS["waiting"])
    return render_template("coordination/answer_several.html", form=form, rows=rows, missing=missing, columns=columns)
