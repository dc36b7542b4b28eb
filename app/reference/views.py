"""The administrators' page of the files of reference data that were read."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.foundation import access
from app.foundation.db import read_session
from app.reference.holidays import recent_imports
from app.reference.texts import IMPORT_KINDS
from app.workflow.vocabulary import Role

bp = Blueprint("reference", __name__, url_prefix="/admin", template_folder="templates")


@bp.get("/imports")
@access.roles(Role.ADMINISTRATOR)
def imports() -> str:
    """Show which files of reference data were read, and what they changed."""
    return render_template("reference/imports.html", rows=recent_imports(read_session()), kinds=IMPORT_KINDS)
