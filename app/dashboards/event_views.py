"""The page of the events on record, and the same as a file."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.dashboards import events as of_events
from app.dashboards.blueprint import READERS, bp
from app.dashboards.pages import PAGES
from app.foundation import access
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.export import FileKind, export_answer


@bp.get("/dashboard/events")
@access.roles(*READERS)
def events() -> str:
    """Show the events on record with figures over them."""
    return render_template("dashboards/events.html", page=_page(), pages=PAGES, at=now(), asked=request.args)


@bp.get("/dashboard/events/file/<kind>")
@access.roles(*READERS)
@require_fresh()
def events_file(kind: str) -> Response:
    """Send the events as a file."""
    if kind not in set(FileKind):
        raise NotFound
    return export_answer(of_events.events_export(_page()), FileKind(kind))


def _page() -> of_events.EventsPage:
    """Return the events that the address asks for.

    Raises:
        NotFound: there is none of this year and scope.
    """
    page = of_events.events_page(read_session(), request.args.get("year") or None, request.args.get("scope") or None)
    if not page.rows:
        raise NotFound
    return page
