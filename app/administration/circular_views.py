"""The page that reads a circular: errors row by row, what would move, then the list itself."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.administration import calendar_services as services
from app.administration.blueprint import bp
from app.administration.calendar_forms import CircularForm
from app.administration.calendars_page import Preview, preview_of, shown
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.errors import FieldError
from app.foundation.uploads import takes_files
from app.reference import altered, holidays
from app.reference.commands import ReadCircular
from app.reference.parsing.circulars import CircularRow, read_circular
from app.reference.reports import RowError
from app.workflow.vocabulary import Role

Shown = str | tuple[str, int] | Response


@bp.route("/admin/calendars/<key>/circular", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR)
@takes_files
@require_fresh()
def circular(key: str) -> Shown:
    """Read a circular: first what it says and what it would move, then store it."""
    form = CircularForm(data={"year": now().year, "counts_from": date(now().year, 1, 1)})
    form.take_file()
    command = form.command(ReadCircular, calendar_key=key) if form.is_submitted() else None
    if command is None:
        page = _page(key, form)
        return (page, 422) if form.is_submitted() else page
    rows, errors = read_circular(command.text, command.year)
    if errors:
        form.place(FieldError("text", "circular_rows"))
        return _page(key, form, errors=errors), 422
    if request.form.get("step") == "store" and form.submit(lambda: services.read_list(the_actor(), command))[0]:
        flash(_("The list was stored. Due dates that follow it are counted again within minutes."), "success")
        return redirect(url_for(".calendar", key=key, year=command.year), 303)
    names = {row.day: row.name for row in rows}
    alter = partial(altered.with_list, year=command.year, names=names, counts_from=command.counts_from)
    return _page(key, form, rows=rows, preview=preview_of(the_actor(), key, alter))


def _page(
    key: str,
    form: CircularForm,
    *,
    rows: list[CircularRow] | None = None,
    errors: list[RowError] | None = None,
    preview: Preview | None = None,
) -> str:
    session = read_session()
    calendar = shown(session, holidays.calendar_view(session, key))
    return render_template(
        "administration/circular.html",
        calendar=calendar,
        form=form,
        rows=rows or (),
        errors=errors or (),
        preview=preview,
    )
