"""The page that corrects numbers of participants after the report: which activity, then how many came."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _

from app.casework.page import case_page
from app.casework.steps import shows
from app.delivery.activities import commands, correcting, counting_page, forms
from app.delivery.activities.models import Activity
from app.delivery.activities.views import TAB, bp, recorded
from app.delivery.stepping import Shown
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Forbidden
from app.workflow import policy
from app.workflow.vocabulary import Action, Role

__all__ = ["bp"]


@bp.route("/cases/<key>/correct-participants", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def correct_count(key: str) -> Shown:
    """Correct how many people came to an activity, with a reason."""
    actor, form, add = access.the_actor(), forms.CorrectForm(), request.form.get(forms.ADD)
    if request.method == "POST":
        form.settle(add)
        command = None if add else form.command(commands.CorrectCount, key=key)
        if command is not None and form.attempt(lambda: correcting.correct_count(actor, command)):
            return recorded(key, command.activity, _("The numbers were corrected. The State is told."))
    page = case_page(actor, key, TAB)
    if not policy.may(actor, Action.CORRECT_COUNT, page.core):
        raise Forbidden
    activities = correcting.counted_in(read_session(), page.case.id)
    row = _chosen(activities, form.activity.data or request.args.get("activity"))
    if row is not None:
        if request.method == "GET":
            form = forms.CorrectForm(data=counting_page.count_data(read_session(), row))
        form.activity.data = row.key
        form.offer(counting_page.states_of(read_session(), row))
    shows(form, page)
    html = render_template("activities/correct.html", page=page, form=form, row=row, activities=activities)
    return (html, 422) if request.method == "POST" and not add else html


def _chosen(activities: Sequence[Activity], wanted: str | None) -> Activity | None:
    if len(activities) == 1:
        return activities[0]
    return next((one for one in activities if one.key == wanted), None)
