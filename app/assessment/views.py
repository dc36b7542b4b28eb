"""Pages of an assessment: the checklist beside the request, one part at a time, the signature."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import app.assessment.urgency_views  # noqa: F401 - its routes
from app.assessment import services
from app.assessment.answers import questions_of
from app.assessment.blueprint import READERS, bp
from app.assessment.commands import COMMANDS, ReopenAssessment, SignAssessment
from app.assessment.forms import FORMS, LATER, PartForm, RightsForm, VersionForm
from app.assessment.page import PartShown, assessment_shown, may_assess, part_shown
from app.assessment.reading import Look
from app.assessment.scoring import suggested
from app.assessment.services import PartChanged
from app.assessment.shown import rows_of_part
from app.assessment.vocabulary import Part
from app.casework.content.labels import raw_value
from app.casework.page import case_page
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Forbidden, NotFound
from app.workflow.vocabulary import Role

__all__ = ["bp"]

Shown = str | tuple[str, int] | Response
#: No case has more looks; a greater number in an address was written by hand.
MOST_LOOKS = 1_000
_PARTS = ",".join(Part)


@bp.get("/cases/<key>/assessment")
@access.roles(*READERS)
def overview(key: str) -> Shown:
    """Show the checklist and what was found beside the request and its history."""
    return _overview(key, VersionForm())


@bp.route(f"/cases/<key>/assessment/<any({_PARTS}):part>", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER)
def part(key: str, part: str) -> Shown:
    """Write one part, beside what the State says about it."""
    actor, which = access.the_actor(), Part(part)
    if request.method == "GET":
        return _part(key, which, None)
    form = FORMS[which]()
    command = form.command(COMMANDS[which], key=key, finished=LATER not in request.form)
    if command is None:
        return _part(key, which, form), 422
    try:
        saved, _nothing = form.submit(lambda: services.save_part(actor, which, command))
    except PartChanged:
        return _part(key, which, form, changed=True), 409
    if not saved:
        return _part(key, which, form), 422
    flash(_("Saved."), "success")
    return redirect(_after(key, which), 303)


@bp.post("/cases/<key>/assessment/sign")
@access.roles(Role.CASE_OFFICER)
def sign(key: str) -> Shown:
    """Sign the assessment as the page showed it."""
    actor, form = access.the_actor(), VersionForm()
    command = form.command(SignAssessment, key=key)
    if command is None or not form.submit(lambda: services.sign(actor, command))[0]:
        return _overview(key, form), 422
    flash(_("You signed the assessment."), "success")
    return redirect(url_for("assessment.overview", key=key), 303)


@bp.post("/cases/<key>/assessment/reopen")
@access.roles(Role.CASE_OFFICER)
def reopen(key: str) -> Shown:
    """Take a signed assessment up again."""
    actor, form = access.the_actor(), VersionForm()
    command = form.command(ReopenAssessment, key=key)
    if command is None:
        return _overview(key, form), 422
    services.reopen(actor, command)
    flash(_("You can change the assessment. Sign it again afterwards."), "success")
    return redirect(url_for("assessment.overview", key=key), 303)


def _overview(key: str, form: VersionForm) -> str:
    actor = access.the_actor()
    page = case_page(actor, key, "assessment.overview")
    number = request.args.get("look", type=int)
    shown = assessment_shown(read_session(), actor, page, None if number is None else min(number, MOST_LOOKS))
    if number is not None and shown.look.row is None:
        raise NotFound
    form.version.data = str(shown.look.row.version if shown.look.row is not None else 0)
    may_reopen = shown.look.signed and number is None and may_assess(actor, page)
    return render_template("assessment/overview.html", page=page, shown=shown, form=form, may_reopen=may_reopen)


def _part(key: str, which: Part, form: PartForm | None, *, changed: bool = False) -> str:
    """Show the form of a part: as it was posted, or as it is saved, or as the request suggests."""
    actor = access.the_actor()
    page = case_page(actor, key, "assessment.overview")
    if not may_assess(actor, page):
        raise Forbidden
    shown, look = part_shown(read_session(), actor, page, which)
    if look.signed:
        raise Forbidden
    if form is None:
        form = FORMS[which](data=_initial(shown, look))
    if form.version.data is None or changed or request.method == "GET":
        form.version.data = str(shown.held.row.version if shown.held is not None else 0)
    if isinstance(form, RightsForm):
        form.ask(questions_of(confirms=services.confirms(shown.data)))
    theirs = rows_of_part(which, shown.held.answers) if changed and shown.held is not None else ()
    context = {"page": page, "shown": shown, "form": form, "later": LATER, "changed": changed, "theirs": theirs}
    return render_template("assessment/part.html", **context)


def _initial(shown: PartShown, look: Look) -> dict[str, Any]:
    """Return what the form of a part shows at first."""
    if shown.held is not None:
        held = shown.held.answers.model_dump(mode="json")
        return {name: {} if value is None and name == "value" else value for name, value in held.items()}
    if shown.part is Part.PRIORITY:
        return suggested(shown.data)
    if shown.part is Part.EARLIER_ASSISTANCE and shown.earlier is not None:
        return {"similar": True} if shown.earlier.similar_lately else {}
    if shown.part in (Part.CRIME_LINKS, Part.JUSTICE_MARKERS):
        return {"chosen": raw_value(shown.data, f"results.{shown.part.value}") or []}
    return {}


def _after(key: str, which: Part) -> str:
    """Lead on to the next part, or back to the checklist."""
    following = list(Part)[list(Part).index(which) + 1 :]
    if LATER in request.form or not following:
        return url_for("assessment.overview", key=key)
    return url_for("assessment.part", key=key, part=following[0].value)
