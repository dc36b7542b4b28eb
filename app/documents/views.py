"""Pages of documents: the tab of a case, add, add a version, open to more readers, take out of a draft, download."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.audiences import Readership
from app.casework.opening import WidenForm
from app.casework.page import case_page
from app.casework.texts.audiences import readership_text
from app.documents import actions
from app.documents.commands import AddDocument, AddVersion, RemoveDocument, WidenDocument
from app.documents.download import as_download
from app.documents.forms import DocumentForm, RemoveForm, VersionForm
from app.documents.page import (
    attachable,
    documents_shown,
    field_of_draft,
    offered_readers,
    opening,
    removable,
    renewable,
)
from app.documents.receiving import StoredFile
from app.documents.services import document_for
from app.documents.vocabulary import DocumentStatus
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.uploads import takes_files
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("documents", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response
WRITERS = tuple(sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES))
TAB = "documents.documents"
#: In addresses: the field of a draft to which the documents belong.
FIELD = "field_path"


@bp.get("/cases/<key>/documents")
@access.roles(*WRITERS, Role.AUDITOR)
def documents(key: str) -> Shown:
    """Show the documents that the reader may read, the newest first."""
    actor = access.the_actor()
    page = case_page(actor, key, TAB)
    field_path = field_of_draft(page.core, request.args.get(FIELD))
    shown = documents_shown(read_session(), actor, page, request.args.get("after"), field_path)
    return render_template("documents/documents.html", page=page, shown=shown)


@bp.route("/cases/<key>/documents/new", methods=["GET", "POST"])
@access.roles(*WRITERS)
@takes_files
def add(key: str) -> Shown:
    """Take a document with what is said of it; a good file is kept while something else is mended."""
    actor = access.the_actor()
    core = attachable(read_session(), actor, key)
    field_path = field_of_draft(core, request.args.get(FIELD))
    form = DocumentForm()
    form.offer(actor, *offered_readers(actor), field_path)
    if request.method == "GET":
        return _form(key, "documents/add.html", form, field_path=field_path)
    command = form.command(AddDocument, key=key, field_path=field_path)
    if command is not None and form.submit(lambda: actions.add(actor, command))[0]:
        return _added(key, command.file, field_path)
    return _form(key, "documents/add.html", form, field_path=field_path), 422


@bp.route("/cases/<key>/documents/<document>/version", methods=["GET", "POST"])
@access.roles(*WRITERS)
@takes_files
def add_version(key: str, document: str) -> Shown:
    """Take the next version of a document."""
    actor, form = access.the_actor(), VersionForm()
    attachable(read_session(), actor, key)
    command = form.command(AddVersion, key=key, document=document) if request.method == "POST" else None
    if command is not None and form.submit(lambda: actions.add_version(actor, command))[0]:
        return _added(key, command.file)
    refused = request.method == "POST"
    former = renewable(read_session(), actor, key, document, refused=refused)
    if form.begins:
        form.begin_with(former)
    readers = readership_text(Readership(former.audience.value), actor)
    html = _form(key, "documents/version.html", form, former=former, readers=readers)
    return (html, 422) if refused else html


@bp.route("/cases/<key>/documents/<document>/widen", methods=["GET", "POST"])
@access.roles(*WRITERS)
def widen(key: str, document: str) -> Shown:
    """Say who would newly read a document, and open it to them."""
    actor, form = access.the_actor(), WidenForm()
    command = form.command(WidenDocument, key=key, document=document) if request.method == "POST" else None
    if command is not None and form.submit(lambda: actions.widen(actor, command))[0]:
        readers = readership_text(command.readers, actor)
        flash(_("The document was opened. Who reads it now: %(readers)s", readers=readers), "success")
        return redirect(url_for(TAB, key=key), 303)
    page = case_page(actor, key, TAB)
    opened, ways = opening(read_session(), actor, page, document, form)
    readers = readership_text(Readership(opened.audience.value), actor)
    html = render_template("documents/widen.html", page=page, form=form, document=opened, readers=readers, ways=ways)
    return (html, 422) if request.method == "POST" else html


@bp.route("/cases/<key>/documents/<document>/remove", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def remove(key: str, document: str) -> Shown:
    """Ask once more, then take a document out of a draft."""
    actor, form = access.the_actor(), RemoveForm()
    going = removable(read_session(), actor, key, document)
    command = form.command(RemoveDocument, key=key, document=document) if request.method == "POST" else None
    if command is None:
        return _form(key, "documents/remove.html", form, document=going)
    actions.remove(actor, command)
    flash(_("The document was taken out of the draft."), "success")
    return redirect(url_for(TAB, key=key, field_path=going.field_path), 303)


@bp.get("/cases/<key>/documents/<document>/file")
@access.roles(*WRITERS, Role.AUDITOR)
def download(key: str, document: str) -> Response:
    """Give the file to whoever may read the document."""
    return as_download(document_for(read_session(), access.the_actor(), document, case_key=key))


def _form(key: str, template: str, form: object, **shown: object) -> str:
    page = case_page(access.the_actor(), key, TAB)
    return render_template(template, page=page, form=form, **shown)


def _added(key: str, file: StoredFile, field_path: str | None = None) -> Response:
    if file.status is DocumentStatus.ACCEPTED:
        flash(_("The document was added."), "success")
    else:
        flash(_("The virus scanner found something in the file. It is withheld: nobody can open it."), "error")
    return redirect(url_for(TAB, key=key, field_path=field_path), 303)
