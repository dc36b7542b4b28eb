"""Pages that count participants from a list: choose a file, look at what it says, count it; and the template."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from app.casework.content.detail_words import PROFESSIONS
from app.casework.content.details import Profession
from app.casework.page import CasePage
from app.delivery.activities import recording
from app.delivery.activities.commands import CountParticipants
from app.delivery.activities.counting_page import states_of
from app.delivery.activities.lists.checking import found_by
from app.delivery.activities.lists.forms import ChosenList, ListForm, TakeForm
from app.delivery.activities.lists.reading import Fault
from app.delivery.activities.models import Activity
from app.delivery.activities.page import found_in
from app.delivery.activities.views import bp, recordable, recorded
from app.delivery.activities.vocabulary import Gender
from app.delivery.stepping import Shown
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import FieldError
from app.foundation.texts import text
from app.workflow.vocabulary import Role

__all__ = ["bp"]

#: Faults that are shown; who has more mends the file first.
SHOWN = 200


@bp.route("/cases/<key>/activities/<activity>/participants/list", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def choose_list(key: str, activity: str) -> Shown:
    """Take a list, and show what it says; nothing is stored."""
    form = ListForm()
    page, row = _open(key, activity)
    command = form.command(ChosenList) if request.method == "POST" else None
    if command is None:
        return _choose(page, row, form)
    found, take = found_by(read_session(), row, command.file), TakeForm(formdata=None)
    take.pack(found, row.key, access.the_actor().user_id)
    take.version.data = str(page.case.version)
    faults = [shown_fault(one) for one in found.faults[:SHOWN]]
    return render_template("activities/list_preview.html", page=page, row=row, form=take, found=found, faults=faults)


@bp.post("/cases/<key>/activities/<activity>/participants/list/take")
@access.roles(Role.CASE_OFFICER)
def take_list(key: str, activity: str) -> Shown:
    """Count the people of the list that was looked at."""
    form = TakeForm()
    rows = form.rows(activity, access.the_actor().user_id)
    if rows:
        given: dict[str, Any] = {"key": key, "activity": activity, "rows": rows, "nobody": False}
        command = form.command(CountParticipants, **given)
        if command is not None and form.attempt(lambda: recording.count_participants(access.the_actor(), command)):
            return recorded(key, activity, _("The participants of the list were counted. Nothing else of it was kept."))
    page, row = _open(key, activity)
    again = ListForm(formdata=None)
    again.form_errors = [error for errors in form.errors.values() for error in errors]
    if not rows:
        again.place(FieldError("file", "list.over"))
    return _choose(page, row, again)


@bp.get("/cases/<key>/activities/<activity>/participants/template.csv")
@access.roles(Role.CASE_OFFICER)
def list_template(key: str, activity: str) -> Response:
    """Give the file that is filled in: the headings, and a line for each State as an example."""
    _page, row = _open(key, activity)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(["state", "profession", "gender", "number"])
    for code, _name in states_of(read_session(), row):
        writer.writerow([code, Profession.JUDGES.value, Gender.WOMEN.value, 1])
    answer = Response("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="participants.csv"'
    return answer


def shown_fault(fault: Fault) -> dict[str, Any]:
    """Return a fault in words: where, what stands there, what to enter."""
    what = text(fault.code, fault.params)
    return {"line": fault.line, "column": fault.column, "found": fault.found, "what": what}


def _open(key: str, activity: str) -> tuple[CasePage, Activity]:
    page = recordable(key)
    return page, found_in(read_session(), page, activity)


def _choose(page: CasePage, row: Activity, form: ListForm) -> Shown:
    session = read_session()
    html = render_template(
        "activities/list_choose.html",
        page=page,
        row=row,
        form=form,
        states=states_of(session, row),
        professions=[(one.value, words) for one, words in PROFESSIONS.items()],
    )
    return (html, 422) if request.method == "POST" else html
