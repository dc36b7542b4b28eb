"""`/`: visitors read what this is; whoever is signed in goes to their work."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.foundation import access
from app.front.navigation import home_endpoint

bp = Blueprint("front", __name__, template_folder="templates")


@bp.get("/")
@access.public
def start() -> str | Response:
    """Show the start page, or lead to the first page of the reader's role."""
    actor = access.current_actor()
    if actor is None:
        return render_template("front/start.html")
    return redirect(url_for(home_endpoint(actor)), 302)
