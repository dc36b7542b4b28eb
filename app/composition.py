"""The one table of wiring: which slice answers which facts, writes which effects, runs which jobs, shows which tabs.

Read it to see what happens when a step is taken; nothing is registered anywhere else. Pages: `app.slices`.
"""

from datetime import time

from flask_babel import lazy_gettext as _l

from app.accounts import wiring as accounts
from app.action_pages import ACTION_PAGES
from app.assessment import services as assessments
from app.assessment.facts import assessment_facts
from app.assessment.summary import assessment_summary
from app.casework import clock_facts, facts, recipients, tabs
from app.casework import jobs as history_jobs
from app.casework.changes import changes_since
from app.casework.drafts import TEXTS
from app.casework.moving import count_again
from app.casework.search.upkeep import mend_search
from app.coordination import rounds
from app.coordination.facts import consultations_facts
from app.coordination.links.sending import send_notices
from app.coordination.monthly.freezing import freeze_months
from app.coordination.silence.deeming import deem_silences
from app.coordination.silence.delivery import settle_deliveries
from app.coordination.standing import void_answers
from app.coordination.summary import consultations_summary
from app.correspondence.queries import unread_count, unread_words
from app.dashboards.jobs import count_ahead
from app.decision.deciding import forget_approval, note_approval
from app.decision.facts import outcome_facts
from app.decision.queries import declined_type
from app.delivery.activities import ending
from app.delivery.activities.summary import delivery_summary
from app.delivery.evaluation import jobs as evaluation_jobs
from app.delivery.facts import delivery_facts
from app.delivery.participation.endings import call_off_invitations
from app.delivery.participation.following import announce_new_dates, put_with_plan
from app.delivery.participation.jobs import remind_guests
from app.delivery.participation.own_page import invitations_of
from app.delivery.participation.queries import to_disclose
from app.delivery.plan.agreeing import begin_anew, put_activities
from app.delivery.plan.costs import plan_costs
from app.delivery.plan.facts import plan_facts
from app.delivery.plan.proposing import close_version
from app.delivery.plan.summary import plan_summary
from app.delivery.plan.visits import joint_visits
from app.delivery.queries import open_recommendations
from app.delivery.renewing import renew
from app.documents import jobs as document_jobs
from app.documents.page import count_words, document_count
from app.foundation.daytime import Daily
from app.foundation.wiring import Job, Summary, Tab, Wiring
from app.funding.facts import funding_facts
from app.funding.holding import note_reason
from app.funding.jobs import ask_about_holds
from app.funding.proposals import proposed_count, proposed_facts, proposed_words
from app.funding.queries import unspent_of
from app.funding.releasing import count_sources_again, release_rest
from app.notifications import jobs as notification_jobs
from app.requests import ending as request_endings
from app.requests import jobs as request_jobs
from app.requests import proposing
from app.requests import services as request_services
from app.triage.facts import screening_facts
from app.triage.queue_trail import trail
from app.workflow.vocabulary import Action, Section

MINUTE, HOUR, DAY = 60, 3600, 86400
#: When few people work in Vienna; no clock is ever changed at this hour.
NIGHT = Daily(time(3, 30), "Europe/Vienna")


