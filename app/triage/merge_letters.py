"""The letters about merges, in the State's language of correspondence; nothing internal stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import escape
from sqlalchemy import and_
from sqlalchemy.orm import Session, aliased

from app.casework.facts import has_part
from app.casework.models import AssistanceRequest
from app.casework.visibility import found
from app.documents.letters import Draft, about_line, address_lines, language_of, select_addressed, signature
from app.foundation.formatting import bdi
from app.papers import Letter
from app.reference.models import StateRecord
from app.triage.merging import latest_target
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter is about.

    Attributes:
        case: the request.
        member_state: who asks.
        lang: code of the State's language of correspondence, of those that are offered.
        target: the other request of a merge, None when there is none.
        involved: whether the reader is not independent of the case.
    """

    case: AssistanceRequest
    member_state: StateRecord
    lang: str
    target: AssistanceRequest | None
    involved: bool


def subject_of(session: Session, actor: Actor, key: str, number: str | None = None) -> Subject:
    """Return what a letter about the case `key` needs: one statement.

    Args:
        number: of the other request, before a merge; after one it is read from the record.

    Raises:
        NotFound: there is none that this actor may see.
    """
    target = aliased(AssistanceRequest)
    other = target.id == latest_target(AssistanceRequest.id) if number is None else target.number == number
    statement = (
        select_addressed(actor, target, has_part(actor))
        .outerjoin(target, and_(other, target.submitted_at.is_not(None)))
        .where(AssistanceRequest.key == key)
    )
    case, member_state, data, other_case, involved = found(session.execute(statement).first())
    return Subject(case, member_state, language_of(data), other_case, bool(involved))


def merged(subject: Subject, target: AssistanceRequest, actor: Actor) -> Draft:
    """Return the letter about a request that is merged into `target`."""
    numbers = {"number": bdi(subject.case.number), "target": bdi(target.number)}
    with force_locale(subject.lang):
        words = Letter(
            to=address_lines(subject.member_state, subject.lang),
            subject=escape(_("Your request %(number)s goes on as %(target)s")) % numbers,
            paragraphs=[
                about_line(subject.case),
                escape(_("It asks for the same as request %(target)s of your State and was joined with it.")) % numbers,
                escape(_("The number %(target)s goes on; please quote it from now on.")) % numbers,
                _("Nothing is lost: both histories are kept, and of the two dates of receipt the earlier one counts."),
            ],
            signed=[signature(actor), _("Terrorism Prevention Branch")],
        )
    return Draft(words, subject.lang, str(subject.case.number), "merged")


def unmerged(subject: Subject, actor: Actor) -> Draft | None:
    """Return the letter about a request whose merge into `subject.target` is undone; None without one."""
    if subject.target is None:
        return None
    numbers = {"number": bdi(subject.case.number), "target": bdi(subject.target.number)}
    with force_locale(subject.lang):
        words = Letter(
            to=address_lines(subject.member_state, subject.lang),
            subject=_("Your request %(number)s stands for itself again", number=subject.case.number),
            paragraphs=[
                about_line(subject.case),
                escape(_("It is no longer joined with request %(target)s and is being checked again.")) % numbers,
                _("Each of the two requests has its own number and its own date of receipt."),
            ],
            signed=[signature(actor), _("Chief of the Terrorism Prevention Branch")],
        )
    return Draft(words, subject.lang, str(subject.case.number), "unmerged")
