"""The administrator's page of the offices of the bodies consulted."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.blueprint import bp
from app.accounts.commands import SetOffice
from app.accounts.forms import OfficeForm
from app.accounts.freshness import require_fresh
from app.accounts.offices import WITH_OFFICE, offices_of_bodies, set_office
from app.accounts.texts import KIND_WORDS
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.workflow.vocabulary import Body, Role

#: Names of the bodies: those of their people's accounts.
WORDS = {Body(kind.value): words for kind, words in KIND_WORDS.items() if kind.value in set(Body)}


@bp.get("/admin/offices")
@access.roles(Role.ADMINISTRATOR)
def admin_offices() -> str:
    """Show where the notices of each body go."""
    known = offices_of_bodies(read_session())
    rows = [{"body": body, "words": WORDS[body], "office": known.get(body)} for body in WITH_OFFICE]
    return render_template("accounts/offices.html", rows=rows)


@bp.route("/admin/offices/<body>", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def admin_office(body: str) -> str | Response | tuple[str, int]:
    """Name the office of a body and its address."""
    if body not in {one.value for one in WITH_OFFICE}:
        raise NotFound
    which = Body(body)
    form = OfficeForm(obj=offices_of_bodies(read_session()).get(which))
    if request.method == "POST":
        command = form.command(SetOffice, body=which)
        if command is not None and form.submit(lambda: set_office(access.the_actor(), command))[0]:
            flash(_("The office is changed. Notices go to its address from now on."), "success")
            return redirect(url_for(".admin_offices"), 303)
        return render_template("accounts/office.html", form=form, words=WORDS[which]), 422
    return render_template("accounts/office.html", form=form, words=WORDS[which])
