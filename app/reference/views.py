"""Administrators' pages: calendars with their holidays, and which files were read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.i18n import current_locale
from app.reference.commands import AddHoliday, EndHoliday
from app.reference.forms import EndHolidayForm, HolidayForm
from app.reference.holidays import (
    CalendarView,
    add_holiday,
    calendar_view,
    calendar_views,
    end_holiday,
    holidays_of,
    recent_imports,
)
from app.reference.states import state_by_id, state_name
from app.reference.texts import DUTY_STATIONS, IMPORT_KINDS, WEEKDAYS
from app.workflow.vocabulary import Role

bp = Blueprint("reference", __name__, url_prefix="/admin", template_folder="templates")


@bp.get("/calendars")
@access.roles(Role.ADMINISTRATOR)
def calendars() -> str:
    """Show every calendar, with a warning where the list of a year is missing."""
    rows = [_shown(view) for view in calendar_views(read_session())]
    return render_template("reference/calendars.html", rows=rows)


@bp.get("/calendars/<key>")
@access.roles(Role.ADMINISTRATOR)
def calendar(key: str) -> str:
    """Show the holidays of one calendar and year."""
    return _calendar_page(key, HolidayForm())


@bp.post("/calendars/<key>")
@access.roles(Role.ADMINISTRATOR)
def enter_holiday(key: str) -> Response | tuple[str, int]:
    """Enter one holiday."""
    form = HolidayForm()
    command = form.command(AddHoliday, calendar_key=key)
    if command is not None and form.submit(lambda: add_holiday(the_actor(), command))[0]:
        flash(_("The holiday was entered. It counts for what begins from today on."), "success")
        return redirect(url_for(".calendar", key=key, year=command.day.year), 303)
    return _calendar_page(key, form), 422


@bp.post("/calendars/<key>/end")
@access.roles(Role.ADMINISTRATOR)
def remove_holiday(key: str) -> Response:
    """End one holiday."""
    command = EndHolidayForm().command(EndHoliday, calendar_key=key)
    if command is not None:
        end_holiday(the_actor(), command)
        flash(_("The holiday has ended. What began before is still counted with it."), "success")
    return redirect(url_for(".calendar", key=key, year=_year()), 303)


@bp.get("/imports")
@access.roles(Role.ADMINISTRATOR)
def imports() -> str:
    """Show which files of reference data were read, and what they changed."""
    return render_template("reference/imports.html", rows=recent_imports(read_session()), kinds=IMPORT_KINDS)


def _calendar_page(key: str, form: HolidayForm) -> str:
    session = read_session()
    view = calendar_view(session, key)
    year = _year()
    return render_template(
        "reference/calendar.html",
        calendar=_shown(view),
        year=year,
        years=sorted({*view.listed_years, *view.missing, year}),
        holidays=holidays_of(session, key, year),
        form=form,
        end_form=EndHolidayForm(),
    )


def _year() -> int:
    asked = request.args.get("year", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) else now().year


def _shown(view: CalendarView) -> dict[str, Any]:
    if view.duty_station is not None:
        name = str(DUTY_STATIONS[view.duty_station])
    else:
        name = state_name(state_by_id(read_session(), view.state_id or 0), current_locale())
    return {
        "key": view.key,
        "name": name,
        "zone": view.time_zone,
        "week": [WEEKDAYS[day] for day in sorted(view.weekdays)],
        "listed": view.listed_years,
        "missing": view.missing,
    }
