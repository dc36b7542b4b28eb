"""Pages of merges."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.casework.page import case_page
from app.casework.steps import check_now
from app.documents.letters import Sent
from app.foundation import access
from app.foundation.db import read_session
from app.triage import merge_letters, merge_page, merging
from app.triage.blueprint import bp
from app.triage.commands import MergeCase, UnmergeCase
from app.triage.forms import MergeForm, UnmergeForm
from app.workflow.vocabulary import Action, Role

Shown = str | tuple[str, int] | Response


@bp.route("/cases/<key>/merge", methods=["GET", "POST"])
@access.roles(Role.INTAKE_OFFICER, Role.CASE_OFFICER)
def merge(key: str) -> Shown:
    """Choose the request that goes on, compare the two, and merge."""
    actor, form = access.the_actor(), MergeForm()
    if request.method == "POST":
        command = form.command(MergeCase, key=key)
        if command is not None and form.submit(lambda: merging.merge(actor, command, _merged(command)))[0]:
            return _done(key, _("The request was merged. The State gets a letter."))
    else:
        form.number.data = request.args.get("number", "")[:40]
    page = case_page(actor, key, "triage.merge")
    shown = merge_page.shown_merge(read_session(), actor, page, form)
    html = render_template("triage/merge.html", page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html


@bp.route("/cases/<key>/unmerge", methods=["GET", "POST"])
@access.roles(Role.BRANCH_CHIEF)
@require_fresh()
def unmerge(key: str) -> Shown:
    """Say why, and let a merged request stand for itself again."""
    actor, form = access.the_actor(), UnmergeForm()
    if request.method == "POST":
        command = form.command(UnmergeCase, key=key)
        if command is not None and form.submit(lambda: merging.unmerge(actor, command, _unmerged(command)))[0]:
            return _done(key, _("The merge was undone. The State gets a letter."))
    page = case_page(actor, key, "triage.unmerge")
    shown = merge_page.shown_unmerge(read_session(), actor, page, form)
    html = render_template("triage/unmerge.html", page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html


def _merged(command: MergeCase) -> Sent | None:
    actor, session = access.the_actor(), read_session()
    subject = merge_letters.subject_of(session, actor, command.key, command.number)
    if not check_now(session, actor, subject.case, command, Action.MERGE, involved=subject.involved):
        return None
    target = merging.check_target(session, actor, subject.case, subject.target)
    return merge_letters.merged(subject, target, actor).sent()


def _unmerged(command: UnmergeCase) -> Sent | None:
    actor, session = access.the_actor(), read_session()
    subject = merge_letters.subject_of(session, actor, command.key)
    going = check_now(session, actor, subject.case, command, Action.UNMERGE, involved=subject.involved)
    letter = merge_letters.unmerged(subject, actor) if going else None
    return letter.sent() if letter else None


def _done(key: str, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("casefile.overview", key=key), 303)
