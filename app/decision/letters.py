"""What every letter about a decision is made of; they stand in `ending_letters` and `review_letters`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.facts import has_part
from app.casework.models import AssistanceRequest
from app.casework.sharing import consents_to_sharing
from app.casework.visibility import found
from app.decision.facts import asked_before, latest, waits
from app.decision.models import OutcomeProposal
from app.documents.letters import Draft, about_line, address_lines, language_of, select_addressed, signature
from app.papers import Letter
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.definition import PROCESS
from app.workflow.vocabulary import Window

RECONSIDER_DAYS = dict(PROCESS.windows)[Window.RECONSIDER].amount


@dataclass(frozen=True, slots=True)
class Subject:
    """What a letter is about.

    Attributes:
        case: the request.
        member_state: who asks.
        lang: code of the State's language of correspondence, of those that are offered.
        proposal: what waits for the chief, None when nothing does.
        involved: whether the reader is not independent of the case.
        ctc_told: CTC/CTED may be told of the case.
        asked_before: the State asked for reconsideration, which it can do once.
    """

    case: AssistanceRequest
    member_state: StateRecord
    lang: str
    proposal: OutcomeProposal | None
    involved: bool
    ctc_told: bool
    asked_before: bool

    @property
    def reconsider_days(self) -> int | None:
        """Within how many days of a refusal the State may ask for a second look; None when it asked before."""
        return None if self.asked_before else RECONSIDER_DAYS


def subject_of(session: Session, actor: Actor, key: str) -> Subject:
    """Return what a letter about the case `key` needs: one statement.

    Raises:
        NotFound: there is none that this actor may see.
    """
    of_case = (consents_to_sharing(AssistanceRequest.id), asked_before(AssistanceRequest.id))
    statement = (
        select_addressed(actor, OutcomeProposal, waits(), has_part(actor), *of_case)
        .outerjoin(OutcomeProposal, latest(AssistanceRequest.id))
        .where(AssistanceRequest.key == key)
    )
    case, member_state, data, proposal, waiting, involved, told, asked = found(session.execute(statement).first())
    waits_now = proposal if waiting else None
    return Subject(case, member_state, language_of(data), waits_now, bool(involved), bool(told), bool(asked))


def chiefs_letter(
    subject: Subject,
    actor: Actor,
    kind: str,
    title: str,
    *,
    paragraphs: Iterable[Markup | str],
    rows: Sequence[tuple[str, Markup | str]] = (),
) -> Draft:
    """Return a letter of the chief about the request of `subject`, as it can be read before it is sent.

    Call it where the State's language is in force; address, first line and signature are those of every such letter.

    Args:
        kind: names the file.
        title: of the letter, one line.
        paragraphs: after the line that says which request it is about.
        rows: (label, value) below them.
    """
    words = Letter(
        to=address_lines(subject.member_state, subject.lang),
        subject=title,
        paragraphs=[about_line(subject.case), *paragraphs],
        rows=rows,
        signed=[signature(actor), _("Chief of the Terrorism Prevention Branch")],
    )
    return Draft(words, subject.lang, str(subject.case.number), kind)


def about_reconsideration(subject: Subject) -> str:
    """Return the sentence that says until when a State may ask for a second look, or that it had it."""
    if subject.reconsider_days is None:
        return str(_("Reconsideration can be asked for once, and was. A new request can be submitted at any time."))
    return str(
        _(
            "Your State may ask for reconsideration once, within %(days)s days of the date of this letter, and "
            "name a new fact. A new request can be submitted at any time.",
            days=subject.reconsider_days,
        )
    )
