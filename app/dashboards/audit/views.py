"""Pages of the auditor: the histories of all requests, and the verification of their chains."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.casework.checking import check_page
from app.dashboards.audit import asking
from app.dashboards.audit.entries import entries_export, entries_page
from app.dashboards.audit.verifying import (
    MOST_NAMED,
    fault_text,
    verification_export,
    verification_paper,
    verify_now,
)
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.foundation.export import FileKind, export_answer
from app.papers.answers import as_attachment
from app.workflow.vocabulary import Role

bp = Blueprint("audit", __name__, template_folder="../templates")

Shown = str | tuple[str, int]


@bp.get("/audit/history")
@access.roles(Role.AUDITOR)
def history() -> Shown:
    """List entries of all histories, the newest first."""
    session = read_session()
    form, asked, understood = asking.read(session, request.args, demo=_demo())
    page = entries_page(session, access.the_actor(), asked, request.args.get("after"))
    following = url_for(".history", **asked.address(after=page.last)) if page.last else None
    html = render_template("audit/history.html", form=form, asked=asked, page=page, next_url=following)
    return html if understood else (html, 422)


@bp.get("/audit/history/<kind>")
@access.roles(Role.AUDITOR)
@require_fresh()
def history_file(kind: str) -> Response:
    """Send the entries as a file."""
    if kind not in set(FileKind):
        raise NotFound
    session = read_session()
    _form, asked, understood = asking.read(session, request.args, demo=_demo())
    if not understood:
        raise InvalidCommand(FieldError("since", "value_error"))
    return export_answer(entries_export(session, access.the_actor(), asked), FileKind(kind))


@bp.get("/audit/verification")
@access.roles(Role.AUDITOR)
def verification() -> str:
    """Show what the last nights found, and offer to verify now."""
    page = check_page(read_session(), access.the_actor(), None)
    return render_template("audit/verification.html", page=page, verified=None)


@bp.post("/audit/verification")
@access.roles(Role.AUDITOR)
def verify() -> str:
    """Verify every chain now and show the result; nothing is written."""
    session, actor = read_session(), access.the_actor()
    verified = verify_now(session, actor)
    page = check_page(session, actor, None)
    shown = {"fault_text": fault_text, "most": MOST_NAMED}
    return render_template("audit/verification.html", page=page, verified=verified, **shown)


@bp.post("/audit/verification.pdf")
@access.roles(Role.AUDITOR)
def verification_pdf() -> Response:
    """Verify every chain now and give the report as PDF."""
    actor = access.the_actor()
    verified = verify_now(read_session(), actor)
    return as_attachment(verification_paper(verified, actor), f"verification-{verified.at:%Y-%m-%d}")


@bp.get("/audit/verification/<kind>")
@access.roles(Role.AUDITOR)
@require_fresh()
def verification_file(kind: str) -> Response:
    """Verify every chain now and send the result of each as a file."""
    if kind not in set(FileKind):
        raise NotFound
    session, actor = read_session(), access.the_actor()
    return export_answer(verification_export(session, actor, verify_now(session, actor)), FileKind(kind))


def _demo() -> bool:
    return bool(current_app.extensions["settings"].demo_data)