WIRING = Wiring(
    facts={
        Section.CONTENT: facts.content_facts,
        Section.CONSENTS: facts.consent_facts,
        Section.QUESTIONS: facts.question_facts,
        Section.SCREENING: screening_facts,
        Section.ASSESSMENT: assessment_facts,
        Section.PLAN: plan_facts,
        Section.OUTCOME: outcome_facts,
        Section.CONSULTATIONS: consultations_facts,
        Section.FUNDING: funding_facts,
        Section.DELIVERY: delivery_facts,
        Section.CLOCK: clock_facts.clock_facts,
    },
    effects={
        Action.SUBMIT: (request_services.receive,),
        Action.CONFIRM_REQUEST: (request_services.receive,),
        # what hangs on a discarded draft is deleted by a trigger, see forget_content
        Action.DISCARD: (proposing.close_proposal, request_endings.forget_content),
        Action.PURGE: (proposing.close_proposal, request_endings.forget_content),
        Action.REQUEST_FOLLOW_UP: (renew,),
        Action.APPROVE: (note_approval,),
        Action.HOLD: (note_reason,),
        Action.SEND_BACK: (void_answers,),
        Action.PROPOSE_PLAN: (put_with_plan,),
        Action.AGREE_PLAN: (put_activities,),
        Action.REASSESS: (forget_approval, void_answers, assessments.begin_again, close_version, call_off_invitations),
        Action.RESCHEDULE: (begin_anew, announce_new_dates),
        Action.RECONSIDER: (assessments.begin_again,),
        # nobody is waited for any more when a request goes back or ends
        Action.RESUME_REVIEW: (rounds.overtake_consultations,),
        # what was allocated and not spent goes back to its source
        Action.FIND_INELIGIBLE: (rounds.close_open_consultations, release_rest),
        Action.MERGE: (rounds.close_open_consultations, release_rest),
        Action.REFER: (rounds.close_open_consultations, rounds.copy_referral, release_rest),
        Action.DECLINE: (rounds.close_open_consultations, release_rest),
        Action.LAPSE_PLAN: (
            close_version,
            ending.cancel_planned,
            rounds.close_open_consultations,
            call_off_invitations,
            release_rest,
        ),
        Action.DISCONTINUE: (
            ending.cancel_planned,
            rounds.close_open_consultations,
            call_off_invitations,
            release_rest,
        ),
        Action.CLOSE: (rounds.close_open_consultations, release_rest),
        Action.WITHDRAW: (ending.cancel_planned, rounds.close_open_consultations, call_off_invitations, release_rest),
    },
    jobs=(
        Job("send_outbox", 20, notification_jobs.send_outbox),
        Job("send_digests", 5 * MINUTE, notification_jobs.send_digests),
        Job("forget_idempotency_keys", HOUR, notification_jobs.forget_idempotency_keys),
        Job("prune_notices", NIGHT, notification_jobs.prune_notices),
        Job("forget_failed_sign_ins", DAY, accounts.forget_failed_sign_ins),
        Job("forget_kept_forms", HOUR, accounts.forget_kept_forms),
        Job("check_histories", NIGHT, history_jobs.check_histories),
        Job("checkpoint_histories", NIGHT, history_jobs.checkpoint),
        Job("mend_search", NIGHT, mend_search),
        Job("collect_files", NIGHT, document_jobs.collect_files),
        Job("verify_files", NIGHT, document_jobs.verify_files),
        Job("ask_about_holds", HOUR, ask_about_holds),
        Job("count_sources_again", HOUR, count_sources_again),
        Job("remind", 10 * MINUTE, request_jobs.remind),
        Job("remind_guests", 10 * MINUTE, remind_guests),
        Job("escalate", 10 * MINUTE, history_jobs.escalate),
        Job("send_notices", MINUTE, send_notices),
        Job("settle_deliveries", 10 * MINUTE, settle_deliveries),
        Job("deem_silences", 10 * MINUTE, deem_silences),
        Job("freeze_months", HOUR, freeze_months),
        Job("deem_deliveries", HOUR, evaluation_jobs.deem_deliveries),
        Job("ask_look_backs", HOUR, evaluation_jobs.ask_look_backs),
        Job("note_ended_activities", HOUR, ending.note_ended_activities),
        Job("count_again", MINUTE, count_again),
        Job("count_ahead", 5 * MINUTE, count_ahead),
        Job("purge_untouched_drafts", HOUR, request_jobs.purge_untouched_drafts),
    ),
    tabs=(
        Tab("casefile.overview", _l("Overview"), tabs.everybody),
        Tab("triage.screening", _l("Screening"), tabs.tpb),
        Tab("assessment.overview", _l("Assessment"), tabs.tpb),
        Tab("plan.plan", _l("Plan"), tabs.planned),
        Tab("activities.overview", _l("Delivery"), tabs.delivered),
        Tab("coordination.consultations", _l("Consultations"), tabs.once_consulted),
        Tab("decision.standing", _l("Decision"), tabs.tpb),
        Tab("funding.money", _l("Money"), tabs.funded, proposed_count, proposed_words, proposed_facts),
        Tab("correspondence.messages", _l("Messages"), tabs.everybody, unread_count, unread_words),
        Tab("documents.documents", _l("Documents"), tabs.everybody, document_count, count_words),
        Tab("consents.consents", _l("Consents"), tabs.state_and_tpb),
        Tab("casefile.history", _l("History"), tabs.everybody),
    ),
    action_pages=ACTION_PAGES,
    recipient_checks=(recipients.may_be_told,),
    open_recommendations=open_recommendations,
    joint_visits=joint_visits,
    plan_costs=plan_costs,
    declined_type=declined_type,
    unspent=unspent_of,
    invitations=invitations_of,
    disclosures=to_disclose,
    case_endpoint="casefile.overview",
    field_pages={TEXTS: ("requests.task", {"task": "details", "page": "drafting"})},
    changes_since=changes_since,
    summaries={
        Section.ASSESSMENT: Summary("assessment.overview", assessment_summary),
        Section.CONSULTATIONS: Summary("coordination.consultations", consultations_summary),
        Section.PLAN: Summary("plan.plan", plan_summary),
        Section.DELIVERY: Summary("activities.overview", delivery_summary),
    },
    trail=trail,
)
