"""What the use cases from confirmation to closure take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import CaseCommand, Command, OptionalWords, Words
from app.delivery.evaluation.vocabulary import Became
from app.workflow.vocabulary import AssistanceType, EvaluationAnswer

LEAST, MOST = 1, 5
#: More instruments, people or copies are not counted by anybody.
MOST_COUNTED = 1_000_000


def _as_chosen(value: Any) -> Any:
    return None if value in ("", None, "None") else value


#: From 1 to 5; None where the State does not evaluate.
Grade = Annotated[int | None, BeforeValidator(_as_chosen), Field(validate_default=True)]


class ConfirmDelivery(CaseCommand):
    """Confirm that what was reported was delivered.

    Attributes:
        remark: the State's own words, if it adds any.
    """

    remark: OptionalWords = ""


class ContestDelivery(CaseCommand):
    """Say that not everything was delivered.

    Attributes:
        missing: what is missing.
    """

    missing: Words = ""


class DeemDelivered(Command):
    """Go on without the State's answer, once its time has passed.

    Attributes:
        key: public key of the case.
    """

    key: str


class AskLookBack(Command):
    """Ask the State of a closed case what became of the assistance.

    Attributes:
        key: public key of the case.
    """

    key: str


class Evaluate(CaseCommand):
    """Evaluate a delivery, or say that the State will not.

    Attributes:
        answer: whether it evaluates.
        relevance: to the need, 1 to 5; the other four likewise (requests, The five evaluation questions).
        remark: the State's own words.
    """

    answer: Annotated[EvaluationAnswer, BeforeValidator(lambda value: value or EvaluationAnswer.GIVEN)] = (
        EvaluationAnswer.GIVEN
    )
    relevance: Grade = None
    quality: Grade = None
    timeliness: Grade = None
    use: Grade = None
    cooperation: Grade = None
    remark: OptionalWords = ""

    @field_validator("relevance", "quality", "timeliness", "use", "cooperation")
    @classmethod
    def _graded(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.data.get("answer") is EvaluationAnswer.DECLINED:
            return None
        if value is None or not LEAST <= value <= MOST:
            raise PydanticCustomError("evaluation.grade_needed", "a grade is needed")
        return value


class Close(CaseCommand):
    """Close a request that was evaluated.

    Attributes:
        remark: a last word, for State and Branch.
    """

    remark: OptionalWords = ""


class Reopen(CaseCommand):
    """Open a closed request again.

    Attributes:
        reason: why.
    """

    reason: Words = ""


class Measure(Command):
    """What became of the assistance of one type.

    Attributes:
        answer: whether what it was for has come about.
        number: how many, where the type counts something.
        words: in the State's own words.
    """

    type: AssistanceType
    answer: Annotated[Became | None, BeforeValidator(_as_chosen), Field(validate_default=True)] = None
    number: Annotated[Any, BeforeValidator(_as_chosen)] = None
    words: OptionalWords = ""

    @field_validator("answer")
    @classmethod
    def _chosen(cls, value: Became | None) -> Became:
        if value is None:
            raise PydanticCustomError("look_back.answer_needed", "an answer is needed")
        return value

    @field_validator("number")
    @classmethod
    def _counted(cls, value: Any) -> int | None:
        if value is None:
            return None
        if not isinstance(value, int) or not 0 <= value <= MOST_COUNTED:
            raise PydanticCustomError("look_back.number", "no number", {"most": MOST_COUNTED})
        return value


class AnswerLookBack(CaseCommand):
    """Say what became of the assistance.

    Attributes:
        measures: one for each type of assistance of the request.
        remark: what else the State wants to say.
    """

    measures: Annotated[tuple[Measure, ...], Field(max_length=len(AssistanceType))] = ()
    remark: OptionalWords = ""
