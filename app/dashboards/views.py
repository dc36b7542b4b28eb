"""The pages of the dashboard, the lists behind their numbers, and both as files."""

from __future__ import annotations

from http import HTTPStatus

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.dashboards import asking, event_views, exporting
from app.dashboards.blueprint import READERS, bp
from app.dashboards.frame import Frame
from app.dashboards.kept import COUNTED_JUST_NOW, figures_of
from app.dashboards.measures import MEASURES
from app.dashboards.measures.base import ALL
from app.dashboards.pages import PAGE_OF, PAGE_OF_FIGURE, PAGES, cards_of
from app.dashboards.records import every_record, listed, title_of_part
from app.dashboards.shown import columns_of
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.foundation.export import FileKind, export_answer
from app.foundation.formatting import listed as listed_words

__all__ = ["bp", "event_views"]

Shown = str | tuple[str, int]
#: Longest part of a figure in an address.
LONGEST_PART = 200


@bp.get("/dashboard", defaults={"name": "requests"})
@bp.get("/dashboard/<name>")
@access.roles(*READERS)
def dashboard(name: str) -> Shown | Response:
    """Show the figures of one subject for a period; `again` counts them at once, but not twice within a minute."""
    if name not in PAGE_OF:
        raise NotFound
    session, page = read_session(), PAGE_OF[name]
    form, asked, understood = _asked()
    frame = Frame.of(access.the_actor(), asked)
    if understood and "again" in request.args:
        figures_of(session, frame, page, COUNTED_JUST_NOW)
        return redirect(url_for(".dashboard", name=name, **asked.address()), HTTPStatus.SEE_OTHER)
    frame, figures = figures_of(session, frame, page)
    html = render_template(
        "dashboards/dashboard.html",
        form=form,
        asked=asked,
        page=page,
        pages=PAGES,
        frame=frame,
        cards=cards_of(session, frame, page, figures),
        in_force=listed_words(value for _label, value in exporting.filters(session, frame)[2:]),
    )
    return html if understood else (html, 422)


@bp.get("/dashboard/<code>/records")
@access.roles(*READERS)
def records(code: str) -> Shown:
    """List the records behind one number."""
    if code not in MEASURES:
        raise NotFound
    form, asked, understood = _asked()
    frame, part = Frame.of(access.the_actor(), asked), _part()
    page = listed(read_session(), frame, MEASURES[code], part, request.args.get("after"))
    following = url_for(".records", code=code, **asked.address(part=part, after=page.last)) if page.last else None
    shown = {
        "columns": columns_of(page.measure),
        "next_url": following,
        "back": PAGE_OF_FIGURE[code],
        "session": read_session(),
    }
    html = render_template(
        "dashboards/records.html", page=page, asked=asked, frame=frame, form=form, part=part, **shown
    )
    return html if understood else (html, 422)


@bp.get("/dashboard/<name>/figures/<kind>")
@access.roles(*READERS)
@require_fresh()
def figures_file(name: str, kind: str) -> Response:
    """Send the figures of a page as a file."""
    if name not in PAGE_OF or kind not in set(FileKind):
        raise NotFound
    page = PAGE_OF[name]
    frame, figures = figures_of(read_session(), Frame.of(access.the_actor(), _understood()), page)
    cards = cards_of(read_session(), frame, page, figures)
    return export_answer(exporting.figures(read_session(), frame, page, cards), FileKind(kind))


@bp.get("/dashboard/<code>/records/<kind>")
@access.roles(*READERS)
@require_fresh()
def records_file(code: str, kind: str) -> Response:
    """Send the records behind one number as a file."""
    if code not in MEASURES or kind not in set(FileKind):
        raise NotFound
    session, frame, part = read_session(), Frame.of(access.the_actor(), _understood()), _part()
    measure, named = MEASURES[code], title_of_part(session, MEASURES[code], part)
    rows = every_record(session, frame, measure, part)
    return export_answer(exporting.records(session, frame, measure, named, rows), FileKind(kind))


def _asked() -> tuple[asking.AskForm, asking.Asked, bool]:
    demo = bool(current_app.extensions["settings"].demo_data)
    return asking.read(read_session(), request.args, demo=demo)


def _understood() -> asking.Asked:
    """Return what is asked of a file.

    Raises:
        InvalidCommand: it cannot be understood; a file has no field beside which to say so.
    """
    _form, asked, understood = _asked()
    if not understood:
        raise InvalidCommand(FieldError("since", "value_error"))
    return asked


def _part() -> str:
    return request.args.get("part", ALL)[:LONGEST_PART]
