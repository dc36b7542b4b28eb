"""Pages of the library: open to everybody; keeping it is for officers and the administrator."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.documents.download import as_download
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.foundation.forms import CommandForm
from app.foundation.uploads import takes_files
from app.library import services
from app.library.commands import AddFile, PublishTool, SaveTool, WithdrawTool
from app.library.forms import FileForm, FilterForm, PublishForm, ToolForm, WithdrawForm, tool_data
from app.library.page import language_name, listed, status_of, tool_shown
from app.library.queries import all_tools, file_for, is_keeper, tool_for
from app.library.services import KEEPERS

bp = Blueprint("library", __name__, template_folder="templates")

Shown = str | tuple[str, int] | Response


@bp.get("/library")
@access.public
def index() -> Shown:
    """List what everybody may have, narrowed by kind, language and instrument."""
    form = FilterForm(request.args)
    understood = form.validate()
    page = max(1, min(request.args.get("page", 1, type=int), 1000))
    shown = listed(read_session(), form, page)
    keeps = is_keeper(access.current_actor())
    html = render_template("library/index.html", form=form, shown=shown, may_keep=keeps)
    return html if understood else (html, 422)


@bp.get("/library/<key>")
@access.public
def tool(key: str) -> str:
    """Show one tool with its files."""
    session, actor = read_session(), access.current_actor()
    shown = tool_shown(session, actor, tool_for(session, actor, key))
    return render_template("library/tool.html", shown=shown, status=status_of(shown.tool))


@bp.get("/library/<key>/files/<lang>")
@access.public
def download(key: str, lang: str) -> Response:
    """Give the file of a tool in one language, with its hash; a whole file is counted."""
    actor = access.current_actor()
    found, file = file_for(read_session(), actor, key, lang)
    answer = as_download(file)
    answer.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(file.sha256)).decode()}:"
    if request.method == "GET" and answer.status_code == 200 and found.is_given_out:
        services.count_download(file.id)
    return answer


@bp.get("/library/manage")
@access.roles(*KEEPERS)
def manage() -> str:
    """List every tool, what is not published first, with how often it was fetched."""
    return render_template("library/manage.html", rows=all_tools(read_session()), status_of=status_of)


@bp.route("/library/new", methods=["GET", "POST"])
@access.roles(*KEEPERS)
def new() -> Shown:
    """Enter a tool; its files come afterwards."""
    form = ToolForm()
    if request.method == "POST" and _took(form, SaveTool, services.save_tool):
        flash(_("The tool was entered. Add its files, then publish it."), "success")
        return redirect(url_for("library.manage"), 303)
    html = render_template("library/form.html", form=form, shown=None)
    return (html, 422) if request.method == "POST" else html


@bp.route("/library/<key>/change", methods=["GET", "POST"])
@access.roles(*KEEPERS)
def change(key: str) -> Shown:
    """Change what is said of a tool."""
    form = ToolForm() if request.method == "POST" else ToolForm(data=tool_data(_kept(key).tool))
    return _step("library/form.html", form, key, SaveTool, services.save_tool, _("The tool was saved."))


@bp.route("/library/<key>/add", methods=["GET", "POST"])
@access.roles(*KEEPERS)
@takes_files
def add_file(key: str) -> Shown:
    """Add the tool in one language, or replace that file."""
    return _step("library/file.html", FileForm(), key, AddFile, services.add_file, _("The file was added."))


@bp.route("/library/<key>/publish", methods=["GET", "POST"])
@access.roles(*KEEPERS)
def publish(key: str) -> Shown:
    """Ask once more, then give the tool out."""
    done = _("The tool is published: everybody can download it.")
    return _step("library/publish.html", PublishForm(), key, PublishTool, services.publish_tool, done)


@bp.route("/library/<key>/withdraw", methods=["GET", "POST"])
@access.roles(*KEEPERS)
def withdraw(key: str) -> Shown:
    """Say why, and stop giving the tool out."""
    done = _("The tool was withdrawn. Its page stays and says why.")
    return _step("library/withdraw.html", WithdrawForm(), key, WithdrawTool, services.withdraw_tool, done)


def _step(template: str, form: Any, key: str, model: type[Any], use_case: Callable[..., None], done: str) -> Shown:
    """Show a form about one tool, or run its use case."""
    if request.method == "POST" and _took(form, model, use_case, key=key):
        flash(done, "success")
        return redirect(url_for("library.tool", key=key), 303)
    shown = _kept(key)
    if request.method == "GET":
        form.version.data = str(shown.tool.version)
    html = render_template(template, form=form, shown=shown, language_name=language_name)
    return (html, 422) if request.method == "POST" else html


def _took(form: CommandForm, model: type[Any], use_case: Callable[..., None], **given: str) -> bool:
    command = form.command(model, **given)
    return command is not None and form.submit(lambda: use_case(access.the_actor(), command))[0]


def _kept(key: str) -> Any:
    session, actor = read_session(), access.the_actor()
    shown = tool_shown(session, actor, tool_for(session, actor, key))
    if not shown.may_keep:
        raise NotFound
    return shown
