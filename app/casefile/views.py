"""Overview and history of one case, and the short address of its number."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.casefile import papers
from app.casefile.due_page import due_page
from app.casefile.queries import overview_of, whole_history
from app.casefile.related import related_of, told_to_state
from app.casefile.shares import shares_of
from app.casework.exchange import PAGE, exchange_of
from app.casework.models import AssistanceRequest
from app.casework.page import case_page
from app.casework.queries import latest_revision
from app.casework.revisions import changes_of
from app.casework.sharing import shared_until
from app.casework.visibility import found, visible_cases
from app.foundation import access
from app.foundation.db import read_session
from app.papers.answers import as_attachment
from app.triage.supplied import supplied_on
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("casefile", __name__, template_folder="templates")

#: No history has more entries; a greater number in an address was written by hand.
LONGEST = 1_000_000
#: Everybody who sees cases; which ones is `visible_cases`.
CASE_ROLES = (*sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES), Role.AUDITOR)
#: Who reads what passes between the State and TPB.
PARTIES = (*sorted(STATE_ROLES | TPB_ROLES), Role.AUDITOR)


@bp.get("/cases/<key>")
@access.roles(*CASE_ROLES)
def overview(key: str) -> str | Response:
    """Show what happens now, the request as it was submitted, and the latest of its history."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.overview")
    shown, related = overview_of(read_session(), actor, page), related_of(read_session(), actor, page)
    decided, hold = told_to_state(read_session(), actor, page)
    beside = {"decided": decided, "hold": hold, "supplied": supplied_on(read_session(), actor, page.case)}
    return render_template("casefile/overview.html", page=page, shown=shown, related=related, **beside)


@bp.get("/cases/<key>/history")
@access.roles(*CASE_ROLES)
def history(key: str) -> str:
    """Show the whole history, newest first."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.history")
    before = request.args.get("before", type=int)
    shown = whole_history(read_session(), actor, page, before if before is None else min(before, LONGEST))
    return render_template("casefile/history.html", page=page, shown=shown)


@bp.get("/cases/<key>/receipt.pdf")
@access.roles(*STATE_ROLES)
def receipt(key: str) -> Response:
    """Give the State the receipt of its request as PDF."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.overview")
    return as_attachment(papers.receipt(read_session(), page), papers.file_name(page, "receipt"))


@bp.get("/cases/<key>/request.pdf")
@access.roles(*CASE_ROLES)
def whole_request(key: str) -> Response:
    """Give everything that the reader's pages show of the request as one PDF."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.overview")
    return as_attachment(papers.whole_request(read_session(), actor, page), papers.file_name(page, "request"))


@bp.get("/cases/<key>/questions")
@access.roles(*PARTIES)
def questions(key: str) -> str:
    """Show everything that was asked and answered, the last first, old and new beside each other."""
    actor, session = access.the_actor(), read_session()
    page = case_page(actor, key, "casefile.questions")
    before = request.args.get("before", type=int)
    present = latest_revision(session, page.case.id)
    shown = exchange_of(session, actor, page.case, present, limit=PAGE, before=before)
    return render_template("casefile/questions.html", page=page, shown=shown, first=before is None)


@bp.get("/cases/<key>/changes")
@access.roles(*CASE_ROLES)
def changes(key: str) -> str:
    """Show what one revision changed in the request: the named one, else the last."""
    actor, session = access.the_actor(), read_session()
    page = case_page(actor, key, "casefile.changes")
    revision = request.args.get("revision", type=int)
    wanted = revision if revision is None else min(revision, LONGEST)
    shown = changes_of(session, page.case.id, wanted, shared_until(session, actor, page.case))
    return render_template("casefile/changes.html", page=page, shown=shown)


@bp.get("/cases/<key>/due/<limit>")
@access.roles(*CASE_ROLES)
def due(key: str, limit: str) -> str:
    """Show day by day how a due date was counted: of the clock that the case's page shows, or of the named one."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.due")
    run = request.args.get("run", type=int)
    shown = due_page(read_session(), actor, page, limit, run if run is None else min(run, LONGEST))
    return render_template("casefile/due.html", page=page, shown=shown)


@bp.get("/cases/<key>/shared")
@access.roles(*PARTIES)
def shared(key: str) -> str:
    """Show what of the request reached which body, since when and under which consent."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.shared")
    return render_template("casefile/shared.html", page=page, rows=shares_of(read_session(), actor, page))


@bp.get("/n/<number>")
@access.roles(*CASE_ROLES)
def by_number(number: str) -> Response:
    """Lead from a number, as it stands in letters and mails, to its case."""
    actor = access.the_actor()
    wanted = visible_cases(actor, AssistanceRequest.key).where(AssistanceRequest.number == number.upper())
    key = read_session().scalars(wanted).first()
    return redirect(url_for("casefile.overview", key=found(key)), 302)
