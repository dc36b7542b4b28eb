"""Pages of calendars: a change is looked at with what it moves, then made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.freshness import require_fresh
from app.administration import calendar_services as services
from app.administration.blueprint import bp
from app.administration.calendar_forms import EndHolidayForm, HolidayForm, OpenCalendarForm, WeekForm
from app.administration.calendars_page import Preview, preview_of, shown
from app.foundation import access
from app.foundation.access import the_actor
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.foundation.i18n import current_locale
from app.reference import altered, holidays
from app.reference.commands import AddHoliday, EndHoliday, OpenCalendar, SetWeek
from app.reference.states import state_choices
from app.reference.texts import CHANGE_KINDS
from app.workflow.vocabulary import Role
from app.workflow.workdays import Week, WorkCalendar

Shown = str | tuple[str, int] | Response


@bp.get("/admin/calendars")
@access.roles(Role.ADMINISTRATOR)
def calendars() -> str:
    """Show every calendar, with a warning where the list of a year is missing."""
    return _list_page(_open_form())


@bp.post("/admin/calendars")
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def open_calendar() -> Shown:
    """Give a State a calendar of its own."""
    form = _open_form()
    command = form.command(OpenCalendar)
    if command is not None:
        done, opened = form.submit(lambda: services.open_calendar(the_actor(), command))
        if done and opened is not None:
            return redirect(url_for(".calendar", key=opened.key), 303)
    return _list_page(form), 422


@bp.get("/admin/calendars/<key>")
@access.roles(Role.ADMINISTRATOR)
def calendar(key: str) -> str:
    """Show the holidays of one calendar and year."""
    return _calendar_page(key, HolidayForm(data={"counts_from": now().date()}), None)


@bp.post("/admin/calendars/<key>")
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def enter_holiday(key: str) -> Shown:
    """Say what a holiday would move, then enter it."""
    form = HolidayForm()
    command = form.command(AddHoliday, calendar_key=key)
    if command is None:
        return _calendar_page(key, form, None), 422
    if not _storing():
        counts_from = command.counts_from or now().date()
        alter = partial(altered.with_holiday, day=command.day, name=command.name, counts_from=counts_from)
        return _calendar_page(key, form, preview_of(the_actor(), key, alter))
    if not form.submit(lambda: services.enter_holiday(the_actor(), command))[0]:
        return _calendar_page(key, form, None), 422
    flash(_("The holiday was entered. Due dates that follow it are counted again within minutes."), "success")
    return redirect(url_for(".calendar", key=key, year=command.day.year), 303)


@bp.route("/admin/calendars/<key>/holidays/<holiday>/end", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def end_holiday(key: str, holiday: str) -> Shown:
    """Say what the end of a holiday would move, then end it."""
    wanted = EndHoliday(calendar_key=key, key=holiday)
    row = holidays.current_holiday(read_session(), wanted)
    form = EndHolidayForm(data={"until": now().date()})
    return _changed(
        form,
        key,
        form.command(EndHoliday, calendar_key=key, key=holiday) if form.is_submitted() else None,
        lambda command: partial(altered.without_holiday, day=row.day, until=command.until or now().date()),
        services.end_holiday,
        page=lambda preview: render_template(
            "administration/end_holiday.html", key=key, form=form, holiday=row, preview=preview
        ),
    )


@bp.route("/admin/calendars/<key>/week", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR)
@require_fresh()
def week(key: str) -> Shown:
    """Say what another zone or other working days would move, then set them."""
    view = holidays.calendar_view(read_session(), key)
    days = [str(day) for day in sorted(view.weekdays)]
    form = WeekForm(data={"time_zone": view.time_zone, "weekdays": days, "valid_from": now().date()})
    return _changed(
        form,
        key,
        form.command(SetWeek, calendar_key=key) if form.is_submitted() else None,
        lambda command: (
            lambda held: altered.with_week(held, Week(command.valid_from, command.time_zone, command.weekdays))
        ),
        services.set_week,
        page=lambda preview: render_template(
            "administration/week.html", calendar=shown(read_session(), view), form=form, preview=preview
        ),
    )


def _changed(
    form: CommandForm,
    key: str,
    command: Any,
    alter: Callable[[Any], Callable[[WorkCalendar], WorkCalendar]],
    act: Callable[..., None],
    *,
    page: Callable[[Preview | None], str],
) -> Shown:
    """Show the form; with a good command what it would move; once that was seen, make the change."""
    if command is None:
        return (page(None), 422) if form.is_submitted() else page(None)
    if not _storing():
        return page(preview_of(the_actor(), key, alter(command)))
    if not form.submit(lambda: act(the_actor(), command))[0]:
        return page(None), 422
    flash(_("The calendar is changed. Due dates that follow it are counted again within minutes."), "success")
    return redirect(url_for(".calendar", key=key), 303)


def _storing() -> bool:
    return request.form.get("step") == "store"


def _open_form() -> OpenCalendarForm:
    form = OpenCalendarForm()
    include_demo = current_app.extensions["settings"].demo_data
    states = state_choices(read_session(), current_locale(), include_demo=include_demo)
    form.state.choices = [choice(code, name) for code, name in states]
    return form


def _list_page(form: OpenCalendarForm) -> str:
    session = read_session()
    rows = [shown(session, view) for view in holidays.calendar_views(session)]
    return render_template("administration/calendars.html", rows=rows, form=form)


def _calendar_page(key: str, form: HolidayForm, preview: Preview | None) -> str:
    session = read_session()
    view = holidays.calendar_view(session, key)
    year = _year()
    return render_template(
        "administration/calendar.html",
        calendar=shown(session, view),
        year=year,
        years=sorted({*view.listed_years, *view.missing, year}),
        holidays=holidays.holidays_of(session, key, year),
        changes=holidays.recent_changes(session, key),
        kinds=CHANGE_KINDS,
        form=form,
        preview=preview,
    )


def _year() -> int:
    asked = request.args.get("year", "")
    fits = asked.isascii() and asked.isdigit() and date.min.year <= int(asked) <= date.max.year
    return int(asked) if fits else now().year
