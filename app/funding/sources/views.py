"""Pages of sources: all of them, one with its ledger, and the forms of programme support."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.export import FileKind, export_answer
from app.funding.sources import services
from app.funding.sources.commands import CorrectLine, RecordLine, RecordSource, ThankDonor
from app.funding.sources.exporting import ledger_export
from app.funding.sources.forms import CorrectionForm, LineForm, OfSourceForm, SourceForm, ThanksForm
from app.funding.sources.page import SourceShown, list_shown, source_shown
from app.funding.sources.queries import source_row
from app.funding.sources.texts import STEPS
from app.funding.vocabulary import LineKind
from app.workflow.vocabulary import TPB_ROLES, Role

bp = Blueprint("sources", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response
READERS: Final = (*sorted(TPB_ROLES), Role.AUDITOR)


@bp.get("/money")
@access.roles(*READERS)
def index() -> str:
    """List every source with what is available of it."""
    return render_template("sources/index.html", shown=list_shown(read_session()), may_record=_may_record())


@bp.get("/money/ledger/<kind>")
@access.roles(*READERS)
@require_fresh()
def export_all(kind: str) -> Response:
    """Give the ledger of every source as CSV or as a workbook."""
    return export_answer(ledger_export(read_session(), access.the_actor(), None), _file_kind(kind))


@bp.route("/money/new", methods=["GET", "POST"])
@access.roles(Role.PROGRAMME_SUPPORT)
def new() -> Shown:
    """Record a source with the first line of its ledger."""
    form = SourceForm()
    if request.method == "POST":
        command = form.command(RecordSource)
        if command is not None and form.submit(lambda: services.record_source(access.the_actor(), command))[0]:
            flash(_("The source was recorded."), "success")
            return redirect(url_for("sources.index"), 303)
    html = render_template("sources/new.html", form=form)
    return (html, 422) if request.method == "POST" else html


@bp.get("/money/<key>")
@access.roles(*READERS)
def source(key: str) -> str:
    """Show one source with its allocations and its ledger."""
    shown = source_shown(read_session(), access.the_actor(), key)
    return render_template("sources/source.html", shown=shown, may_record=_may_record(), steps=STEPS)


@bp.get("/money/<key>/ledger/<kind>")
@access.roles(*READERS)
@require_fresh()
def export(key: str, kind: str) -> Response:
    """Give the ledger of one source as CSV or as a workbook."""
    session = read_session()
    row = source_row(session, key)
    return export_answer(ledger_export(session, access.the_actor(), row.source), _file_kind(kind))


@bp.route("/money/<key>/record/<kind>", methods=["GET", "POST"])
@access.roles(Role.PROGRAMME_SUPPORT)
def record(key: str, kind: str) -> Shown:
    """Write one line into the ledger."""
    if kind not in set(LineKind):
        raise NotFound
    form, shown = LineForm(), _shown(key)
    form.offer(shown.offered(LineKind(kind)))
    return _step(form, shown, (RecordLine, services.record_line, kind), kind=kind)


@bp.route("/money/<key>/correct", methods=["GET", "POST"])
@access.roles(Role.PROGRAMME_SUPPORT)
def correct(key: str) -> Shown:
    """Say what a line should have said."""
    form, shown = CorrectionForm(), _shown(key)
    form.offer(shown.correctable())
    return _step(form, shown, (CorrectLine, services.correct_line, "correct"))


@bp.route("/money/<key>/thanks", methods=["GET", "POST"])
@access.roles(Role.PROGRAMME_SUPPORT)
def thanks(key: str) -> Shown:
    """Record when the donor was thanked."""
    return _step(ThanksForm(), _shown(key), (ThankDonor, services.thank, "thanks"))


def _shown(key: str) -> SourceShown:
    return source_shown(read_session(), access.the_actor(), key)


def _step(
    form: OfSourceForm, shown: SourceShown, step: tuple[type[Any], Callable[..., None], str], **given: Any
) -> Shown:
    """Show a form about one source, or run its use case."""
    model, use_case, name = step
    source = shown.row.source
    form.currency = source.currency
    if request.method == "POST":
        command = form.command(model, key=source.key, **given)
        if command is not None and form.submit(lambda: use_case(access.the_actor(), command))[0]:
            flash(_("The ledger was written."), "success")
            return redirect(url_for("sources.source", key=source.key), 303)
    else:
        form.version.data = str(source.version)
    html = render_template("sources/step.html", form=form, shown=shown, step=STEPS[name])
    return (html, 422) if request.method == "POST" else html


def _may_record() -> bool:
    return access.the_actor().has(Role.PROGRAMME_SUPPORT)


def _file_kind(kind: str) -> FileKind:
    if kind not in set(FileKind):
        raise NotFound
    return FileKind(kind)
