"""Every route of the product with the object that its address names, and a body that its POST would take.

A route that is not here fails `tests/architecture/test_routes.py`: whoever adds one says here what it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from app.triage.commands import QUESTION_FIELDS
from app.workflow.vocabulary import EligibilityCheck


class Named(Enum):
    """What the address of a route names."""

    NOTHING = auto()
    CASE = auto()
    NUMBER = auto()
    PERSON = auto()
    CALENDAR = auto()
    AGREEMENT = auto()
    """Of a body consulted; it belongs to no State and is the same for everybody who may read it."""
    INVITATION = auto()
    """What a State was asked of an activity of another State; nobody else has it."""
    SECRET = auto()
    """A token that only its owner was sent; guessing it is the test of the slice that made it."""
    WORD = auto()
    """A word of a list in the code: a language, a file name of the style sheet."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route.

    Attributes:
        names: what its address names.
        body: a body that is complete for an object in the right state; "{version}" is filled in.
        words: values for further parameters of the address.
        query: what an address asks with, where there is no page without it.
        parts: further parameters that name something inside the case: its answer to a key of nothing is compared too.
    """

    names: Named
    body: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()


N, C, P = Named.NOTHING, Named.CASE, Named.PERSON
_VERSION: Final = {"version": "{version}"}
_CHECKS: Final = {f"{check.value}-{name}": value for check in EligibilityCheck for name, value in
                  (("passed", "true"), ("version", "0"))}  # fmt: skip
_QUESTION: Final = {"questions-0-field_path": min(QUESTION_FIELDS), "questions-0-text": "Which authority?"}
_SOMEBODY: Final = {"name": "Vera Nix", "email": "vera.nix@example.org", "locale": "en"}

_DOCUMENTS: Final = frozenset({"document"})
_DOCUMENT: Final = {"title": "A law", "kind": "draft_law", "lang": "en", "readers": "all"}

_INVITATIONS: Final = frozenset({"participation"})
_ACTIVITIES: Final = frozenset({"activity"})
_ACTIVITY: Final = {"title": "A course", "type": "mentoring", "modality": "remote", "scope": "national"}
_ON_A_DAY: Final = {"began_on-day": "4", "began_on-month": "2", "began_on-year": "2026"}
_PLAN: Final = {"summary": "A course", "lang": "en", "currency": "USD"}

ROUTES: Final[dict[str, Route]] = {
    # --- cases ---
    "casefile.overview": Route(C),
    "casefile.history": Route(C),
    "casefile.receipt": Route(C),
    "casefile.whole_request": Route(C),
    "casefile.questions": Route(C),
    "casefile.changes": Route(C),
    "casefile.due": Route(C, words={"limit": "screen"}),
    "casefile.by_number": Route(Named.NUMBER),
    "requests.tasks": Route(C),
    "requests.task": Route(C, {"version": "0", "title": "Taken over", "later": "1"}, {"task": "need", "page": "need"}),
    "requests.autosave": Route(C, {"version": "0", "title": "Taken over"}, {"task": "need", "page": "need"}),
    "requests.one_page": Route(C, {**_VERSION, "tool": "Taken over", "step": "later"}, {"subject": "tool"}),
    "requests.check": Route(C, {**_VERSION, "answers_checked": "y", "step": "send_to_mission"}),
    "requests.sent": Route(C),
    "requests.confirm": Route(C, _VERSION),
    "requests.return_to_draft": Route(C, {**_VERSION, "what_to_change": "Everything."}),
    "requests.discard": Route(C, _VERSION),
    "requests.withdraw": Route(C, {**_VERSION, "committed_costs": "none", "reason": ""}),
    "requests.revive": Route(C, _VERSION),
    "requests.adopt_draft": Route(C, _VERSION),
    "requests.decline": Route(C, {**_VERSION, "reason": "Not needed."}),
    "requests.follow_up": Route(C),
    "requests.answer": Route(C, {**_VERSION, "seen": "0123456789abcdef"}),
    "paper.registered": Route(C),
    "paper.receipt": Route(C),
    "triage.take_up": Route(C, _VERSION),
    "triage.screening": Route(C),
    "triage.save_checks": Route(C, {**_VERSION, **_CHECKS}),
    "triage.return_for_information": Route(C, {**_VERSION, **_QUESTION}),
    "triage.ask_state": Route(C, {**_VERSION, **_QUESTION, "blocking": "false"}),
    "triage.answers_read": Route(C, {"question": "0123456789ab"}),
    "triage.accept": Route(C, {**_VERSION, "officer": "{officer}"}),
    "triage.assign": Route(C, {**_VERSION, "officer": "{officer}"}),
    "triage.lapse": Route(C, _VERSION),
    "assessment.overview": Route(C),
    "assessment.part": Route(C, {"version": "0", "text": "Taken over", "later": "1"}, {"part": "need"}),
    "assessment.sign": Route(C, _VERSION),
    "assessment.reopen": Route(C, _VERSION),
    "assessment.confirm_urgency": Route(C, _VERSION),
    "correspondence.messages": Route(C),
    "correspondence.write": Route(C, {"readers": "all", "text": "Taken over", "lang": "en"}),
    "correspondence.mark_read": Route(C, {"newest": "yyyyyyyyyyyy"}),
    "correspondence.widen": Route(C, {"seen": "state_tpb", "readers": "all"}, parts=frozenset({"message"})),
    "documents.documents": Route(C),
    "documents.add": Route(C, _DOCUMENT),
    "documents.add_version": Route(C, _DOCUMENT, parts=_DOCUMENTS),
    "documents.widen": Route(C, {"seen": "state_tpb", "readers": "all"}, parts=_DOCUMENTS),
    "documents.remove": Route(C, parts=_DOCUMENTS),
    "documents.download": Route(C, parts=_DOCUMENTS),
    "plan.plan": Route(C),
    "plan.draft": Route(C, {**_VERSION, **_PLAN}),
    "plan.add_activity": Route(C, {**_VERSION, **_ACTIVITY}),
    "plan.change_activity": Route(C, {**_VERSION, **_ACTIVITY, "seen": "1"}, parts=_ACTIVITIES),
    "plan.remove_activity": Route(C, {**_VERSION, "seen": "1"}, parts=_ACTIVITIES),
    "activities.overview": Route(C),
    "activities.activity": Route(C, parts=_ACTIVITIES),
    "activities.begin": Route(C, {**_VERSION, **_ON_A_DAY}),
    "activities.hold": Route(C, {**_VERSION, "outcome": "Taken over"}, parts=_ACTIVITIES),
    "activities.note": Route(C, {**_VERSION, "text": "Taken over", "audience": "state_tpb"}, parts=_ACTIVITIES),
    "activities.participants": Route(C, {**_VERSION, "nobody": "y"}, parts=_ACTIVITIES),
    "activities.correct_count": Route(C, {**_VERSION, "nobody": "y", "reason": "Taken over"}),
    "activities.choose_list": Route(C, parts=_ACTIVITIES),
    "activities.take_list": Route(C, _VERSION, parts=_ACTIVITIES),
    "activities.list_template": Route(C, parts=_ACTIVITIES),
    "activities.attach": Route(C, _DOCUMENT, parts=_ACTIVITIES),
    "activities.report_pdf": Route(C),
    "activities.start": Route(C, _VERSION),
    "activities.report": Route(C, _VERSION),
    "activities.recommend": Route(C, {**_VERSION, "text": "Taken over"}),
    "activities.offer_follow_up": Route(C),
    "activities.follow": Route(C, {**_VERSION, "status": "done"}),
    "evaluation.confirm": Route(C, _VERSION),
    "evaluation.contest": Route(C, {**_VERSION, "missing": "One course."}),
    "evaluation.evaluate": Route(C, {**_VERSION, "answer": "declined"}),
    "evaluation.close": Route(C, _VERSION),
    "evaluation.look_back": Route(C, _VERSION),
    "evaluation.reopen": Route(C, {**_VERSION, "reason": "Taken over"}),
    "participation.invitations": Route(C),
    "participation.disclose": Route(C, {"participations": "yyyyyyyyyyyy", "agree": "true"}),
    "participation.put": Route(C),
    "participation.go_without": Route(C, parts=_INVITATIONS),
    "participation.past": Route(N),
    "participation.invitation": Route(Named.INVITATION, {"seen": "1", "answer": "consent"}),
    "plan.differences": Route(C),
    "plan.propose": Route(C, {**_VERSION, "plan": "1"}),
    "plan.ask_changes": Route(C, {**_VERSION, "plan": "1", "comment": "Later, please."}),
    "plan.agree": Route(C, {**_VERSION, "plan": "1"}),
    "plan.lapse": Route(C, {**_VERSION, "plan": "1"}),
    "moves.move": Route(C, {**_VERSION, "activity": "0123456789ab", "reason": "The hall is taken."}),
    "moves.answer": Route(C, {**_VERSION, "move": "0123456789ab", "accepted": "true"}),
    "moves.cancel": Route(C, {**_VERSION, "activity": "0123456789ab", "reason": "The hall is taken."}),
    "plan.reschedule": Route(C, {**_VERSION, "what_changed": "A second course."}),
    "decision.propose_outcome": Route(
        C, {**_VERSION, "kind": "ineligible", "reason": "equipment", "text": "Vans.", "remedy": "Training."}
    ),
    "decision.return_proposal": Route(C, {**_VERSION, "comment": "Not so."}),
    "decision.find_ineligible": Route(C, _VERSION),
    "decision.standing": Route(C),
    "triage.supply": Route(C, {**_VERSION, "course": "A course.", "words": "", "cost_minor": "0"}),
    "decision.refer": Route(C, _VERSION),
    "decision.discontinue": Route(C, _VERSION),
    "decision.put_for_decision": Route(C, _VERSION),
    "decision.approve": Route(
        C, {**_VERSION, "decisions-0-type": "legislative_drafting", "decisions-0-approved": "true"}
    ),
    "decision.decline": Route(C, {**_VERSION, "reason": "security", "text": "Not now."}),
    "decision.send_back": Route(C, {**_VERSION, "comment": "Not yet."}),
    "decision.reassess": Route(C, {**_VERSION, "reason": "The law changed."}),
    "decision.ask_reconsideration": Route(C, {**_VERSION, "new_fact": "A new law."}),
    "decision.reconsider": Route(C, {**_VERSION, "officer": "{officer}"}),
    "funding.hold": Route(C, {**_VERSION, "reason": "security", "text": "A warning."}),
    "funding.resume_planning": Route(C, {**_VERSION, "text": "It is safe."}),
    "funding.resume_review": Route(C, {**_VERSION, "text": "It is safe."}),
    "funding.money": Route(C),
    "funding.allocate": Route(C, {**_VERSION, "source": "0123456789ab", "minor": "10.00"}),
    "funding.approve_allocation": Route(C, {**_VERSION, "allocation": "0123456789ab", "approved": "true"}),
    "funding.keep": Route(C, _VERSION),
    "triage.merge": Route(C, {**_VERSION, "number": "TPB-2026-9998"}),
    "triage.unmerge": Route(C, {**_VERSION, "reason": "Two needs."}),
    "casefile.shared": Route(C),
    "links.notices": Route(C),
    "links.revoke": Route(C, {"notice": "0123456789ab"}),
    "silence.proof": Route(C),
    "silence.proof_pdf": Route(C),
    "consents.consents": Route(C),
    "consents.give": Route(C, {"kind": "public_summary", "subject": ""}, query={"kind": "public_summary"}),
    "consents.withdraw": Route(C, {"consent": "0123456789ab"}),
    "coordination.consultations": Route(C),
    "coordination.consult": Route(C, _VERSION),
    "coordination.revise": Route(C, {**_VERSION, "what_changed": "Taken over"}),
    "coordination.give_position": Route(C, {**_VERSION, "position": "no_objection", "lang": "en"}),
    "coordination.acknowledge": Route(C, _VERSION),
    "coordination.correct_position": Route(C, {**_VERSION, "position": "no_objection", "lang": "en"}),
    "coordination.ask_more_time": Route(C, _VERSION),
    "coordination.withdraw_objection": Route(C, _VERSION),
    "coordination.record_position": Route(C, {**_VERSION, "came": "telephone", "note": "Taken over"}),
    "coordination.proceed_without": Route(C, {**_VERSION, "reason": "Taken over"}),
    "coordination.receipt": Route(C, parts=frozenset({"position"})),
    "coordination.receipt_pdf": Route(C, parts=frozenset({"position"})),
    # --- people ---
    "accounts.admin_user": Route(P, {"name": "Taken Over"}),
    "accounts.admin_roles": Route(P, {"take": "focal_point"}),
    "accounts.admin_act": Route(P, words={"act": "end"}),
    "accounts.mission_person": Route(P),
    "accounts.mission_act": Route(P, words={"act": "end"}),
    "accounts.mission_replace": Route(P, _SOMEBODY),
    "accounts.mission_let_submit": Route(P, words={"answer": "yes"}),
    "accounts.accept_invitation": Route(Named.SECRET),
    "security.reset_password": Route(Named.SECRET),
    "links.consultation": Route(Named.SECRET),
    "links.answer": Route(Named.SECRET),
    "security.two_factor_setup_validate": Route(Named.SECRET),
    # --- reference data, which belongs to no State ---
    "administration.calendar": Route(Named.CALENDAR),
    "administration.enter_holiday": Route(Named.CALENDAR),
    "administration.end_holiday": Route(Named.CALENDAR, parts=frozenset({"holiday"})),
    "administration.week": Route(Named.CALENDAR),
    "administration.circular": Route(Named.CALENDAR),
    "administration.limit": Route(Named.WORD),
    "administration.setting_value": Route(Named.WORD),
    "agreements.revoke": Route(Named.AGREEMENT, {"note": "Taken back by a letter."}),
    "agreements.original": Route(Named.AGREEMENT),
    "monthly.month": Route(Named.WORD),
    "monthly.export": Route(Named.WORD, words={"kind": "csv"}),
    "states.state": Route(Named.WORD),
    # --- money of the Branch: tests/integration/test_sources.py ---
    "sources.index": Route(N),
    "sources.export_all": Route(N, words={"kind": "csv"}),
    "sources.new": Route(N),
    "sources.source": Route(Named.WORD),
    "sources.export": Route(Named.WORD, words={"kind": "csv"}),
    "sources.record": Route(Named.WORD, words={"kind": "pledge"}),
    "sources.correct": Route(Named.WORD),
    "sources.thanks": Route(Named.WORD),
    "needs.index": Route(N),
    "needs.export": Route(N, words={"kind": "csv"}),
    # --- the library, open to everybody; a tool of nobody: tests/integration/test_library.py ---
    "library.index": Route(N),
    "library.manage": Route(N),
    "library.new": Route(N),
    "library.tool": Route(Named.WORD),
    "library.download": Route(Named.WORD, words={"lang": "en"}),
    "library.change": Route(Named.WORD),
    "library.add_file": Route(Named.WORD),
    "library.publish": Route(Named.WORD),
    "library.withdraw": Route(Named.WORD),
    # --- views of the queue, each its owner's: tests/integration/test_queue_own_views.py ---
    "triage.delete_view": Route(Named.SECRET),
    # --- words of the code ---
    "accounts.admin_office": Route(Named.WORD),
    "preferences.set_language": Route(Named.WORD),
    "preferences.set_theme": Route(Named.WORD),
    "preferences.set_keys": Route(Named.WORD),
    # --- figures, for those who read all cases: tests/integration/test_dashboard_pages.py ---
    "dashboards.dashboard": Route(Named.WORD),
    "dashboards.records": Route(Named.WORD),
    "audit.history": Route(N),
    "audit.history_file": Route(Named.WORD),
    "audit.verification": Route(N),
    "audit.verify": Route(N),
    "audit.verification_pdf": Route(N),
    "audit.verification_file": Route(Named.WORD),
    "dashboards.events": Route(N),
    "dashboards.events_file": Route(Named.WORD),
    "dashboards.figures_file": Route(Named.WORD, words={"kind": "csv"}),
    "dashboards.records_file": Route(Named.WORD, words={"kind": "csv"}),
    # --- no parameter ---
    "demo_guide.guide": Route(N),
    "front.start": Route(N),
    "pages.accessibility": Route(N),
    "pages.help_page": Route(N),
    "pages.privacy": Route(N),
    "preferences.show": Route(N),
    "health.livez": Route(N),
    "health.readyz": Route(N),
    "metrics.metrics": Route(N),
    "requests.home": Route(N),
    "requests.new": Route(N),
    "paper.register": Route(N),
    "requests.one_page_new": Route(Named.WORD),
    "requests.propose": Route(N),
    "requests.proposals": Route(N),
    "triage.queue": Route(N),
    "triage.export": Route(N),
    "triage.views": Route(N),
    "triage.assign_several": Route(N),
    "coordination.inbox": Route(N),
    "coordination.answer_several": Route(N),
    "states.treaties": Route(N),
    "states.index": Route(N),
    "states.treaties_file": Route(N),
    "treaty_lists.choose": Route(N),
    "treaty_lists.preview": Route(N),
    "treaty_lists.store": Route(N),
    "accounts.account": Route(N),
    "accounts.act_for": Route(N),
    "accounts.sessions": Route(N),
    "accounts.revoke_session": Route(N),
    "accounts.stand_ins": Route(N),
    "accounts.revoke_stand_in": Route(N),
    "accounts.admin_offices": Route(N),
    "accounts.admin_users": Route(N),
    "accounts.admin_invite": Route(N),
    "accounts.mission_people": Route(N),
    "accounts.mission_nominate": Route(N),
    "notifications.notices": Route(N),
    "notifications.read_notices": Route(N),
    "notifications.choices": Route(N),
    "notifications.outbox": Route(N),
    "notifications.retry_outbox": Route(N),
    "notifications.jobs": Route(N),
    "monthly.months": Route(N),
    "administration.reference": Route(N),
    "administration.limits": Route(N),
    "administration.settings": Route(N),
    "administration.calendars": Route(N),
    "administration.open_calendar": Route(N),
    "administration.checks": Route(N),
    "agreements.agreements": Route(N),
    "agreements.record": Route(N),
    "agreements.give": Route(N),
    "reference.imports": Route(N),
    "security.login": Route(N),
    "security.logout": Route(N),
    "security.verify": Route(N),
    "security.two_factor_token_validation": Route(N),
    "security.two_factor_rescue": Route(N),
    "security.mf_recovery": Route(N),
    "security.forgot_password": Route(N),
    "security.change_password": Route(N),
    "security.two_factor_setup": Route(N),
    "security.mf_recovery_codes": Route(N),
}

#: Ids that stand in the query of an address instead of its path: (path with "{key}", what the key names).
IN_QUERIES: Final = (
    ("/home?after={key}", Named.CASE),
    ("/home?before={key}", Named.CASE),
    ("/home?view=all&after={key}", Named.CASE),
    ("/proposals?before={key}", Named.CASE),
    ("/queue?after=none.{key}", Named.CASE),
    ("/consultations/no-objection?case={key}", Named.CASE),
    ("/queue?before=none.{key}", Named.CASE),
    ("/queue?after=1.{key}", Named.CASE),
    ("/queue?view=ended&after=1.{key}", Named.CASE),
    ("/queue?view=ended&before=1.{key}", Named.CASE),
    ("/queue?sort=state&after=XTA.{key}", Named.CASE),
    ("/queue?sort=-since&before=1.{key}", Named.CASE),
    ("/queue/assign?case={key}", Named.CASE),
    ("/queue?q={number}", Named.NUMBER),
    ("/queue?view=all&q=9{number}", Named.NUMBER),
)
