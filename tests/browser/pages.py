"""Every page of the product, and who walks it; a GET route that is missing here fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.assessment.vocabulary import Part
from app.casework.content.pages import PAGES as OF_TASKS
from app.workflow.vocabulary import Role, State

VISITOR: Final = "visitor"
#: Somebody who gave the password and is asked for the second step.
HALF_IN: Final = "half in"
EVERYBODY: Final = (VISITOR, HALF_IN, *(role.value for role in Role if role is not Role.SYSTEM))
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in one situation.

    Attributes:
        endpoint: of the route.
        state: of the case whose page it is; None when it is not about a case.
        values: parts of the address; `{name}` is filled from `World.names`.
        people: who walks it; None for everybody whom the route's rule admits.
        heaviest: what it may weigh as it travels, in bytes.
    """

    endpoint: str
    state: State | None = None
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    people: tuple[str, ...] | None = None
    heaviest: int = 15_000

    def __str__(self) -> str:
        return " ".join([self.endpoint, *([self.state] if self.state else []), *self.values.values()])


#: Pages of a draft that asks for every type of assistance.
TASK_PAGES: Final = [page for pages in OF_TASKS.values() for page in pages if page.name != "confirmation"]
_STATE: Final = ("focal_point", "mission")
_FOCAL: Final = ("focal_point",)
_TPB: Final = ("intake_officer", "case_officer", "branch_chief", "programme_support", "manager", "auditor")
_READERS: Final = (*_STATE, *_TPB, "ctc_liaison", "ola_liaison")
_VISITOR: Final = (VISITOR,)

