"""What the use cases of intake take: the only place where their rules stand."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import CaseCommand, Command, Words
from app.casework.content.fields import OptionalText, empty_is_none, plain_text
from app.casework.content.labels import field_choices
from app.casework.vocabulary import ReasonCode
from app.workflow.vocabulary import EligibilityCheck

#: More questions at once would be an interrogation, and more rows than a page can hold.
MOST_QUESTIONS = 20
QUESTION_LENGTH = 2000
#: More answers than a page shows.
MOST_READ = 100
#: Paths that a question may be tied to, "other" among them.
QUESTION_FIELDS = frozenset(path for path, *_words in field_choices())

_NUMBER = re.compile(r"TPB-\d{4}-\d{4,9}", re.ASCII)

EmptyIsNone = BeforeValidator(empty_is_none)


class TakeUp(CaseCommand):
    """Begin to screen a submitted request."""


class LapseUnanswered(CaseCommand):
    """End a returned request that stayed unanswered."""


class ChooseOfficer(CaseCommand):
    """Give a case to an officer: `assign`, and `accept`, which needs one.

    Attributes:
        officer: public key of the officer's account.
    """

    officer: str = ""

    @field_validator("officer")
    @classmethod
    def _chosen(cls, value: str) -> str:
        if not value:
            raise PydanticCustomError("officer_needed", "an officer is needed")
        return value


class Judgement(Command):
    """The answer to one check.

    Attributes:
        passed: None while nobody judged it.
        reason: why not, with a no.
        remark: the officer's words; needed with a no.
        version: of the judgement that the page showed; 0 when there was none.
    """

    passed: Annotated[bool | None, EmptyIsNone] = None
    reason: Annotated[ReasonCode | None, EmptyIsNone] = None
    remark: Annotated[OptionalText, Field(validate_default=True)] = ""
    version: Annotated[int, Field(ge=0)] = 0

    @field_validator("remark")
    @classmethod
    def _no_needs_a_remark(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("passed") is False and not value.strip():
            raise PydanticCustomError("remark_needed", "a remark is needed")
        return value


class JudgeChecks(CaseCommand):
    """Save the checks as far as they were judged; what is left open stays open."""

    e1: Judgement = Judgement()
    e2: Judgement = Judgement()
    e3: Judgement = Judgement()
    e4: Judgement = Judgement()
    e5: Judgement = Judgement()
    e6: Judgement = Judgement()
    e7: Judgement = Judgement()
    e8: Judgement = Judgement()

    def of(self, check: EligibilityCheck) -> Judgement:
        """The answer to `check`."""
        judged: Judgement = getattr(self, check.value)
        return judged


class Question(Command):
    """One question to the State.

    Attributes:
        field_path: the field of the request that it is about (`need.problem`), or "other".
        text: the question, plain text.
    """

    field_path: str = ""
    text: Annotated[str, StringConstraints(min_length=1, max_length=QUESTION_LENGTH)] = ""

    @field_validator("field_path")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in QUESTION_FIELDS:
            raise PydanticCustomError("part_needed", "not a field of the request")
        return value

    @field_validator("text")
    @classmethod
    def _plain(cls, value: str) -> str:
        return plain_text(value)


class Asking(CaseCommand):
    """Questions of one round."""

    questions: tuple[Question, ...]

    @field_validator("questions")
    @classmethod
    def _some(cls, value: tuple[Question, ...]) -> tuple[Question, ...]:
        # Not a length of the field: that would be counted without the questions in which something is wrong.
        if not value:
            raise PydanticCustomError("questions_needed", "a question is needed")
        if len(value) > MOST_QUESTIONS:
            raise PydanticCustomError("too_many_questions", "too many", {"most": MOST_QUESTIONS})
        return value


class ReturnForInformation(Asking):
    """Return a request with questions."""


class AskState(Asking):
    """Ask while the request is worked on.

    Attributes:
        blocking: the work, and its clock, stand still until the State answers.
    """

    blocking: bool


class MergeCase(CaseCommand):
    """Merge a request into another of the same State.

    Attributes:
        number: of the request that goes on.
    """

    number: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True)] = Field("", validate_default=True)

    @field_validator("number")
    @classmethod
    def _a_number(cls, value: str) -> str:
        if not value:
            raise PydanticCustomError("merge_number_needed", "a number is needed")
        if not _NUMBER.fullmatch(value):
            raise PydanticCustomError("merge_number_form", "not a number")
        return value


class UnmergeCase(CaseCommand):
    """Undo a merge.

    Attributes:
        reason: why, for the Branch alone.
    """

    reason: Words = ""


class ReadAnswers(Command):
    """Say that answers were read.

    Attributes:
        key: public key of the case.
        question: public keys of the questions whose answers the page showed.
    """

    key: str
    question: Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST_READ)]
