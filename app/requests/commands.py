"""What the State's people can ask the application to do: one frozen command each, with its rules."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.casework.content.fields import plain_text

#: A person's own words about a step, in characters.
WORDS = 4000

Key = Annotated[str, StringConstraints(min_length=12, max_length=12)]
Version = Annotated[int, Field(ge=0)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=WORDS), AfterValidator(plain_text)]
OptionalWords = Annotated[str, StringConstraints(max_length=WORDS), AfterValidator(plain_text)]


class Command(BaseModel):
    """Base of the commands."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class DraftRequest(Command):
    """Begin a draft."""


class SaveTask(Command):
    """Save one task of a draft.

    Attributes:
        version: of the task's row; 0 when there was none.
        answers: by field name; the rules are `casework.content`.
        finished: what is required must be there; else only wrong answers are refused.
    """

    key: Key
    task: Literal["who", "need", "rights", "consents"]
    version: Version
    answers: dict[str, Any]
    finished: bool


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
        correction: new text of the field that the question is tied to; None leaves it.
    """

    question: Key
    answer: OptionalWords = ""
    cannot_answer: OptionalWords = ""
    correction: Annotated[str, StringConstraints(max_length=6000), AfterValidator(plain_text)] | None = None

    @property
    def complete(self) -> bool:
        """Whether the question is answered, or it is said why it cannot be."""
        return bool(self.answer or self.cannot_answer)


class AnswerQuestions(OnCase):
    """Answer the questions of the last round, or save what there is so far.

    Attributes:
        seen: mark of what was saved when the page was shown, see `answering.mark_of`.
        finished: every question must be answered.
    """

    seen: str
    answers: Annotated[tuple[GivenAnswer, ...], Field(max_length=100)]
    finished: bool


class RemindCase(Command):
    """Send the reminder that is due for one case."""

    key: Key


class PurgeDraft(Command):
    """Discard one draft that nobody touched."""

    key: Key