_CASE: Final = (
    Page("casefile.overview", State.DRAFT, people=_STATE),
    Page("casefile.overview", State.AWAITING_MISSION, people=_STATE),
    Page("casefile.overview", State.SUBMITTED, people=(*_STATE, "intake_officer", "manager")),
    Page("casefile.overview", State.SCREENING, people=("focal_point", "intake_officer", "branch_chief")),
    Page("casefile.overview", State.RETURNED, people=(*_STATE, "intake_officer")),
    Page("casefile.overview", State.LAPSED, people=_STATE),
    Page("casefile.overview", State.WITHDRAWN, people=("mission", "intake_officer")),
    Page("casefile.overview", State.DISCARDED, people=_FOCAL),
    Page("casefile.overview", State.IN_REVIEW),
    Page("casefile.history", State.DRAFT, people=_FOCAL),
    Page("casefile.history", State.IN_REVIEW),
    Page("casefile.questions", State.SUBMITTED, people=_FOCAL),
    Page("casefile.questions", State.RETURNED, people=("intake_officer",)),
    Page("casefile.questions", State.IN_REVIEW),
    Page("casefile.changes", State.SUBMITTED, people=("intake_officer",)),
    Page("casefile.changes", State.IN_REVIEW),
    Page("casefile.due", State.AWAITING_MISSION, {"limit": "mission"}, people=("mission",)),
    Page("casefile.due", State.SCREENING, {"limit": "screen"}, people=("focal_point", "intake_officer")),
    Page("casefile.due", State.IN_REVIEW, {"limit": "assess"}),
    Page("assessment.overview", State.SCREENING, people=("intake_officer",)),
    Page("assessment.overview", State.IN_REVIEW),
    Page("assessment.overview", State.IN_COORDINATION, people=("case_officer", "auditor")),
    *(Page("assessment.part", State.IN_REVIEW, {"part": part.value}) for part in Part),
    Page("assessment.confirm_urgency", State.IN_REVIEW),
    Page("triage.ask_state", State.IN_REVIEW),
    Page("requests.answer", State.IN_REVIEW),
    Page("correspondence.messages", State.DRAFT, people=_FOCAL),
    Page("correspondence.messages", State.AWAITING_MISSION, people=_STATE),
    Page("correspondence.messages", State.SCREENING, people=("mission", "intake_officer")),
    Page("correspondence.messages", State.IN_REVIEW),
    Page("correspondence.widen", State.IN_REVIEW, {"message": "{to_widen}"}, people=_STATE),
    Page("correspondence.widen", State.IN_REVIEW, {"message": "{note}"}, people=_TPB[:-1]),
    Page("correspondence.widen", State.IN_REVIEW, {"message": "{of_ctc}"}, people=("ctc_liaison",)),
    Page("correspondence.widen", State.IN_REVIEW, {"message": "{of_ola}"}, people=("ola_liaison",)),
    Page("documents.documents", State.DRAFT, people=_FOCAL),
    Page("documents.documents", State.SUBMITTED, people=("mission", "intake_officer")),
    Page("documents.documents", State.IN_REVIEW),
    Page("documents.add", State.DRAFT, people=_FOCAL),
    Page("documents.add", State.IN_REVIEW, people=(*_STATE, *_TPB[:-1], "ctc_liaison", "ola_liaison")),
    Page("documents.add_version", State.IN_REVIEW, {"document": "{law}"}, people=_STATE),
    Page("documents.add_version", State.IN_REVIEW, {"document": "{memo}"}, people=_TPB[:-1]),
    Page("documents.add_version", State.IN_REVIEW, {"document": "{report}"}, people=("ctc_liaison",)),
    Page("documents.add_version", State.IN_REVIEW, {"document": "{opinion}"}, people=("ola_liaison",)),
    Page("documents.widen", State.IN_REVIEW, {"document": "{closed_law}"}, people=_STATE),
    Page("documents.widen", State.IN_REVIEW, {"document": "{memo}"}, people=_TPB[:-1]),
    Page("documents.widen", State.IN_REVIEW, {"document": "{report}"}, people=("ctc_liaison",)),
    Page("documents.widen", State.IN_REVIEW, {"document": "{opinion}"}, people=("ola_liaison",)),
    Page("documents.remove", State.DRAFT, {"document": "{draft_law}"}, people=_STATE),
    Page("silence.proof", State.DECISION),
    Page("links.notices", State.IN_COORDINATION),
    Page("casefile.shared", State.IN_REVIEW),
    Page("consents.consents", State.DRAFT, people=_FOCAL),
    Page("consents.consents", State.IN_REVIEW),
    Page("consents.give", State.IN_REVIEW, {"kind": "public_summary"}),
    Page("consents.withdraw", State.IN_REVIEW, {"kind": "ctc"}),
    Page("requests.tasks", State.DRAFT),
    *(Page("requests.task", State.DRAFT, {"task": page.task, "page": page.name}) for page in TASK_PAGES),
    Page("requests.one_page", values={"key": "{tool}", "subject": "tool"}),
    Page("requests.check", State.DRAFT),
    Page("requests.discard", State.DRAFT),
    Page("requests.sent", State.AWAITING_MISSION),
    Page("requests.sent", State.SUBMITTED),
    Page("requests.confirm", State.AWAITING_MISSION),
    Page("requests.return_to_draft", State.AWAITING_MISSION),
    Page("requests.withdraw", State.SUBMITTED),
    Page("requests.answer", State.RETURNED),
    Page("requests.revive", State.LAPSED),
    Page("requests.follow_up", State.LAPSED, people=_FOCAL),
    Page("requests.follow_up", State.CLOSED),
    Page("requests.adopt_draft", values={"key": "{proposed}"}),
    Page("requests.decline", values={"key": "{proposed}"}),
    Page("casefile.overview", values={"key": "{proposed}"}, people=_FOCAL),
    Page("casefile.overview", values={"key": "{follow_up}"}, people=_FOCAL),
    Page("casefile.overview", State.CLOSED, people=_STATE),
    Page("paper.registered", values={"key": "{paper}"}),
    Page("casefile.overview", values={"key": "{paper}"}, people=("mission", "intake_officer")),
    Page("triage.screening", State.SUBMITTED, people=("intake_officer",)),
    Page("triage.screening", State.SCREENING),
    Page("triage.screening", State.RETURNED, people=("intake_officer",)),
    Page("triage.return_for_information", State.SCREENING),
    Page("triage.supply", State.SCREENING),
    Page("triage.supply", values={"key": "{course}"}),
    Page("triage.accept", State.SCREENING),
    Page("triage.assign", State.SCREENING),
    Page("triage.lapse", State.RETURNED),
    Page("plan.plan", State.IN_COORDINATION),
    Page("plan.plan", State.PLANNING, people=("case_officer",)),
    Page("plan.draft", State.IN_COORDINATION),
    Page("plan.add_activity", State.IN_COORDINATION),
    Page("plan.change_activity", State.IN_COORDINATION, {"activity": "{activity}"}),
    Page("plan.remove_activity", State.IN_COORDINATION, {"activity": "{activity}"}),
    Page("participation.invitations", values={"key": "{inviting}"}),
    Page("participation.invitation", values={"key": "{asked_elsewhere}"}),
    Page("participation.invitation", values={"key": "{answered_elsewhere}"}, people=_FOCAL),
    Page("activities.overview", State.IN_DELIVERY),
    Page("activities.overview", State.SCHEDULED, people=("mission", "case_officer")),
    Page("activities.overview", State.DELIVERED, people=("mission", "case_officer")),
    Page("activities.overview", State.CLOSED, people=("focal_point", "auditor")),
    Page("activities.activity", State.IN_DELIVERY, {"activity": "{held}"}),
    Page("activities.begin", State.IN_DELIVERY),
    Page("activities.hold", State.IN_DELIVERY, {"activity": "{begun}"}),
    Page("activities.note", State.IN_DELIVERY, {"activity": "{held}"}),
    Page("activities.participants", State.IN_DELIVERY, {"activity": "{held}"}),
    Page("activities.choose_list", State.IN_DELIVERY, {"activity": "{held}"}),
    Page("activities.attach", State.IN_DELIVERY, {"activity": "{held}"}),
    Page("activities.start", State.SCHEDULED),
    Page("activities.report", State.IN_DELIVERY),
    Page("activities.recommend", State.IN_DELIVERY),
    Page("activities.follow", State.DELIVERED),
    Page("evaluation.confirm", State.DELIVERED),
    Page("evaluation.contest", State.DELIVERED),
    Page("evaluation.evaluate", State.EVALUATION),
    Page("evaluation.close", State.EVALUATION),
    Page("evaluation.look_back", State.CLOSED),
    Page("evaluation.reopen", State.CLOSED),
    Page("coordination.consultations", State.IN_REVIEW, people=("mission", "case_officer")),
    Page("coordination.consultations", State.IN_COORDINATION),
    Page("coordination.consult", State.IN_REVIEW),
    Page("coordination.revise", State.IN_COORDINATION),
    Page("coordination.record_position", State.IN_COORDINATION),
    Page("coordination.proceed_without", State.IN_COORDINATION),
    Page("coordination.give_position", State.IN_COORDINATION),
    Page("coordination.ask_more_time", State.IN_COORDINATION),
    Page("coordination.withdraw_objection", State.IN_COORDINATION),
    Page("coordination.correct_position", values={"key": "{recorded}"}),
    Page("coordination.receipt", values={"key": "{recorded}", "position": "{position}"}),
    Page("coordination.consultations", values={"key": "{recorded}"}, people=("case_officer", "ctc_liaison")),
    Page("decision.standing", State.SUBMITTED, people=("manager",)),
    Page("decision.standing", State.SCREENING),
    Page("decision.standing", State.DECISION, people=("branch_chief", "manager")),
    Page("decision.standing", State.DECLINED, people=("branch_chief",)),
    Page("decision.refer", State.IN_REVIEW),
    Page("decision.discontinue", State.PLANNING),
    Page("decision.put_for_decision", State.IN_COORDINATION),
    Page("decision.approve", State.DECISION),
    Page("decision.decline", State.DECISION),
    Page("decision.send_back", State.DECISION),
    Page("decision.reassess", State.PLANNING),
    Page("decision.ask_reconsideration", State.DECLINED),
    Page("decision.reconsider", State.DECLINED),
    Page("casefile.overview", State.DECLINED, people=_STATE),
    Page("casefile.overview", State.ON_HOLD, people=("mission", "branch_chief")),
    Page("funding.hold", State.PLANNING),
    Page("funding.resume_planning", State.ON_HOLD),
    Page("funding.resume_review", State.ON_HOLD),
    Page("funding.allocate", State.PLANNING),
    Page("funding.approve_allocation", State.PLANNING),
    Page("funding.money", State.PLANNING),
    Page("funding.money", State.IN_REVIEW, people=("auditor",)),
    Page("decision.propose_outcome", State.IN_REVIEW),
    Page("decision.return_proposal", State.SCREENING),
    Page("decision.find_ineligible", State.SCREENING),
    Page("triage.merge", State.IN_REVIEW),
    Page("triage.merge", State.SCREENING, {"number": "{number}"}, people=("intake_officer",)),
    Page("triage.unmerge", State.MERGED),
    Page("casefile.overview", State.MERGED, people=("mission", "intake_officer")),
)
_LISTS: Final = (
    Page("requests.home"),
    Page("requests.home", values={"view": "all"}, people=_FOCAL),
    Page("requests.new"),
    Page("paper.register"),
    Page("requests.one_page_new", values={"subject": "tool"}),
    Page("requests.one_page_new", values={"subject": "course"}),
    Page("requests.proposals"),
    Page("requests.propose"),
    Page("triage.queue"),
    Page("triage.queue", values={"q": "law", "sort": "state", "view": "all"}, people=("intake_officer",)),
    Page("triage.views"),
    Page("triage.assign_several", values={"case": "{submitted}"}),
    Page("casefile.overview", State.SUBMITTED, {"list": "view=new&at=none"}, people=("intake_officer",)),
    Page("triage.queue", values={"view": "unassigned"}, people=("intake_officer",)),
    Page("triage.queue", values={"view": "ended"}, people=("auditor",)),
    Page("triage.queue", values={"q": "TPB-1999-0001"}, people=("manager",)),
    Page("coordination.inbox"),
    Page("coordination.inbox", values={"view": "answered"}, people=("ola_liaison",)),
    Page("coordination.answer_several", values={"case": "{in_coordination}"}),
    Page("notifications.notices"),
    Page("notifications.choices"),
)
_TREATIES: Final = (
    Page("states.treaties"),
    Page("states.treaties", values={"group": "asia_pacific", "on": "2005-07-22"}, people=("auditor",)),
    # The one page that may be heavier: 193 States by 19 instruments.
    Page("states.treaties", values={"group": "all"}, people=("manager",), heaviest=60_000),
    Page("states.index"),
    Page("states.index", values={"q": "no State has this name"}, people=("auditor",)),
    Page("states.state", values={"alpha3": "KEN"}),
    Page("states.state", values={"alpha3": "BGD", "on": "2005-07-22"}, people=("mission", "intake_officer")),
)
_PEOPLE: Final = (
    Page("accounts.account"),
    Page("accounts.sessions"),
    Page("accounts.stand_ins"),
    Page("accounts.admin_users"),
    Page("accounts.admin_users", values={"q": "nobody has this name"}),
    Page("accounts.admin_invite"),
    Page("accounts.admin_user", values={"key": "{officer}"}),
    Page("accounts.admin_user", values={"key": "{invited}"}),
    *(Page("accounts.admin_act", values={"key": "{invited}", "act": act}) for act in ("invite-again", "end")),
    *(Page("accounts.admin_act", values={"key": "{officer}", "act": a}) for a in ("end-sessions", "reset-second-step")),
    Page("accounts.mission_people"),
    Page("accounts.mission_nominate"),
    Page("accounts.mission_person", values={"key": "{colleague}"}),
    Page("accounts.mission_replace", values={"key": "{colleague}"}),
    *(Page("accounts.mission_act", values={"key": "{colleague}", "act": act}) for act in ("reset-second-step", "end")),
)
_KEEPERS: Final = ("intake_officer", "case_officer", "administrator")
_LIBRARY: Final = (
    Page("library.index"),
    Page("library.index", values={"kind": "model_law"}, people=(VISITOR, "focal_point")),
    Page("library.tool", values={"key": "{tool_published}"}),
    Page("library.tool", values={"key": "{tool_withdrawn}"}, people=(VISITOR, "administrator")),
    Page("library.tool", values={"key": "{tool_entered}"}, people=("case_officer",)),
    Page("library.manage"),
    Page("library.new"),
    *(
        Page(f"library.{step}", values={"key": "{tool_entered}"}, people=_KEEPERS)
        for step in ("change", "add_file", "publish")
    ),
    Page("library.withdraw", values={"key": "{tool_published}"}),
)
_MONEY: Final = (
    Page("sources.index"),
    Page("sources.new"),
    Page("sources.source", values={"key": "{source}"}),
    Page("sources.source", values={"key": "{in_kind}"}, people=("auditor",)),
    *(
        Page("sources.record", values={"key": "{source}", "kind": kind})
        for kind in ("pledge", "reduction", "receipt", "spending", "release")
    ),
    Page("sources.correct", values={"key": "{source}"}),
    Page("sources.thanks", values={"key": "{source}"}),
    Page("needs.index"),
)
_ADMINISTRATION: Final = (
    Page("notifications.outbox"),
    Page("accounts.admin_offices"),
    Page("accounts.admin_office", values={"body": "ola"}),
    Page("notifications.jobs"),
    Page("administration.reference"),
    Page("administration.limits"),
    Page("administration.limit", values={"name": "ctc"}),
    Page("administration.limit", values={"name": "ola"}),
    Page("administration.settings"),
    Page("administration.setting_value", values={"name": "priority_weights"}),
    Page("administration.setting_value", values={"name": "support_cost_percent"}),
    Page("administration.calendars"),
    Page("administration.calendar", values={"key": "{calendar}"}),
    Page("administration.calendar", values={"key": "{calendar}", "year": "2023"}),
    Page("administration.week", values={"key": "{calendar}"}),
    Page("administration.circular", values={"key": "{calendar}"}),
    Page("administration.end_holiday", values={"key": "{calendar}", "holiday": "{holiday}"}),
    Page("administration.checks"),
    Page("reference.imports"),
    Page("treaty_lists.choose"),
)
_AGREEMENTS: Final = (
    Page("agreements.agreements"),
    Page("monthly.months"),
    Page("monthly.month", values={"month": "{month}"}),
    Page("agreements.record"),
    Page("agreements.give"),
    Page("agreements.revoke", values={"key": "{agreement}"}),
)
_SUBJECTS: Final = ("time", "consultations", "delivery", "coverage", "money", "workload")
_STEERING: Final = ("manager", "branch_chief", "programme_support", "auditor")
_DASHBOARD: Final = (
    Page("dashboards.dashboard", values={"name": "requests"}),
    *(Page("dashboards.dashboard", values={"name": name}, people=("manager",)) for name in _SUBJECTS),
    Page("dashboards.records", values={"code": "received"}, people=_STEERING),
    Page("audit.history"),
    Page("audit.history", values={"person": "nobody has this name"}),
    Page("audit.verification"),
    Page("dashboards.events", people=("manager",)),
    Page("dashboards.events", values={"scope": "regional"}, people=("auditor",)),
    Page("dashboards.records", values={"code": "consultations"}, people=("manager",)),
    Page("dashboards.records", values={"code": "requesting"}, people=("manager",)),
)
_FRONT: Final = (
    Page("front.start", people=_VISITOR),
    Page("pages.accessibility"),
    Page("pages.help_page"),
    Page("pages.privacy"),
    Page("preferences.show"),
    Page("demo_guide.guide"),
)
_SIGN_IN: Final = (
    Page("security.login", people=_VISITOR),
    Page("security.forgot_password", people=_VISITOR),
    Page("security.reset_password", values={"token": "{reset}"}, people=_VISITOR),
    Page("links.consultation", values={"token": "{link}"}, people=_VISITOR),
    Page("links.consultation", values={"token": "{link_of_partner}"}, people=_VISITOR),
    Page("accounts.accept_invitation", values={"token": "{invitation}"}, people=_VISITOR),
    Page("security.two_factor_rescue", people=(VISITOR, HALF_IN)),
    Page("security.two_factor_token_validation", people=(HALF_IN,)),
    Page("security.mf_recovery", people=(HALF_IN,)),
    Page("security.verify"),
    Page("security.change_password"),
    Page("security.two_factor_setup"),
    Page("security.mf_recovery_codes"),
)

