"""The task "instruments": which instruments and resolutions a request is about (paragraphs 4 and 10)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from app.casework.content.fields import Optional, TaskModel
from app.casework.content.needs import Moment, Needed, Types
from app.workflow.vocabulary import AssistanceType

#: Types of assistance that begin with an instrument.
NORMATIVE: Types = frozenset({AssistanceType.RATIFICATION, AssistanceType.LEGISLATIVE_DRAFTING})
#: The International Convention for the Suppression of Acts of Nuclear Terrorism (paragraph 10).
NUCLEAR_TERRORISM = "NUCLEAR_TERRORISM_2005"

InstrumentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]{1,40}$")]


class Resolution(StrEnum):
    """Resolutions of the Security Council that a request may follow."""

    R1373 = "1373"
    R1535 = "1535"
    R1540 = "1540"
    R1566 = "1566"
    R1624 = "1624"


class PartySaid(StrEnum):
    """What a State says of itself where no list of the depositary is at hand."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class NuclearWish(StrEnum):
    """Whether the State wants the Nuclear Terrorism Convention taken up; only upon request (10)."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Said(TaskModel):
    """The State's own word about one instrument."""

    instrument: InstrumentCode
    party: PartySaid


#: Spelt here, because inside the model `list` is one of its fields.
_Codes = list[InstrumentCode]
_Words = list[Said]
_Resolutions = list[Resolution]


def _is_nuclear_party(answers: Mapping[str, Any], _types: Types) -> bool:
    return bool(answers.get("nuclear_party"))


class Instruments(TaskModel):
    """Task "instruments".

    Attributes:
        list: codes of the instruments that help is asked with; a party asks for help with putting them into law.
        said: the State's word where its status is unknown; unknown is asked, never assumed.
        nuclear_party: whether the State is a party to the Nuclear Terrorism Convention, by the list or its own
            word, when it answered; written by the system.
    """

    list: Annotated[_Codes, Field(max_length=40), Needed(Moment.SUBMISSION, NORMATIVE)] = []
    said: Annotated[_Words, Field(max_length=40)] = []
    nuclear_party: bool = False
    nuclear_wanted: Annotated[
        NuclearWish | None, Optional, Needed(Moment.SUBMISSION, NORMATIVE, unless=_is_nuclear_party)
    ] = None
    resolutions: Annotated[_Resolutions, Field(max_length=len(Resolution))] = []
