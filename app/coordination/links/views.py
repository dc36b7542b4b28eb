"""The page behind a link: the brief and the form. Opening it records nothing; only what is posted does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import throttle
from app.coordination.links import answering
from app.coordination.links.commands import AnswerByLink, OfNotice
from app.coordination.links.forms import LinkForm, PartnerLinkForm, ReceiptForm
from app.coordination.links.page import Behind, Done, behind, receipt_rows
from app.coordination.links.texts import REASONS
from app.foundation import access
from app.foundation.db import write_transaction
from app.foundation.errors import AccedeError
from app.workflow.actor import SYSTEM

bp = Blueprint("links", __name__, template_folder="templates")

RECEIVED, ANSWER = "received", "answer"


def unseen(view: Callable[..., Any]) -> Callable[..., Response]:
    """Let no cache keep, no search engine list and no other page be told the address of what `view` answers."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # Not "no-referrer": the check of forms wants to know from which site they come, and is told no more.
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return answered


@bp.get("/answer/<token>")
@access.public
@unseen
def consultation(token: str) -> Any:
    """Show the brief and the form, or why the link is not good any more."""
    shown = behind(token)
    return _over(shown) if shown.reason else _page(shown, _form(shown))


@bp.post("/answer/<token>")
@access.public
@unseen
def answer(token: str) -> Any:
    """Confirm the receipt, or take the answer: the pressed button says which."""
    here = [throttle.address(request.remote_addr)]
    throttle.claim(here)
    shown = behind(token)
    if shown.reason:
        return _over(shown)
    with write_transaction(None) as session:
        throttle.forgive(session, here)
    form = _form(shown)
    try:
        done = _received(shown) if request.form.get("step") == RECEIVED else _answered(shown, form)
    except AccedeError:
        # Whatever stood in the way stands in the words of the link, never in those of the request's own pages.
        return _over(behind(token), taken_meanwhile=True)
    if done is None:
        return _page(shown, form), 422
    return render_template("links/done.html", shown=shown, done=done)


def _received(shown: Behind) -> Done | None:
    if not ReceiptForm().validate_on_submit():
        return None
    answering.confirm_receipt(SYSTEM, OfNotice(key=shown.notice_key))
    return Done(_("Thank you. The receipt is confirmed. You can answer with the same link later."))


def _answered(shown: Behind, form: LinkForm) -> Done | None:
    command = form.command(AnswerByLink, key=shown.case_key, version=1, seen=0) if shown.may_answer else None
    if command is None or not form.submit(lambda: answering.answer_by_link(SYSTEM, command, shown.notice_key))[0]:
        return None
    words = _("Thank you. The position is on record, and the officer of the request is told.")
    if shown.partner:
        words = _("Thank you. Your answer is on record, and the officer of the request is told.")
    return Done(words, receipt_rows(command))


def _form(shown: Behind) -> LinkForm:
    return PartnerLinkForm() if shown.partner else LinkForm()


def _page(shown: Behind, form: LinkForm) -> str:
    return render_template("links/consultation.html", shown=shown, form=form, receipt=ReceiptForm(formdata=None))


def _over(shown: Behind, *, taken_meanwhile: bool = False) -> tuple[str, int]:
    reason = shown.reason or ("closed" if taken_meanwhile else "unknown")
    return render_template("links/over.html", reason=REASONS[reason]), 404 if reason == "unknown" else 410
