"""What the State's people can ask the application to do: one frozen command each, with its rules."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints
from pydantic_core import PydanticCustomError

from app.casework.content.fields import Optional, plain_text
from app.casework.content.instruments import InstrumentCode
from app.casework.content.tasks import Language
from app.requests.one_page.layout import Subject
from app.workflow.vocabulary import Action

#: A person's own words about a step, in characters.
WORDS = 4000
#: More than any report lists; a form with more was written by hand.
MOST_RECOMMENDATIONS = 200
#: More fields than any page has.
MOST_FIELDS = 100
#: More questions than one round ever has.
MOST_ANSWERS = 100
#: No request has more rounds of questions; a greater number was written by hand.
MOST_ROUNDS = 1_000_000

Key = Annotated[str, StringConstraints(min_length=12, max_length=12)]
#: A public key that is looked up among others; what cannot be one never reaches the database.
WellFormed = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{12}$")]
Version = Annotated[int, Field(ge=0)]
TaskName = Literal["who", "need", "instruments", "details", "results", "rights", "consents"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=WORDS), AfterValidator(plain_text)]
OptionalWords = Annotated[str, StringConstraints(max_length=WORDS), AfterValidator(plain_text)]


class Command(BaseModel):
    """Base of the commands."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class DraftRequest(Command):
    """Begin a draft.

    Attributes:
        instrument: code of the instrument with whose ratification help is asked; None to begin with nothing.
    """

    instrument: Annotated[InstrumentCode | None, Optional] = None


class SaveTask(Command):
    """Save one task of a draft, or one page of it.

    Attributes:
        page: name of the page (`content.pages`); empty for the whole task.
        version: of the task's row; 0 when there was none.
        answers: by field name; the rules are `casework.content`.
        theirs: paths where what is stored stays, whatever `answers` says: so a conflict was settled.
        finished: what is required must be there; else only wrong answers are refused.
    """

    key: Key
    task: TaskName
    page: str = ""
    version: Version
    answers: dict[str, Any]
    theirs: Annotated[tuple[str, ...], Field(max_length=MOST_FIELDS)] = ()
    finished: bool


class AskOnOnePage(Command):
    """Ask for one tool or one course on one page: a draft with its tasks, sent at once or kept for later.

    Attributes:
        key: of the draft; None begins one.
        version: of the case, as the page showed it; 0 for one that is begun.
        known: what the page says for the person, by task; counts for a draft that is begun.
        title: of the request; empty while nothing is named.
        inputs: what was entered, by name; the rules are `casework.content`.
        send: the step to take; None keeps the draft. Pressing its button declares that the answers are correct.
    """

    key: Key | None
    version: Version
    subject: Subject
    known: dict[str, dict[str, Any]]
    title: str
    inputs: dict[str, Any]
    send: Literal[Action.SEND_TO_MISSION, Action.SUBMIT] | None


class ProposeRequest(Command):
    """Propose a draft to a State, which must adopt it.

    Attributes:
        state: the State's code of three letters.
        language: in which the draft is written.
        reason: why it is proposed, for the State to read.
        answers: of the task "need"; the rules are `casework.content`.
    """

    state: Annotated[str, StringConstraints(min_length=3, max_length=3)]
    language: Language
    reason: Words
    answers: dict[str, Any]


class RequestFollowUp(Command):
    """Begin a draft that follows an earlier request.

    Attributes:
        key: public key of the earlier request.
        recommendations: public keys of its open recommendations that the follow-up takes up again.
    """

    key: Key
    recommendations: Annotated[tuple[WellFormed, ...], Field(max_length=MOST_RECOMMENDATIONS)] = ()


class OnCase(Command):
    """A step on a case.

    Attributes:
        version: of the case, as the page showed it.
    """

    key: Key
    version: Version


def _declared(ticked: bool) -> bool:
    if not ticked:
        raise PydanticCustomError("answers_checked", "the declaration is missing")
    return ticked


class SendRequest(OnCase):
    """Send a draft to the Permanent Mission, or submit it: its answers were checked and declared."""

    answers_checked: Annotated[bool, AfterValidator(_declared)]


class AdoptDraft(OnCase):
    """Make a proposed draft the State's own."""


class DeclineProposal(OnCase):
    """Discard a proposed draft; the reason stays with the State."""

    reason: Words


class ConfirmRequest(OnCase):
    """Confirm a request for the State."""


class ReturnToDraft(OnCase):
    """Take a request that waits for the mission back to draft."""

    what_to_change: Words


class DiscardDraft(OnCase):
    """Discard a draft."""


class WithdrawRequest(OnCase):
    """Withdraw a request; costs already committed are noted (process, Steps: withdraw)."""

    committed_costs: Words
    reason: OptionalWords = ""


class ReviveRequest(OnCase):
    """Take a lapsed request up again."""


class GivenAnswer(Command):
    """What the State says to one question.

    Attributes:
        question: public key of the question.
        answer: the answer; empty when there is none yet.
        cannot_answer: why it cannot be answered.
        changes: whether `correction` was offered beside the question.
        correction: what the field that the question is tied to says now; the rules of its task check it.
    """

    question: Key
    answer: OptionalWords = ""
    cannot_answer: OptionalWords = ""
    changes: bool = False
    correction: JsonValue = None


class AnswerQuestions(OnCase):
    """Answer the questions of one round, or save what there is so far.

    Attributes:
        version: counts for a returned request only, which the answers take on; else `seen` says enough.
        round: number of the round; None for the one that matters most.
        seen: mark of what was saved when the page was shown, see `answering.OpenRound`.
        finished: every question must be answered.
    """

    round: Annotated[int | None, Field(ge=1, le=MOST_ROUNDS)] = None
    seen: str
    answers: Annotated[tuple[GivenAnswer, ...], Field(max_length=MOST_ANSWERS)]
    finished: bool


class RemindCase(Command):
    """Send the reminder that is due for one case."""

    key: Key


class PurgeDraft(Command):
    """Discard one draft that nobody touched."""

    key: Key
