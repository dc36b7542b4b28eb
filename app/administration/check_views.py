"""The auditor's page of the nightly comparison."""

from __future__ import annotations

from flask import render_template, request

from app.administration.blueprint import bp
from app.casework.checking import check_page
from app.casework.texts.faults import FAULT_TEXTS
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.db import read_session
from app.workflow.vocabulary import Role


@bp.get("/checks")
@access.roles(Role.AUDITOR)
def checks() -> str:
    """Show the last runs of the comparison and what one of them found."""
    page = check_page(read_session(), the_actor(), request.args.get("run"))
    return render_template("administration/checks.html", page=page, faults=FAULT_TEXTS)
