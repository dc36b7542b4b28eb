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
    """

    names: Named
    body: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


N, C, P = Named.NOTHING, Named.CASE, Named.PERSON
_VERSION: Final = {"version": "{version}"}
_CHECKS: Final = {f"{check.value}-{name}": value for check in EligibilityCheck for name, value in
                  (("passed", "true"), ("version", "0"))}  # fmt: skip
_QUESTION: Final = {"questions-0-field_path": min(QUESTION_FIELDS), "questions-0-text": "Which authority?"}
_SOMEBODY: Final = {"name": "Vera Nix", "email": "vera.nix@example.org", "locale": "en"}

ROUTES: Final[dict[str, Route]] = {
    # --- cases ---
    "casefile.overview": Route(C),
    "casefile.history": Route(C),
    "casefile.by_number": Route(Named.NUMBER),
    "requests.tasks": Route(C),
    "requests.task": Route(C, {"version": "0", "title": "Taken over", "later": "1"}, {"task": "need"}),
    "requests.check": Route(C, {**_VERSION, "answers_checked": "y", "step": "send_to_mission"}),
    "requests.sent": Route(C),
    "requests.confirm": Route(C, _VERSION),
    "requests.return_to_draft": Route(C, {**_VERSION, "what_to_change": "Everything."}),
    "requests.discard": Route(C, _VERSION),
    "requests.withdraw": Route(C, {**_VERSION, "committed_costs": "none", "reason": ""}),
    "requests.revive": Route(C, _VERSION),
    "requests.answer": Route(C, {**_VERSION, "seen": "0123456789abcdef"}),
    "triage.take_up": Route(C, _VERSION),
    "triage.screening": Route(C),
    "triage.save_checks": Route(C, {**_VERSION, **_CHECKS}),
    "triage.return_for_information": Route(C, {**_VERSION, **_QUESTION}),
    "triage.accept": Route(C, {**_VERSION, "officer": "{officer}"}),
    "triage.assign": Route(C, {**_VERSION, "officer": "{officer}"}),
    "triage.lapse": Route(C, _VERSION),
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
    "security.two_factor_setup_validate": Route(Named.SECRET),
    # --- reference data, which belongs to no State ---
    "reference.calendar": Route(Named.CALENDAR),
    "reference.enter_holiday": Route(Named.CALENDAR),
    "reference.remove_holiday": Route(Named.CALENDAR),
    # --- words of the code ---
    "preferences.set_language": Route(Named.WORD),
    "preferences.set_theme": Route(Named.WORD),
    "preferences.set_keys": Route(Named.WORD),
    # --- no parameter ---
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
    "triage.queue": Route(N),
    "accounts.account": Route(N),
    "accounts.act_for": Route(N),
    "accounts.sessions": Route(N),
    "accounts.revoke_session": Route(N),
    "accounts.stand_ins": Route(N),
    "accounts.revoke_stand_in": Route(N),
    "accounts.admin_users": Route(N),
    "accounts.admin_invite": Route(N),
    "accounts.mission_people": Route(N),
    "accounts.mission_nominate": Route(N),
    "notifications.notices": Route(N),
    "notifications.read_notices": Route(N),
    "notifications.outbox": Route(N),
    "notifications.retry_outbox": Route(N),
    "reference.calendars": Route(N),
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
    ("/queue?after=none.{key}", Named.CASE),
    ("/queue?before=none.{key}", Named.CASE),
    ("/queue?after=1.{key}", Named.CASE),
    ("/queue?view=ended&after=none.{key}", Named.CASE),
    ("/queue?view=ended&before=none.{key}", Named.CASE),
    ("/queue?number={number}", Named.NUMBER),
)