PAGES: Final = (
    *(*_FRONT, *_SIGN_IN, *_LISTS, *_TREATIES, *_LIBRARY, *_CASE, *_PEOPLE, *_ADMINISTRATION, *_AGREEMENTS),
    *(*_DASHBOARD, *_MONEY),
)

_FILES: Final = (
    *("states.treaties_file", "activities.list_template", "activities.report_pdf", "library.download"),
    *("agreements.original", "monthly.export", "audit.history_file", "audit.verification_file"),
    *("dashboards.events_file", "sources.export_all", "sources.export", "needs.export"),
    *("dashboards.figures_file", "dashboards.records_file", "silence.proof_pdf", "coordination.receipt_pdf"),
    *("triage.export", "casefile.receipt", "paper.receipt", "casefile.whole_request"),
)
#: Routes that answer GET without a page of their own, and why.
NO_PAGE: Final = {
    **dict.fromkeys(_FILES, "a file"),
    "health.livez": "for machines",
    "health.readyz": "for machines",
    "metrics.metrics": "for machines",
    "documents.download": "a file, never a page",
    "casefile.by_number": "leads to the case",
    "preferences.set_language": "remembers and leads back",
    "preferences.set_theme": "remembers and leads back",
    "preferences.set_keys": "remembers and leads back",
}
#: Pages that are open to everybody and lead on whoever has no use for them.
LEADS_ON: Final = {
    "front.start": "whoever is signed in begins at their work",
    "security.login": "whoever is signed in begins at their work",
    "security.forgot_password": "whoever is signed in changes the password in the account",
    "security.reset_password": "the link is for people who cannot sign in",
    "accounts.accept_invitation": "the link is for people who have no password yet",
    "links.consultation": "the link is for people who have no account",
    "security.two_factor_rescue": "only between password and second step",
    "security.two_factor_token_validation": "only between password and second step",
    "security.mf_recovery": "only between password and second step",
    "security.two_factor_setup": "needs an account",
}
