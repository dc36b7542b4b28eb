"""Pages of the queue: the list, its files, own views of it, and one officer for several requests."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.freshness import is_fresh
from app.casework import several
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.foundation.export import FileKind, export_answer
from app.foundation.forms import KEY_FIELD
from app.foundation.i18n import current_locale
from app.triage import bulk, bulk_page, own_views, queue_form, queue_links, queue_page
from app.triage.blueprint import ASSIGNERS, READERS, bp
from app.triage.forms import BulkForm, ViewForm
from app.triage.queue import all_rows, list_page, officer_id, view_counts
from app.triage.queue_export import MOST_ROWS, queue_export
from app.triage.queue_trail import read_list
from app.workflow import policy
from app.workflow.vocabulary import Action

Shown = str | tuple[str, int] | Response


@bp.get("/queue")
@access.roles(*READERS)
def queue() -> Shown:
    """Show one page of one view of the queue, narrowed by filters."""
    actor, session = access.the_actor(), read_session()
    form, query, understood = queue_form.read(request.args)
    form.offer(session, query, demo=current_app.extensions["settings"].demo_data)
    counts, own = view_counts(session, actor), own_views.own_views(session, actor)
    page = list_page(session, actor, query, current_locale())
    shown = queue_page.shown(session, query, counts, page, queue_links.own_links(query, own))
    may = {"may_assign": actor.has(*ASSIGNERS), "may_register": policy.may(actor, Action.REGISTER_PAPER)}
    html = render_template("triage/queue.html", form=form, shown=shown, me=officer_id(actor), **may)
    return html if understood else (html, 422)


@bp.get("/queue/export")
@access.roles(*READERS)
def export() -> Response:
    """Send the list, or one page of it, as a file; asks for a recent sign-in (security, Exports)."""
    actor, session = access.the_actor(), read_session()
    form, query, understood = queue_form.read(request.args)
    if not understood or request.args.get("file") not in set(FileKind):
        raise InvalidCommand(FieldError("q", "value_error"))
    if not is_fresh():
        flash(_("Enter your password once more to go on."), "info")
        return redirect(url_for("security.verify", next=url_for("triage.queue", **query.address())), 303)
    form.offer(session, query, demo=True)
    page = request.args.get("extent") == "page"
    rows = (
        list_page(session, actor, query, current_locale()).rows
        if page
        else all_rows(session, actor, query, current_locale(), MOST_ROWS)
    )
    return export_answer(queue_export(session, query, rows, form, page=page), FileKind(request.args["file"]))


@bp.route("/queue/views", methods=["GET", "POST"])
@access.roles(*READERS)
def views() -> Shown:
    """Show the reader's own views; give the list that the address names a name."""
    actor, session, form = access.the_actor(), read_session(), ViewForm()
    found = read_list(request.args.get("list", "view=open"))
    if found is None:
        raise NotFound
    query, wrong = found[0], request.method == "POST"
    if wrong:
        command = form.command(own_views.SaveView, address=query.address())
        if command is not None and form.submit(lambda: own_views.save_view(actor, command))[0]:
            flash(_("The view was saved."), "success")
            return redirect(url_for("triage.queue", **query.address()), 303)
    shown = queue_links.own_links(query, own_views.own_views(session, actor))
    html = render_template("triage/views.html", form=form, query=query, own=shown, most=own_views.MOST_VIEWS)
    return (html, 422) if wrong else html


@bp.post("/queue/views/<key>/delete")
@access.roles(*READERS)
def delete_view(key: str) -> Response:
    """Forget an own view."""
    own_views.delete_view(access.the_actor(), own_views.DeleteView(key=key))
    flash(_("The view was deleted."), "success")
    return redirect(url_for("triage.views"), 303)


@bp.route("/queue/assign", methods=["GET", "POST"])
@access.roles(*ASSIGNERS)
def assign_several() -> Shown:
    """Show the check list of the ticked requests; assign them and say what came of each."""
    actor, form = access.the_actor(), BulkForm()
    if request.method == "GET":
        keys = request.args.getlist("case")
        if not keys:
            flash(_("Tick the requests that are to be assigned."), "info")
            return redirect(url_for("triage.queue"), 303)
        return _check_list(form, keys)
    cases = several.entered(request.form.getlist("case"))
    command = form.command(bulk.AssignSeveral, cases=cases, form_key=request.form.get(KEY_FIELD, ""))
    if command is None or not bulk_page.offers(read_session(), actor, form):
        return _check_list(form, [one["key"] for one in cases]), 422
    results = bulk.assign_several(actor, command)
    shown = bulk_page.results(read_session(), actor, results)
    return render_template(
        "casework/several_results.html",
        rows=shown,
        heading=_("Result of the assignment"),
        summary=_summary(results),
        way_back=(url_for("triage.queue"), _("Back to the queue")),
        endpoint="casefile.overview",
    )


def _check_list(form: BulkForm, keys: list[str]) -> str:
    """Render the check list.

    Raises:
        InvalidCommand: more are ticked than a page of the queue shows.
    """
    several.stop_if_too_many(keys)
    shown = bulk_page.check_list(read_session(), access.the_actor(), keys, form)
    return render_template("triage/assign_several.html", form=form, shown=shown)


def _summary(results: list[several.Result]) -> str:
    words = ngettext(
        "%(num)s of %(total)s requests was assigned",
        "%(num)s of %(total)s requests were assigned",
        several.done(results),
        total=len(results),
    )
    return str(words)
