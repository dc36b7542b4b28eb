"""Pages of the monthly lists: all months, one month, and the same as a file."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.coordination.monthly.page import WORDS, list_export, list_shown, lists_shown
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.export import FileKind, export_answer
from app.workflow.vocabulary import TPB_ROLES, Role

bp = Blueprint("monthly", __name__, template_folder="templates")

READERS = (*sorted(TPB_ROLES), Role.AUDITOR, Role.CTC_LIAISON)


@bp.get("/monthly-lists")
@access.roles(*READERS)
def months() -> str:
    """Show which lists were sent."""
    return render_template("monthly/months.html", rows=lists_shown(read_session()))


@bp.get("/monthly-lists/<month>")
@access.roles(*READERS)
def month(month: str) -> str:
    """Show the list of one month, as it was sent."""
    shown = list_shown(read_session(), access.the_actor(), _first_day(month))
    return render_template("monthly/month.html", shown=shown, words=WORDS, month=month)


@bp.get("/monthly-lists/<month>/<kind>")
@access.roles(*READERS)
@require_fresh()
def export(month: str, kind: str) -> Response:
    """Give the list of one month as CSV or as a workbook."""
    if kind not in set(FileKind):
        raise NotFound
    shown = list_shown(read_session(), access.the_actor(), _first_day(month))
    return export_answer(list_export(shown), FileKind(kind))


def _first_day(month: str) -> date:
    """Return the first day of a month as addresses write it, such as 2026-10."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotFound from None
