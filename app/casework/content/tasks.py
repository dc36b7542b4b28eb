"""The tasks "who", "need", "rights" and "consents". Required at submission is little (request_fields)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.casework.content.fields import Email, Line, LongText, Optional, OptionalLine, OptionalText, TaskModel, Title
from app.casework.content.needs import Moment, Needed
from app.workflow.vocabulary import AssistanceType, Channel, Urgency

#: Raised with every change of the models of this package; revisions keep the number they were written with. What an
#: earlier number wrote is read by the same models: a later one only adds fields.
SCHEMA_NUMBER = 2


class Language(StrEnum):
    """Working languages; for "other", intake records an English gist and the original prevails."""

    EN = "en"
    FR = "fr"
    ES = "es"
    RU = "ru"
    AR = "ar"
    ZH = "zh"
    PT = "pt"
    OTHER = "other"


class BeneficiaryKind(StrEnum):
    """What a beneficiary institution is."""

    JUSTICE = "justice"
    FOREIGN_AFFAIRS = "foreign_affairs"
    PARLIAMENT = "parliament"
    PROSECUTION = "prosecution"
    COURTS = "courts"
    FINANCIAL_INTELLIGENCE = "financial_intelligence"
    POLICE = "police"
    CENTRAL_AUTHORITY = "central_authority"
    OTHER = "other"


class Answer(StrEnum):
    """Answer to a rights question."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class PartnerConsent(StrEnum):
    """With which partners TPB may share the request."""

    NONE = "none"
    LISTED = "listed"
    ALL = "all"


class Contact(TaskModel):
    """The person whom TPB asks about the request."""

    name: Line
    function: Line
    institution: Line
    email: Email
    telephone: OptionalLine = ""
    language: Language = Language.EN


class Beneficiary(TaskModel):
    """An institution that the assistance is for."""

    name: Line
    kind: BeneficiaryKind


class Who(TaskModel):
    """Task "who": contact, beneficiaries, language."""

    contact: Contact
    beneficiaries: Annotated[list[Beneficiary], Field(min_length=1, max_length=20)]
    working_language: Language


class Need(TaskModel):
    """Task "need": what is asked for and why now.

    Attributes:
        parent: number of the request that a follow-up follows; written by the system.
    """

    title: Title
    types: Annotated[list[AssistanceType], Field(min_length=1)]
    problem: LongText
    urgency: Urgency = Urgency.ROUTINE
    urgency_trigger: OptionalText = ""
    urgency_date: Annotated[date | None, Optional] = None
    cted_recommendation: Annotated[
        OptionalText, Needed(Moment.SUBMISSION, channels=frozenset({Channel.CTED_REFERRAL}))
    ] = ""
    parent: Annotated[OptionalLine, Needed(Moment.SUBMISSION, frozenset({AssistanceType.FOLLOW_UP}))] = ""

    @model_validator(mode="after")
    def _urgent_needs_a_dated_trigger(self) -> Self:
        if self.urgency is Urgency.URGENT and not (self.urgency_trigger and self.urgency_date):
            raise PydanticCustomError("urgency_trigger", "urgent needs a dated trigger")
        return self


class RightsAnswer(TaskModel):
    """One of the six answers; "no" needs a remark."""

    answer: Answer
    remark: OptionalText = ""

    @model_validator(mode="after")
    def _no_needs_a_remark(self) -> Self:
        if self.answer is Answer.NO and not self.remark:
            raise PydanticCustomError("rights_remark", "a remark is needed")
        return self


class Rights(TaskModel):
    """Task "rights": the State's own answers to the six questions (requests.md)."""

    q1: RightsAnswer
    q2: RightsAnswer
    q3: RightsAnswer
    q4: RightsAnswer
    q5: RightsAnswer
    q6: RightsAnswer


class RightsConfirmation(TaskModel):
    """Task "rights" of a request for only tools or an online course: one confirmation."""

    confirmed: Annotated[bool, Field(strict=False)]

    @model_validator(mode="after")
    def _confirmed(self) -> Self:
        if not self.confirmed:
            raise PydanticCustomError("rights_confirmation", "must be confirmed")
        return self


class Consents(TaskModel):
    """Task "consents": sharing with CTC is asked of every request (paragraphs 1, 3, 4, 7)."""

    ctc: bool
    partners: PartnerConsent = PartnerConsent.NONE
    partners_listed: OptionalText = ""
    public_summary: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.ctc:
            raise PydanticCustomError("ctc_consent", "the resolution asks for coordination with CTC")
        if self.partners is PartnerConsent.LISTED and not self.partners_listed:
            raise PydanticCustomError("partners_listed", "name the partners")
        return self
