"""The pages of every slice, and what an application needs before it shows them."""

from flask import Flask

from app.accounts import wiring as accounts
from app.administration.views import bp as administration
from app.assessment.views import bp as assessment
from app.casefile.views import bp as casefile
from app.casework.blueprint import bp as casework
from app.casework.checking import check_figures
from app.casework.page import state_name
from app.casework.trail import init_trail
from app.coordination.agreements.views import bp as agreements
from app.coordination.consents.views import bp as consents
from app.coordination.links.case_views import bp as links
from app.coordination.monthly.views import bp as monthly
from app.coordination.silence.views import bp as silence
from app.coordination.views import bp as coordination
from app.correspondence.views import bp as correspondence
from app.dashboards.audit.views import bp as audit
from app.dashboards.views import bp as dashboards
from app.decision.views import bp as decision
from app.delivery.activities.moving_views import bp as moves
from app.delivery.activities.routes import bp as activities
from app.delivery.evaluation.views import bp as evaluation
from app.delivery.participation.views import bp as participation
from app.delivery.plan.views import bp as plan
from app.demo.guide_page import bp as demo_guide
from app.documents.setup import init_documents
from app.documents.views import bp as document_pages
from app.foundation import access
from app.foundation.i18n import current_locale
from app.foundation.look import init_look
from app.foundation.metrics import init_metrics
from app.front.mail_links import made_when_sent
from app.front.navigation import init_navigation
from app.front.views import bp as front
from app.funding.needs.views import bp as needs
from app.funding.sources.views import bp as sources
from app.funding.views import bp as funding
from app.library.views import bp as library
from app.notifications.health import job_figures, outbox_age_seconds, outbox_figures
from app.notifications.services import queue_mail
from app.notifications.setup import init_notifications
from app.notifications.views import bp as notifications
from app.reference.views import bp as reference
from app.requests.views import bp as requests
from app.states.import_views import bp as treaty_lists
from app.states.views import bp as states
from app.triage.paper.views import bp as paper
from app.triage.views import bp as triage
from config.settings import Settings

BLUEPRINTS = (
    front,
    reference,
    library,
    *accounts.BLUEPRINTS,
    notifications,
    casework,
    document_pages,
    requests,
    triage,
    assessment,
    decision,
    funding,
    sources,
    needs,
    coordination,
    correspondence,
    paper,
    plan,
    moves,
    activities,
    evaluation,
    participation,
    casefile,
    dashboards,
    audit,
    states,
    treaty_lists,
    administration,
    agreements,
    consents,
    silence,
    monthly,
    links,
)


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
    access.init_access(app, accounts.load_actor, accounts.LISTED_ENDPOINTS, accounts.keep_form)
    init_notifications(app, settings, render_params=made_when_sent)
    accounts.set_mail_queue(app, queue_mail)
    app.extensions["outbox_age"] = outbox_age_seconds
    figures = {"outbox": outbox_figures, "jobs": job_figures, "checks": check_figures}
    init_metrics(app, token=settings.metrics_token, is_production=settings.is_production, sources=figures)
    init_documents(app, settings)
    init_navigation(app)
    init_trail(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    add_guide(app, settings)


def add_guide(app: Flask, settings: Settings) -> None:
    """Serve the guide to the demonstration; never where requests are real."""
    if settings.environment in ("demo", "test"):
        app.register_blueprint(demo_guide)
        app.jinja_env.globals["guide_endpoint"] = "demo_guide.guide"
