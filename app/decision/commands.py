"""What the use cases of proposals and decisions take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import TEXT_LENGTH, CaseCommand, Command, SaysWhatChanged, Words
from app.casework.content.fields import empty_is_none, plain_text
from app.decision.models import PROVIDER_LENGTH
from app.decision.vocabulary import REASONS_OF, DeclineReason, OutcomeReason
from app.workflow.vocabulary import AssistanceType, OutcomeKind


def _none_is_empty(value: object) -> object:
    """A field that the page did not show was not sent."""
    return "" if value is None else value


_Absent = BeforeValidator(_none_is_empty)
_Text = Annotated[str, _Absent, StringConstraints(max_length=TEXT_LENGTH), Field(validate_default=True)]
_EmptyIsNone = BeforeValidator(empty_is_none)


class ProposeOutcome(CaseCommand):
    """Propose to the chief how a request should end.

    Attributes:
        kind: what is proposed.
        reason: one of the reasons of `kind`.
        text: why, for the State.
        remedy: what would make it eligible, for the State; needed with "not eligible".
        provider: who can help instead; needed with a referral.
        state_agreed: the State agreed to the referral.
        account: what was delivered and spent; needed with the end of assistance that began.
        note: for the chief alone.
    """

    kind: OutcomeKind
    reason: Annotated[OutcomeReason | None, _EmptyIsNone, Field(validate_default=True)] = None
    text: Words = ""
    remedy: _Text = ""
    provider: Annotated[str, _Absent, StringConstraints(max_length=PROVIDER_LENGTH), Field(validate_default=True)] = ""
    state_agreed: bool = False
    account: _Text = ""
    note: _Text = ""

    @field_validator("reason")
    @classmethod
    def _of_this_outcome(cls, value: OutcomeReason | None, info: ValidationInfo) -> OutcomeReason | None:
        kind = info.data.get("kind")
        if kind is not None and value not in REASONS_OF[kind]:
            raise PydanticCustomError("outcome_reason_needed", "a reason of this outcome is needed")
        return value

    @field_validator("remedy", "provider", "account")
    @classmethod
    def _needed_with_its_outcome(cls, value: str, info: ValidationInfo) -> str:
        needed = {
            OutcomeKind.INELIGIBLE: "remedy",
            OutcomeKind.REFER: "provider",
            OutcomeKind.DISCONTINUE: "account",
        }
        kind = info.data.get("kind")
        if kind is None:
            return plain_text(value)
        if needed[kind] != info.field_name:
            # What belongs to another outcome is not kept: nobody would see it.
            return ""
        if not value.strip():
            raise PydanticCustomError(f"{info.field_name}_needed", "needed with this outcome")
        return plain_text(value)

    @field_validator("note")
    @classmethod
    def _plain(cls, value: str) -> str:
        return plain_text(value)


class ReturnProposal(CaseCommand):
    """Send a proposal back to the officers.

    Attributes:
        comment: why, for the Branch alone.
    """

    comment: Words = ""


class FindIneligible(CaseCommand):
    """Decide as it was proposed that a request is not eligible."""


class Refer(CaseCommand):
    """Refer a request to another provider, as it was proposed."""


class Discontinue(CaseCommand):
    """End assistance early, as it was proposed."""


class PutForDecision(CaseCommand):
    """Give an assessed, consulted and planned request to the chief."""


class Decline(CaseCommand):
    """Decline a whole request.

    Attributes:
        reason: why.
        text: why, for the State.
    """

    reason: Annotated[DeclineReason | None, _EmptyIsNone, Field(validate_default=True)] = None
    text: Words = ""

    @field_validator("reason")
    @classmethod
    def _given(cls, value: DeclineReason | None) -> DeclineReason:
        if value is None:
            raise PydanticCustomError("decline_reason_needed", "a reason is needed")
        return value


class DecideType(Command):
    """What is decided on one type of assistance.

    Attributes:
        approved: whether it is given.
        reason: why not.
        text: why not, for the State.
    """

    type: AssistanceType
    approved: Annotated[bool | None, _EmptyIsNone, Field(validate_default=True)] = None
    reason: Annotated[DeclineReason | None, _EmptyIsNone, Field(validate_default=True)] = None
    text: _Text = ""

    @field_validator("approved")
    @classmethod
    def _decided(cls, value: bool | None) -> bool:
        if value is None:
            raise PydanticCustomError("type_decision_needed", "approve or decline")
        return value

    @field_validator("reason")
    @classmethod
    def _why_not(cls, value: DeclineReason | None, info: ValidationInfo) -> DeclineReason | None:
        if info.data.get("approved") is not False:
            return None
        if value is None:
            raise PydanticCustomError("decline_reason_needed", "a reason is needed")
        return value

    @field_validator("text")
    @classmethod
    def _in_words(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("approved") is not False:
            # What is approved needs no words; words that nobody would see are not kept.
            return ""
        if not value.strip():
            raise PydanticCustomError("decline_text_needed", "words are needed")
        return plain_text(value)


class Approve(CaseCommand):
    """Approve a request: at least one of its types of assistance.

    Attributes:
        decisions: one for each type that the State asked for.
    """

    decisions: Annotated[tuple[DecideType, ...], Field(max_length=len(AssistanceType))]

    @field_validator("decisions")
    @classmethod
    def _some(cls, value: tuple[DecideType, ...]) -> tuple[DecideType, ...]:
        if not any(one.approved for one in value):
            raise PydanticCustomError("nothing_approved", "at least one type")
        return value


class SendBack(SaysWhatChanged):
    """Give a request back to its officer instead of deciding.

    Attributes:
        comment: why, for the Branch alone.
    """

    comment: Words = ""


class Reassess(SaysWhatChanged):
    """Have a request that is being planned assessed anew.

    Attributes:
        reason: which facts changed, for the Branch alone.
    """

    reason: Words = ""


class AskReconsideration(CaseCommand):
    """Ask for a second look at a refused request.

    Attributes:
        new_fact: what was not known before.
    """

    new_fact: Words = ""


class Reconsider(CaseCommand):
    """Take a refused request up again, with another officer.

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
