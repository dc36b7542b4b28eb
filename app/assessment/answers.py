"""What each part of an assessment holds, and what of it is still open: the only place where these rules stand.

Every answer may be left open while the officer works on the part; `open_answers` says what it needs to be complete.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from app.assessment.vocabulary import SIX_QUESTIONS, Finding, NeedFinding, Part, Priority, RightsQuestion, RiskLevel
from app.casework.content.fields import MoneyAnswer, Optional, TaskModel, empty_is_none, plain_text
from app.casework.content.results import CrimeLink, JusticeMarker
from app.foundation.errors import FieldError

TEXT_LENGTH = 6000
REMARK_LENGTH = 2000


def _absent_is_empty(value: Any) -> Any:
    return "" if value is None else value


_Absent = BeforeValidator(_absent_is_empty)
_None = BeforeValidator(empty_is_none)
Text = Annotated[str, _Absent, StringConstraints(max_length=TEXT_LENGTH), AfterValidator(plain_text)]
Remark = Annotated[str, _Absent, StringConstraints(max_length=REMARK_LENGTH), AfterValidator(plain_text)]


def _none_alone(chosen: list[Any]) -> list[Any]:
    if len(chosen) > 1 and any(one.value == "none" for one in chosen):
        raise PydanticCustomError("none_alone", "none excludes the others")
    return chosen


class PartModel(TaskModel):
    """Base of the parts."""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open, each with the path of its field."""
        return iter(())


class Need(PartModel):
    """What is needed, as the officer sees it.

    Attributes:
        finding: whether the officer sees the need that the State describes.
        text: what is needed, and from where the officer knows.
    """

    finding: Annotated[NeedFinding | None, _None] = None
    text: Text = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        yield from _needed(self, finding="choose_finding", text="write_need")


class EarlierAssistance(PartModel):
    """Earlier assistance: what the Branch has on record, what the State listed, what the officer knows besides.

    Attributes:
        similar: whether the State had similar assistance in the last 24 months, from whomever.
        remark: what it was and what came of it; needed with a yes, and where a no departs from what is on record.
    """

    similar: Annotated[bool | None, _None] = None
    remark: Text = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        if self.similar is None:
            yield FieldError("similar", "choose_similar")
        elif self.similar and not self.remark:
            yield FieldError("remark", "say_what_was_similar")


class Reviewed(TaskModel):
    """The finding on one question; a concern needs a remark."""

    finding: Annotated[Finding | None, _None] = None
    remark: Remark = ""


class RightsReviewed(PartModel):
    """The six questions, or one confirmation; the findings are rows of their own (`models.RightsReview`).

    Attributes:
        safeguards: what must be observed in planning and delivery.
    """

    q1: Reviewed | None = None
    q2: Reviewed | None = None
    q3: Reviewed | None = None
    q4: Reviewed | None = None
    q5: Reviewed | None = None
    q6: Reviewed | None = None
    confirmed: Reviewed | None = None
    safeguards: Text = ""

    @property
    def findings(self) -> dict[RightsQuestion, Reviewed]:
        """The findings by question."""
        found = {question: getattr(self, question.value) for question in RightsQuestion}
        return {question: one for question, one in found.items() if one is not None}

    def asking(self, questions: Collection[RightsQuestion]) -> RightsReviewed:
        """Return the same with just these questions, those without a finding open."""
        asked = {question.value: getattr(self, question.value) or Reviewed() for question in questions}
        return RightsReviewed(safeguards=self.safeguards, **asked)

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        for question, one in self.findings.items():
            if one.finding is None:
                yield FieldError(f"{question.value}.finding", "choose_rights_finding")
            elif one.finding is Finding.CONCERN and not one.remark:
                yield FieldError(f"{question.value}.remark", "concern_needs_remark")


class CrimeLinks(PartModel):
    """Links to other crime (9)."""

    chosen: Annotated[list[CrimeLink], AfterValidator(_none_alone)] = []
    remark: Remark = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        yield from _needed(self, chosen="choose_crime_links")


class JusticeMarkers(PartModel):
    """Parts of criminal justice that the assistance would strengthen (8)."""

    chosen: Annotated[list[JusticeMarker], AfterValidator(_none_alone)] = []
    remark: Remark = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        yield from _needed(self, chosen="choose_justice_markers")


class Risks(PartModel):
    """What could go wrong, and what is done about it; not asked for before `consult`."""

    level: Annotated[RiskLevel | None, _None] = None
    text: Text = ""
    measures: Text = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        yield from _needed(self, level="choose_risk", text="write_risks")


class CostEstimate(PartModel):
    """What the assistance would cost, without programme support cost.

    Attributes:
        value: in minor units of its currency.
        basis: how it was estimated.
    """

    value: Annotated[MoneyAnswer | None, Optional] = None
    basis: Remark = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open."""
        yield from _needed(self, value="enter_cost", basis="write_basis")


class Prioritized(PartModel):
    """What the score asks of the officer, and the priority that the officer decides.

    Attributes:
        cted: CTED recommends what is asked for.
        text_ready: the text to be worked on is there.
        host_named: who will host is named.
        counterpart_named: who will work with the Branch is named.
        priority: the officer's own.
        reason: why it departs from what the score advises.
    """

    cted: Annotated[bool | None, _None] = None
    text_ready: Annotated[bool | None, _None] = None
    host_named: Annotated[bool | None, _None] = None
    counterpart_named: Annotated[bool | None, _None] = None
    priority: Annotated[Priority | None, _None] = None
    reason: Remark = ""

    def open_answers(self) -> Iterator[FieldError]:
        """Yield what is still open; whether a reason is needed depends on the score, see `services`."""
        asked = ("cted", "text_ready", "host_named", "counterpart_named")
        for name in asked:
            if getattr(self, name) is None:
                yield FieldError(name, "choose_yes_or_no")
        yield from _needed(self, priority="choose_priority")


MODELS: Mapping[Part, type[PartModel]] = {
    Part.NEED: Need,
    Part.EARLIER_ASSISTANCE: EarlierAssistance,
    Part.RIGHTS_REVIEW: RightsReviewed,
    Part.CRIME_LINKS: CrimeLinks,
    Part.JUSTICE_MARKERS: JusticeMarkers,
    Part.RISKS: Risks,
    Part.COST_ESTIMATE: CostEstimate,
    Part.PRIORITY: Prioritized,
}


def questions_of(*, confirms: bool) -> tuple[RightsQuestion, ...]:
    """Return what the rights review of a request asks.

    Args:
        confirms: the request is for only tools or an online course (requests, The six rights questions).
    """
    return (RightsQuestion.CONFIRMED,) if confirms else SIX_QUESTIONS


def _needed(model: PartModel, **codes: str) -> Iterator[FieldError]:
    for name, code in codes.items():
        if getattr(model, name) in (None, "", []):
            yield FieldError(name, code)
