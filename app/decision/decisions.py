"""Every decision of the chief, and what leads to one, as a page: one entry each."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.casework.facts import load_facts
from app.casework.officers import OfficerForm, officers
from app.casework.page import CasePage
from app.casework.steps import StepForm
from app.decision import as_proposed, commands, deciding, ending_letters, reconsidering, review_letters
from app.decision.forms import (
    ApproveForm,
    DeclineForm,
    ReassessForm,
    ReconsiderationForm,
    SendBackForm,
)
from app.decision.stepping import Decision
from app.foundation.db import read_session
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Section


def _ask_types(actor: Actor, page: CasePage, form: Any) -> None:
    del actor
    form.ask(deciding.types_of(read_session(), page.case.id))


def _offer_consultations(actor: Actor, page: CasePage, form: Any) -> None:
    del actor
    found = load_facts(read_session(), page.core, (Section.CONSULTATIONS,)).consultations
    form.offer(found.latest if found else ())


def _offer_officers(actor: Actor, page: CasePage, form: Any) -> None:
    """Whoever had the refused case is not offered: another officer looks again."""
    former = page.header.officer.key if page.header.officer else None
    form.offer([one for one in officers(read_session(), actor) if one.key != former])


FIND_INELIGIBLE = Decision(
    Action.FIND_INELIGIBLE,
    StepForm,
    commands.FindIneligible,
    as_proposed.find_ineligible,
    "decision/find_ineligible.html",
    _l("The request was found not eligible. The State gets the letter."),
    compose=ending_letters.not_eligible,
)
REFER = Decision(
    Action.REFER,
    StepForm,
    commands.Refer,
    as_proposed.refer,
    "decision/refer.html",
    _l("The request was referred. The State gets the letter."),
    compose=ending_letters.referred,
)
DISCONTINUE = Decision(
    Action.DISCONTINUE,
    StepForm,
    commands.Discontinue,
    as_proposed.discontinue,
    "decision/discontinue.html",
    _l("The assistance was ended. The State gets the letter."),
    compose=ending_letters.discontinued,
)
PUT_FOR_DECISION = Decision(
    Action.PUT_FOR_DECISION,
    StepForm,
    commands.PutForDecision,
    deciding.put_for_decision,
    "decision/put.html",
    _l("The chief has the request for decision."),
)
APPROVE = Decision(
    Action.APPROVE,
    ApproveForm,
    commands.Approve,
    deciding.approve,
    "decision/approve.html",
    _l("The request was approved. The State gets the letter."),
    compose=review_letters.approved,
    typed=True,
    fill=_ask_types,
)
DECLINE = Decision(
    Action.DECLINE,
    DeclineForm,
    commands.Decline,
    deciding.decline,
    "decision/decline.html",
    _l("The request was declined. The State gets the letter."),
    compose=review_letters.declined,
    typed=True,
)
SEND_BACK = Decision(
    Action.SEND_BACK,
    SendBackForm,
    commands.SendBack,
    deciding.send_back,
    "decision/send_back.html",
    _l("The request went back to its officer."),
    fill=_offer_consultations,
)
REASSESS = Decision(
    Action.REASSESS,
    ReassessForm,
    commands.Reassess,
    deciding.reassess,
    "decision/reassess.html",
    _l("The request is assessed anew."),
    fill=_offer_consultations,
)
ASK_RECONSIDERATION = Decision(
    Action.ASK_RECONSIDERATION,
    ReconsiderationForm,
    commands.AskReconsideration,
    reconsidering.ask_reconsideration,
    "decision/ask_reconsideration.html",
    _l("The chief of the Branch has what you wrote."),
)
RECONSIDER = Decision(
    Action.RECONSIDER,
    OfficerForm,
    commands.Reconsider,
    reconsidering.reconsider,
    "decision/reconsider.html",
    _l("The request is in review again. The State gets the letter."),
    compose=review_letters.reconsidered,
    fill=_offer_officers,
)
