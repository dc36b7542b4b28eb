"""The notices of a case, for the Branch: what became of each, and the button that takes its link back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.casework.page import case_page
from app.coordination.links.forms import ReceiptForm
from app.coordination.links.revoking import may_revoke, notices_on, revoke_link
from app.coordination.links.views import bp
from app.coordination.texts import body_text
from app.foundation import access
from app.foundation.clock import now
from app.foundation.db import read_session
from app.workflow.vocabulary import TPB_ROLES, Role

__all__ = ["bp"]


@bp.get("/cases/<key>/notices")
@access.roles(*sorted(TPB_ROLES), Role.AUDITOR)
def notices(key: str) -> str:
    """Show to which addresses notices went, and whether they arrived."""
    actor = access.the_actor()
    page = case_page(actor, key, "links.notices")
    rows = [
        {"notice": notice, "name": asked.partner or body_text(asked.body), "round": asked.round}
        for notice, asked in notices_on(read_session(), page.case.id)
    ]
    return render_template(
        "links/notices.html", page=page, rows=rows, at=now(), may_revoke=may_revoke(actor, page.core)
    )


@bp.post("/cases/<key>/notices")
@access.roles(Role.CASE_OFFICER, Role.BRANCH_CHIEF)
def revoke(key: str) -> Response:
    """Take a link back."""
    if ReceiptForm().validate_on_submit():
        revoke_link(access.the_actor(), key, request.form.get("notice", ""))
        flash(_("The link is taken back. Nobody can use it any more."), "success")
    return redirect(url_for("links.notices", key=key), 303)
