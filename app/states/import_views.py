"""Pages on which an administrator reads a newer treaty list: preview first, then store."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import is_fresh, require_fresh
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.errors import FieldError
from app.reference.services import import_reference
from app.states.uploads import StoreForm, TreatyList, UploadForm
from app.workflow.vocabulary import Role

bp = Blueprint("treaty_lists", __name__, url_prefix="/admin/treaty-lists", template_folder="templates")

Shown = str | tuple[str, int] | Response


@bp.get("")
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def choose() -> str:
    """Show the form that takes a file."""
    return render_template("states/choose_list.html", form=UploadForm())


@bp.post("")
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def preview() -> Shown:
    """Show what storing the file would change, and what is wrong with its rows; nothing is stored."""
    form = UploadForm()
    command = form.command(TreatyList)
    if command is None:
        return render_template("states/choose_list.html", form=form), 422
    store = StoreForm(formdata=None)
    store.packed.data = command.packed()
    return _preview(command, store)


@bp.post("/store")
@access.roles(Role.ADMINISTRATOR)
def store() -> Shown:
    """Store the list that was looked at; with a password entered too long ago the way begins again."""
    if not is_fresh():
        return redirect(url_for("treaty_lists.choose"), 303)
    form = StoreForm()
    command = form.unpacked()
    if not form.validate_on_submit() or command is None:
        again = UploadForm(formdata=None)
        again.place(FieldError("file", "preview_over"))
        return render_template("states/choose_list.html", form=again), 422
    done = import_reference(the_actor(), command.reading(dry_run=False, leave_out=bool(form.leave_out.data)))
    if done.errors:
        form.place(FieldError("leave_out", "bad_rows"))
        return _preview(command, form), 422
    flash(_("The list was stored. What it replaced stays as history."), "success")
    return redirect(url_for("reference.imports"), 303)


def _preview(command: TreatyList, form: StoreForm) -> str:
    report = import_reference(the_actor(), command.reading(dry_run=True, leave_out=True))
    return render_template("states/preview_list.html", report=report, form=form, file_name=command.file_name)
