"""The one table of wiring: which slice answers which facts, writes which effects, runs which jobs, shows which tabs.

Read it to see what happens when a step is taken; nothing is registered anywhere else.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts import wiring as accounts
from app.casefile.views import bp as casefile
from app.casework import clock_facts, facts, recipients
from app.casework import jobs as history_jobs
from app.casework.blueprint import bp as casework
from app.casework.changes import changes_since
from app.casework.page import state_name
from app.foundation import access
from app.foundation.i18n import current_locale
from app.foundation.look import init_look
from app.foundation.metrics import init_metrics
from app.foundation.wiring import ActionPage, Job, Tab, Wiring
from app.front.navigation import init_navigation
from app.front.views import bp as front
from app.notifications import jobs as notification_jobs
from app.notifications.health import job_figures, outbox_age_seconds, outbox_figures
from app.notifications.services import queue_mail
from app.notifications.setup import init_notifications
from app.notifications.views import bp as notifications
from app.reference.views import bp as reference
from app.requests import ending as request_endings
from app.requests import jobs as request_jobs
from app.requests import services as request_services
from app.requests.views import bp as requests
from app.triage.facts import screening_facts
from app.triage.views import bp as triage
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import Action, Role, Section
from config.settings import Settings

MINUTE, HOUR, DAY = 60, 3600, 86400


def _everybody(actor: Actor, core: CaseCore) -> bool:
    return True


def _tpb(actor: Actor, core: CaseCore) -> bool:
    return (actor.is_tpb or actor.has(Role.AUDITOR)) and core.state not in STATE_ONLY


WIRING = Wiring(
    facts={
        Section.CONTENT: facts.content_facts,
        Section.CONSENTS: facts.consent_facts,
        Section.QUESTIONS: facts.question_facts,
        Section.SCREENING: screening_facts,
        Section.CLOCK: clock_facts.clock_facts,
    },
    effects={
        Action.SUBMIT: (request_services.receive,),
        Action.CONFIRM_REQUEST: (request_services.receive,),
        Action.DISCARD: (request_endings.forget_content,),
        Action.PURGE: (request_endings.forget_content,),
    },
    jobs=(
        Job("send_outbox", 20, notification_jobs.send_outbox),
        Job("forget_idempotency_keys", HOUR, notification_jobs.forget_idempotency_keys),
        Job("prune_notices", DAY, notification_jobs.prune_notices),
        Job("forget_failed_sign_ins", DAY, accounts.forget_failed_sign_ins),
        Job("check_histories", DAY, history_jobs.check_histories),
        Job("checkpoint_histories", DAY, history_jobs.checkpoint),
        Job("remind", 10 * MINUTE, request_jobs.remind),
        Job("purge_untouched_drafts", HOUR, request_jobs.purge_untouched_drafts),
    ),
    tabs=(
        Tab("casefile.overview", _l("Overview"), _everybody),
        Tab("triage.screening", _l("Screening"), _tpb),
        Tab("casefile.history", _l("History"), _everybody),
    ),
    action_pages={
        Action.EDIT_DRAFT: ActionPage("requests.tasks"),
        Action.SEND_TO_MISSION: ActionPage("requests.check"),
        Action.SUBMIT: ActionPage("requests.check"),
        Action.CONFIRM_REQUEST: ActionPage("requests.confirm"),
        Action.RETURN_TO_DRAFT: ActionPage("requests.return_to_draft"),
        Action.ANSWER: ActionPage("requests.answer"),
        Action.REVIVE: ActionPage("requests.revive"),
        Action.WITHDRAW: ActionPage("requests.withdraw"),
        Action.DISCARD: ActionPage("requests.discard"),
        Action.TAKE_UP: ActionPage("triage.take_up", one_click=True),
        Action.ACCEPT: ActionPage("triage.accept"),
        Action.ASSIGN: ActionPage("triage.assign"),
        Action.RETURN_FOR_INFORMATION: ActionPage("triage.return_for_information"),
        Action.LAPSE_UNANSWERED: ActionPage("triage.lapse"),
    },
    recipient_checks=(recipients.may_be_told,),
    case_endpoint="casefile.overview",
    changes_since=changes_since,
)

BLUEPRINTS = (front, reference, *accounts.BLUEPRINTS, notifications, casework, requests, triage, casefile)


def init_slices(app: Flask, settings: Settings) -> None:
    """Give `app` its look, its people, its notices and every slice's pages."""
    init_look(
        app,
        environment=settings.environment,
        base_url=settings.base_url,
        data_dir=settings.data_dir,
        preference=accounts.preferred_locale,
    )
    app.jinja_env.filters["state_name"] = lambda state: state_name(state, str(current_locale()))
    accounts.init_accounts(app, settings)
    access.init_access(app, accounts.load_actor, accounts.LISTED_ENDPOINTS)
    init_notifications(app, settings, render_params=accounts.render_params)
    accounts.set_mail_queue(app, queue_mail)
    app.extensions["outbox_age"] = outbox_age_seconds
    figures = {"outbox": outbox_figures, "jobs": job_figures}
    init_metrics(app, token=settings.metrics_token, is_production=settings.is_production, sources=figures)
    init_navigation(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
