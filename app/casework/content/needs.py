"""When an answer must be there: before submission, `consult` or `agree_plan` (request_fields, required_at).

A field without default in its model is required at submission. Everything else that is required says so beside its
type, `Annotated[..., Needed(Moment.CONSULT)]`, so that the models are the only list of rules.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.workflow.vocabulary import AssistanceType, Channel

Answers = Mapping[str, Any]
Types = frozenset[AssistanceType]
#: Whether an answer is not needed after all, by the answers beside it and the types of the request.
Unless = Callable[[Answers, Types], bool]
EVERY_TYPE: Types = frozenset(AssistanceType)


class Moment(IntEnum):
    """The moments at which a request must be complete, in order: what one demands the later ones demand as well."""

    SUBMISSION = 1
    CONSULT = 2
    PLAN = 3


@dataclass(frozen=True, slots=True)
class Needed:
    """Marks an answer that may stay open in a draft and must be there later.

    Attributes:
        at: from this moment on.
        types: of requests for one of these.
        channels: of requests that came on one of these; None for all.
        unless: see `Unless`.
    """

    at: Moment
    types: Types = EVERY_TYPE
    channels: frozenset[Channel] | None = None
    unless: Unless | None = None

    def holds(self, answers: Answers, types: Types, channel: Channel) -> bool:
        """Tell whether the rule concerns a request of these types."""
        concerned = bool(self.types & types) or (self.types == EVERY_TYPE and not types)
        by_channel = self.channels is None or channel in self.channels
        return concerned and by_channel and not (self.unless is not None and self.unless(answers, types))


def mark_of(field: FieldInfo) -> Needed | None:
    """Return the mark of a field, if it has one."""
    return next((mark for mark in field.metadata if isinstance(mark, Needed)), None)


def still_needed(
    model: type[BaseModel], answers: Answers, moment: Moment, types: Types, channel: Channel
) -> Iterator[str]:
    """Return the paths inside `answers` of what its marks demand at `moment` and is not there.

    Args:
        model: of `answers`; parts and rows inside it are looked through as well.
        answers: without what was left empty.
    """
    for name, field in model.model_fields.items():
        given = answers.get(name)
        mark = mark_of(field)
        if mark is not None and given is None and mark.at <= moment and mark.holds(answers, types, channel):
            yield name
        inner = _model_in(field.annotation)
        if inner is None:
            continue
        parts = enumerate(given) if isinstance(given, list) else [(None, given)]
        for place, part in parts:
            if isinstance(part, Mapping):
                for path in still_needed(inner, part, moment, types, channel):
                    yield f"{name}.{path}" if place is None else f"{name}.{place}.{path}"


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a part or of the rows of a list, wherever it stands in the annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(_model_in, get_args(annotation)) if found is not None), None)
