"""The pages behind the footer: help, accessibility statement, privacy."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.foundation import access

bp = Blueprint("pages", __name__)


@bp.get("/help")
@access.public
def help_page() -> str:
    """Show how to use the service and whom to ask."""
    return render_template("pages/help.html")


@bp.get("/accessibility")
@access.public
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("pages/accessibility.html")


@bp.get("/privacy")
@access.public
def privacy() -> str:
    """Show what is kept about whom, and for how long."""
    return render_template("pages/privacy.html")
