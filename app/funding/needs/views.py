"""Pages of unfunded needs: the list of the Branch, and the same for donors as files."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.export import FileKind, export_answer
from app.funding.needs.page import donor_export, donor_paper, needs_shown
from app.papers.answers import as_attachment
from app.workflow.vocabulary import TPB_ROLES, Role

bp = Blueprint("needs", __name__, template_folder="templates")

READERS = (*sorted(TPB_ROLES), Role.AUDITOR)


@bp.get("/money/unfunded")
@access.roles(*READERS)
def index() -> str:
    """List the approved requests for which money is missing, with the names of the States."""
    return render_template("needs/index.html", shown=needs_shown(read_session(), access.the_actor()))


@bp.get("/money/unfunded/<kind>")
@access.roles(*READERS)
@require_fresh()
def export(kind: str) -> Response:
    """Give the list for donors as CSV, as a workbook or on paper; who did not agree is not named."""
    session, actor = read_session(), access.the_actor()
    if kind == "pdf":
        return as_attachment(donor_paper(session, actor), "unfunded-needs")
    if kind not in set(FileKind):
        raise NotFound
    return export_answer(donor_export(session, actor), FileKind(kind))
