"""Overview and history of one case, and the short address of its number."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.casefile.queries import overview_of, whole_history
from app.casework.models import AssistanceRequest
from app.casework.page import case_page
from app.casework.visibility import found, visible_cases
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("casefile", __name__, template_folder="templates")

#: No history has more entries; a greater number in an address was written by hand.
LONGEST = 1_000_000
#: Everybody who sees cases; which ones is `visible_cases`.
CASE_ROLES = (*sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES), Role.AUDITOR)


@bp.get("/cases/<key>")
@access.roles(*CASE_ROLES)
def overview(key: str) -> str | Response:
    """Show what happens now, the request as it was submitted, and the latest of its history."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.overview")
    return render_template("casefile/overview.html", page=page, shown=overview_of(read_session(), actor, page))


@bp.get("/cases/<key>/history")
@access.roles(*CASE_ROLES)
def history(key: str) -> str:
    """Show the whole history, newest first."""
    actor = access.the_actor()
    page = case_page(actor, key, "casefile.history")
    before = request.args.get("before", type=int)
    shown = whole_history(read_session(), actor, page, before if before is None else min(before, LONGEST))
    return render_template("casefile/history.html", page=page, shown=shown)


@bp.get("/n/<number>")
@access.roles(*CASE_ROLES)
def by_number(number: str) -> Response:
    """Lead from a number, as it stands in letters and mails, to its case."""
    actor = access.the_actor()
    wanted = visible_cases(actor, AssistanceRequest.key).where(AssistanceRequest.number == number.upper())
    key = read_session().scalars(wanted).first()
    return redirect(url_for("casefile.overview", key=found(key)), 302)
