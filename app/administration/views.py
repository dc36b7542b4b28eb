"""Pages of reference data, limits and settings for administrators; the other views of the blueprint stand beside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.administration import calendar_views, check_views, circular_views
from app.administration.blueprint import bp
from app.administration.commands import ChangeLimit, ChangeSetting
from app.administration.forms import limit_form
from app.administration.limits_page import current_line, limit_lines, limit_rows, meaning_of
from app.administration.services import change_limit, change_setting
from app.administration.settings_page import form_for, known_setting, setting_rows, value_lines
from app.casework.texts import limit_text
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.db import read_session
from app.foundation.errors import NotFound
from app.reference.settings import setting
from app.reference.texts import SETTING_TEXTS
from app.workflow.vocabulary import LimitKey, Role

__all__ = ["bp", "calendar_views", "check_views", "circular_views"]

Shown = str | tuple[str, int] | Response


@bp.get("/admin/reference")
@access.roles(Role.ADMINISTRATOR)
def reference() -> str:
    """Lead to everything that the clocks and the pages of States follow."""
    return render_template("administration/reference.html")


@bp.get("/admin/limits")
@access.roles(Role.ADMINISTRATOR)
def limits() -> str:
    """Show every limit with the figures in force."""
    return render_template("administration/limits.html", rows=limit_rows(read_session()))


@bp.route("/admin/limits/<name>", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def limit(name: str) -> Shown:
    """Show the figures of a limit and their history; say what other figures mean, then set them."""
    key = _limit_key(name)
    form = limit_form(current_line(read_session(), key))
    command = form.command(ChangeLimit, key=key) if form.is_submitted() else None
    meaning = None
    if command is not None and request.form.get("step") == "store":
        if form.submit(lambda: change_limit(the_actor(), command))[0]:
            flash(_("The limit is changed. What runs already keeps the limit in force when it began."), "success")
            return redirect(url_for(".limit", name=name), 303)
    elif command is not None:
        meaning = form.submit(lambda: meaning_of(read_session(), command))[1]
    lines = limit_lines(read_session(), key)
    page = render_template("administration/limit.html", form=form, name=limit_text(key), lines=lines, meaning=meaning)
    return (page, 422) if form.errors or form.form_errors else page


@bp.get("/admin/settings")
@access.roles(Role.ADMINISTRATOR)
def settings() -> str:
    """Show every setting with the value in force."""
    return render_template("administration/settings.html", rows=setting_rows(read_session()))


@bp.route("/admin/settings/<name>", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def setting_value(name: str) -> Shown:
    """Show the value of a setting and its history, and set another from a day on."""
    which = known_setting(name)
    form = form_for(which, setting(read_session(), which))
    command = form.command(ChangeSetting, key=name) if form.is_submitted() else None
    if command is not None and form.submit(lambda: change_setting(the_actor(), command))[0]:
        flash(_("The setting is changed from that day on."), "success")
        return redirect(url_for(".setting_value", name=name), 303)
    label, hint = SETTING_TEXTS[name]
    lines = value_lines(read_session(), which)
    page = render_template("administration/setting.html", form=form, name=label, hint=hint, lines=lines)
    return (page, 422) if form.is_submitted() else page


def _limit_key(name: str) -> LimitKey:
    """Return the limit called `name`.

    Raises:
        NotFound: there is none.
    """
    found = next((key for key in LimitKey if key.value == name), None)
    if found is None:
        raise NotFound
    return found
