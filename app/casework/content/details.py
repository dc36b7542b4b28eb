"""The task "details": one section for each kind of assistance, asked only when a chosen type needs it.

The sections are stored in the task; in a path the section stands for the task: `drafting.bill_date`.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints, create_model

from app.casework.content.fields import Line, Optional, OptionalText, StateCode, TaskModel, plain
from app.casework.content.needs import Types
from app.casework.content.tasks import Language
from app.workflow.vocabulary import AssistanceType as Type

DIFFICULTIES = 3000
#: More people, copies or rows than any request asked for; a slip of the keyboard is refused.
MOST_PEOPLE, MOST_COPIES, MOST_ROWS = 100_000, 100_000, 20


class RatificationStage(StrEnum):
    """Where the ratification or accession stands at home."""

    CABINET = "cabinet"
    PARLIAMENT = "parliament"
    SIGNATURE = "signature"
    DEPOSIT = "deposit"


class Reservation(StrEnum):
    """Whether a reservation or declaration is meant; yes or under study opens a consultation of OLA."""

    YES = "yes"
    NO = "no"
    UNDER_STUDY = "under_study"


class Profession(StrEnum):
    """Who is to be trained."""

    JUDGES = "judges"
    PROSECUTORS = "prosecutors"
    INVESTIGATORS = "investigators"
    DEFENCE = "defence"
    POLICE = "police"
    CENTRAL_AUTHORITY = "central_authority"
    FINANCIAL_INTELLIGENCE = "financial_intelligence"
    LEGISLATORS = "legislators"
    OTHER = "other"


class TrainingLevel(StrEnum):
    """What those who are to be trained know already."""

    BASIC = "basic"
    ADVANCED = "advanced"
    TRAINERS = "trainers"


class TrainingTopic(StrEnum):
    """What a training is about."""

    INSTRUMENTS = "instruments"
    OFFENCES = "offences"
    INVESTIGATION = "investigation"
    EVIDENCE = "evidence"
    FINANCING = "financing"
    EXTRADITION = "extradition"
    MUTUAL_ASSISTANCE = "mutual_assistance"
    FAIR_TRIAL = "fair_trial"
    NUCLEAR = "nuclear"
    TRANSPORT = "transport"
    CYBER = "cyber"
    VICTIMS = "victims"


class DocumentRef(TaskModel):
    """A document that was attached: its public key, name, language and hash; the row is the documents package's."""

    key: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{12}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=255), plain]
    language: Language
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TrainingGroup(TaskModel):
    """People of one profession who are to be trained."""

    profession: Profession
    number: Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
    level: TrainingLevel


class ToolItem(TaskModel):
    """A published tool that is asked for."""

    tool: Line
    language: Language
    copies: Annotated[int, Field(ge=1, le=MOST_COPIES)]


class Ratification(TaskModel):
    """Section for ratification and accession."""

    stage: RatificationStage
    obstacle: OptionalText = ""
    reservation: Reservation


class Drafting(TaskModel):
    """Section for drafting: the text that is to be reviewed, and by when."""

    texts: Annotated[list[DocumentRef], Field(min_length=1, max_length=MOST_ROWS)]
    bill_date: Annotated[date | None, Optional] = None


class Training(TaskModel):
    """Section for training of every kind."""

    professions: Annotated[list[TrainingGroup], Field(min_length=1, max_length=MOST_ROWS)]
    topics: Annotated[list[TrainingTopic], Field(min_length=1, max_length=len(TrainingTopic))]


class Cooperation(TaskModel):
    """Section for international cooperation in criminal matters (6): general words, never a case or a person."""

    authority: Line
    partners: Annotated[list[StateCode], Field(max_length=200)] = []
    difficulties: Annotated[str, StringConstraints(min_length=1, max_length=DIFFICULTIES), plain]


class Workshop(TaskModel):
    """Section for events with other States; each answers for itself through its own participation."""

    participating_states: Annotated[list[StateCode], Field(min_length=1, max_length=200)]


class Visit(TaskModel):
    """Section for a joint visit; its dated consent is a record of its own, asked with the plan."""

    report: Line


class Tools(TaskModel):
    """Section for published tools."""

    items: Annotated[list[ToolItem], Field(min_length=1, max_length=MOST_ROWS)]


TRAINED: Types = frozenset({Type.JUDICIAL_TRAINING, Type.PROSECUTORIAL_TRAINING, Type.ONLINE_COURSE, Type.MENTORING})
WITH_OTHER_STATES: Types = frozenset({Type.REGIONAL_WORKSHOP, Type.SUBREGIONAL_WORKSHOP, Type.MINISTERIAL_CONFERENCE})
#: The sections in their order: name, model, types that need it.
SECTIONS: dict[str, tuple[type[TaskModel], Types]] = {
    "ratification": (Ratification, frozenset({Type.RATIFICATION})),
    "drafting": (Drafting, frozenset({Type.LEGISLATIVE_DRAFTING})),
    "training": (Training, TRAINED),
    "cooperation": (Cooperation, frozenset({Type.INTERNATIONAL_COOPERATION})),
    "workshop": (Workshop, WITH_OTHER_STATES),
    "visit": (Visit, frozenset({Type.JOINT_VISIT})),
    "tools": (Tools, frozenset({Type.TOOLS})),
}


def sections_of(types: Types) -> tuple[str, ...]:
    """Return the names of the sections that requests of these types have."""
    return tuple(name for name, (_model, wanted) in SECTIONS.items() if wanted & types)


def details_model(types: Types) -> type[TaskModel]:
    """Return the model of the task for a request of these types."""
    return _model_of(sections_of(types))


@cache
def _model_of(sections: tuple[str, ...]) -> type[TaskModel]:
    """Return one model for each set of sections: there are few of them, and very many sets of types."""
    parts: dict[str, Any] = {name: (SECTIONS[name][0], ...) for name in sections}
    return create_model("Details", __base__=TaskModel, **parts)
