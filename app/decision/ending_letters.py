"""Letters about requests that end as an officer proposed: not eligible, referred, ended early.

In the State's language of correspondence; nothing internal stands in them.
"""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app.decision.letters import Subject, about_reconsideration, chiefs_letter
from app.decision.models import OutcomeProposal
from app.documents.letters import Draft
from app.foundation.formatting import one_line, plain_text
from app.foundation.texts import text
from app.workflow.actor import Actor
from app.workflow.vocabulary import OutcomeKind


def not_eligible(subject: Subject, actor: Actor, command: object = None) -> Draft | None:
    """Return the letter about a request that is not eligible; None when nobody proposed so."""
    del command
    proposal = _proposal(subject, OutcomeKind.INELIGIBLE)
    if proposal is None:
        return None
    with force_locale(subject.lang):
        return chiefs_letter(
            subject,
            actor,
            "not-eligible",
            _("Your request %(number)s was found not eligible", number=subject.case.number),
            paragraphs=[
                _("After examining it, the Terrorism Prevention Branch cannot take the request on."),
                about_reconsideration(subject),
            ],
            rows=[
                *_reasons(proposal),
                (_("What would make it eligible"), plain_text(proposal.remedy, proposal.lang)),
            ],
        )


def referred(subject: Subject, actor: Actor, command: object = None) -> Draft | None:
    """Return the letter about a request that another provider takes (4); None when nobody proposed so."""
    del command
    proposal = _proposal(subject, OutcomeKind.REFER)
    if proposal is None:
        return None
    with force_locale(subject.lang):
        return chiefs_letter(
            subject,
            actor,
            "referred",
            _("Your request %(number)s is referred to another provider", number=subject.case.number),
            paragraphs=[
                _("As your State agreed, the Terrorism Prevention Branch refers it to the provider named below."),
                _("The provider will contact your State. The request ends here; a new one can be submitted."),
                *_copied(subject),
            ],
            rows=[(_("Provider"), one_line(proposal.provider)), *_reasons(proposal)],
        )


def discontinued(subject: Subject, actor: Actor, command: object = None) -> Draft | None:
    """Return the letter about assistance that ends early, with its account; None when nobody proposed so."""
    del command
    proposal = _proposal(subject, OutcomeKind.DISCONTINUE)
    if proposal is None:
        return None
    with force_locale(subject.lang):
        return chiefs_letter(
            subject,
            actor,
            "discontinued",
            _("The assistance of your request %(number)s ends early", number=subject.case.number),
            paragraphs=[
                _("The Terrorism Prevention Branch ends the assistance before it is complete."),
                _("A new request can be submitted at any time."),
            ],
            rows=[
                *_reasons(proposal),
                (_("What was delivered and spent"), plain_text(proposal.account, proposal.lang)),
            ],
        )


def _copied(subject: Subject) -> list[str]:
    if not subject.ctc_told:
        return []
    return [_("A copy of this letter goes to the Counter-Terrorism Committee Executive Directorate.")]


def _proposal(subject: Subject, kind: OutcomeKind) -> OutcomeProposal | None:
    found = subject.proposal
    return found if found is not None and found.kind is kind else None


def _reasons(proposal: OutcomeProposal) -> list[tuple[str, Markup | str]]:
    return [
        (_("Reason"), text(f"outcome_reason.{proposal.reason.value}")),
        (_("Explanation"), plain_text(proposal.text, proposal.lang)),
    ]
