"""Every page of the product, and who walks it; a GET route that is missing here fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

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
    """

    endpoint: str
    state: State | None = None
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    people: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return " ".join([self.endpoint, *([self.state] if self.state else []), *self.values.values()])


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
    Page("requests.tasks", State.DRAFT),
    *(Page("requests.task", State.DRAFT, {"task": task}) for task in ("who", "need", "rights", "consents")),
    Page("requests.check", State.DRAFT),
    Page("requests.discard", State.DRAFT),
    Page("requests.sent", State.AWAITING_MISSION),
    Page("requests.sent", State.SUBMITTED),
    Page("requests.confirm", State.AWAITING_MISSION),
    Page("requests.return_to_draft", State.AWAITING_MISSION),
    Page("requests.withdraw", State.SUBMITTED),
    Page("requests.answer", State.RETURNED),
    Page("requests.revive", State.LAPSED),
    Page("triage.screening", State.SUBMITTED, people=("intake_officer",)),
    Page("triage.screening", State.SCREENING),
    Page("triage.screening", State.RETURNED, people=("intake_officer",)),
    Page("triage.return_for_information", State.SCREENING),
    Page("triage.accept", State.SCREENING),
    Page("triage.assign", State.SCREENING),
    Page("triage.lapse", State.RETURNED),
)
_LISTS: Final = (
    Page("requests.home"),
    Page("requests.home", values={"view": "all"}, people=_FOCAL),
    Page("requests.new"),
    Page("triage.queue"),
    Page("triage.queue", values={"view": "unassigned"}, people=("intake_officer",)),
    Page("triage.queue", values={"view": "ended"}, people=("auditor",)),
    Page("triage.queue", values={"number": "TPB-1999-0001"}, people=("manager",)),
    Page("notifications.notices"),
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
_ADMINISTRATION: Final = (
    Page("notifications.outbox"),
    Page("reference.calendars"),
    Page("reference.calendar", values={"key": "{calendar}"}),
    Page("reference.imports"),
)
_FRONT: Final = (
    Page("front.start", people=_VISITOR),
    Page("pages.accessibility"),
    Page("pages.help_page"),
    Page("pages.privacy"),
    Page("preferences.show"),
)
_SIGN_IN: Final = (
    Page("security.login", people=_VISITOR),
    Page("security.forgot_password", people=_VISITOR),
    Page("security.reset_password", values={"token": "{reset}"}, people=_VISITOR),
    Page("accounts.accept_invitation", values={"token": "{invitation}"}, people=_VISITOR),
    Page("security.two_factor_rescue", people=(VISITOR, HALF_IN)),
    Page("security.two_factor_token_validation", people=(HALF_IN,)),
    Page("security.mf_recovery", people=(HALF_IN,)),
    Page("security.verify"),
    Page("security.change_password"),
    Page("security.two_factor_setup"),
    Page("security.mf_recovery_codes"),
)

PAGES: Final = (*_FRONT, *_SIGN_IN, *_LISTS, *_CASE, *_PEOPLE, *_ADMINISTRATION)

#: Routes that answer GET without a page of their own, and why.
NO_PAGE: Final = {
    "health.livez": "for machines",
    "health.readyz": "for machines",
    "metrics.metrics": "for machines",
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
    "security.two_factor_rescue": "only between password and second step",
    "security.two_factor_token_validation": "only between password and second step",
    "security.mf_recovery": "only between password and second step",
    "security.two_factor_setup": "needs an account",
}
