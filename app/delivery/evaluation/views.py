"""Pages from the State's confirmation to the end of a request."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from app.delivery.evaluation import closing, commands, forms, looking_back
from app.delivery.evaluation.page import closing_beside, evaluations_beside
from app.delivery.page import delivered_beside
from app.delivery.stepping import Shown, StepPage, show_or_take
from app.foundation import access
from app.workflow.vocabulary import STATE_ROLES, Action, Role

bp = Blueprint("evaluation", __name__, template_folder="templates")

CONFIRM = StepPage(
    Action.CONFIRM_DELIVERY,
    "evaluation/confirm.html",
    forms.ConfirmForm,
    commands.ConfirmDelivery,
    closing.confirm_delivery,
    _l("The delivery was confirmed. Your evaluation comes next."),
    beside=delivered_beside,
)
CONTEST = StepPage(
    Action.CONTEST_DELIVERY,
    "evaluation/contest.html",
    forms.ContestForm,
    commands.ContestDelivery,
    closing.contest_delivery,
    _l("The Branch has what you wrote. The delivery goes on."),
    beside=delivered_beside,
)
EVALUATE = StepPage(
    Action.EVALUATE,
    "evaluation/evaluate.html",
    forms.EvaluationForm,
    commands.Evaluate,
    closing.evaluate,
    _l("Your answer was kept. Thank you."),
    beside=evaluations_beside,
)
CLOSE = StepPage(
    Action.CLOSE,
    "evaluation/close.html",
    forms.CloseForm,
    commands.Close,
    closing.close,
    _l("The request is closed. The State is told."),
    beside=closing_beside,
)
REOPEN = StepPage(
    Action.REOPEN,
    "evaluation/reopen.html",
    forms.ReopenForm,
    commands.Reopen,
    closing.reopen,
    _l("The request is open again."),
)
LOOK_BACK = StepPage(
    Action.ANSWER_LOOK_BACK,
    "evaluation/look_back.html",
    forms.LookBackForm,
    commands.AnswerLookBack,
    looking_back.answer_look_back,
    _l("Your answer was kept. Thank you."),
    beside=looking_back.look_backs_beside,
    fill=lambda form, more: form.ask(more["types"]),
)


@bp.route("/cases/<key>/confirm-delivery", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def confirm(key: str) -> Shown:
    """Show the State what was reported as delivered; it confirms it."""
    return show_or_take(CONFIRM, key)


@bp.route("/cases/<key>/contest-delivery", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def contest(key: str) -> Shown:
    """Let the State say what is missing of what was reported as delivered."""
    return show_or_take(CONTEST, key)


@bp.route("/cases/<key>/evaluate", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def evaluate(key: str) -> Shown:
    """Ask the State the five questions; it may decline."""
    return show_or_take(EVALUATE, key)


@bp.route("/cases/<key>/close", methods=["GET", "POST"])
@access.roles(Role.CASE_OFFICER, Role.BRANCH_CHIEF)
def close(key: str) -> Shown:
    """Show what was said of the delivery, and close the request."""
    return show_or_take(CLOSE, key)


@bp.route("/cases/<key>/reopen", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES), Role.BRANCH_CHIEF)
def reopen(key: str) -> Shown:
    """Say why a closed request should be opened again."""
    return show_or_take(REOPEN, key)


@bp.route("/cases/<key>/look-back", methods=["GET", "POST"])
@access.roles(*sorted(STATE_ROLES))
def look_back(key: str) -> Shown:
    """Ask the State what became of the assistance since its request was closed."""
    return show_or_take(LOOK_BACK, key)
