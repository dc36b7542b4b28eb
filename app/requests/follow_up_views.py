"""The page on which a State asks for a follow-up of an earlier request."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.wiring import wiring
from app.requests.blueprint import STATE_SIDE, bp
from app.requests.commands import RequestFollowUp
from app.requests.follow_up import request_follow_up
from app.requests.forms import FollowUpForm
from app.workflow.guards.related import follow_up_refusal


@bp.route("/cases/<key>/follow-up", methods=["GET", "POST"])
@access.roles(*STATE_SIDE)
def follow_up(key: str) -> str | Response | tuple[str, int]:
    """Show what an earlier request left open, and begin a draft that takes it further."""
    actor, form = access.the_actor(), FollowUpForm()
    if request.method == "POST":
        command = form.command(RequestFollowUp, key=key)
        if command is not None:
            done, drafted = form.submit(lambda: request_follow_up(actor, command))
            if done and drafted is not None:
                return redirect(url_for("requests.tasks", key=drafted.key), 303)
    page = case_page(actor, key, "requests.follow_up")
    if follow_up_refusal(page.core) is not None:
        return redirect(url_for("casefile.overview", key=key), 302)
    ask = wiring().open_recommendations
    form.offer(ask(read_session(), page.case.id) if ask else ())
    html = render_template("requests/follow_up.html", page=page, form=form)
    return (html, 422) if request.method == "POST" else html
