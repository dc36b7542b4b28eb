"""Checking answers: what is wrong, what is still missing, and at which moment it must be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from app.casework.content.details import details_model, sections_of
from app.casework.content.fields import TaskModel
from app.casework.content.instruments import NORMATIVE, Instruments
from app.casework.content.needs import Moment, Types, still_needed
from app.casework.content.paths import DETAILS, path_in
from app.casework.content.results import Results
from app.casework.content.tasks import Consents, Need, Rights, RightsConfirmation, Who
from app.foundation.errors import FieldError
from app.workflow.vocabulary import AssistanceType, Channel

#: The tasks in the order in which a State meets them.
TASKS = ("who", "need", "instruments", DETAILS, "results", "rights", "consents")
#: A request of only these types gives one confirmation instead of the six answers.
LIGHT_TYPES = frozenset({AssistanceType.TOOLS, AssistanceType.ONLINE_COURSE})
#: Fields that ask only requests of some types, beside the sections of "details" and the two forms of "rights".
ASKED_ONLY: dict[str, Types] = {
    "instruments.list": NORMATIVE,
    "instruments.said": NORMATIVE,
    "instruments.nuclear_party": NORMATIVE,
    "instruments.nuclear_wanted": NORMATIVE,
    "need.parent": frozenset({AssistanceType.FOLLOW_UP}),
}
#: Errors that say "not yet answered"; a draft may be saved with them.
UNANSWERED = {
    "missing",
    "string_too_short",
    "too_short",
    "none_required",
    "urgency_trigger",
    "rights_remark",
    "rights_confirmation",
    "ctc_consent",
    "partners_listed",
}
#: Errors of a whole model belong to the field that mends them.
_FIELD_OF_RULE = {
    "urgency_trigger": "urgency_trigger",
    "rights_remark": "remark",
    "rights_confirmation": "confirmed",
    "ctc_consent": "ctc",
    "partners_listed": "partners_listed",
    "range_order": "end",
    "previous_none": "previous_none",
}
_MODELS: dict[str, type[TaskModel]] = {
    "who": Who,
    "need": Need,
    "instruments": Instruments,
    "results": Results,
    "consents": Consents,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A task's answers after the check.

    Attributes:
        data: the answers as JSON; None when something wrong was entered.
        wrong: what cannot be kept.
        unanswered: what is still missing at the moment that was asked about.
    """

    data: dict[str, Any] | None
    wrong: tuple[FieldError, ...] = ()
    unanswered: tuple[FieldError, ...] = ()


def types_of(drafts: Mapping[str, Mapping[str, Any]]) -> Types:
    """Return the assistance types that the task "need" names."""
    known = {word.value for word in AssistanceType}
    return frozenset(AssistanceType(word) for word in drafts.get("need", {}).get("types") or () if word in known)


def task_model(task: str, types: Types) -> type[TaskModel]:
    """Return the model of `task` for a request of these types.

    Raises:
        KeyError: there is no such task.
    """
    if task == "rights":
        return RightsConfirmation if types and types <= LIGHT_TYPES else Rights
    return details_model(types) if task == DETAILS else _MODELS[task]


def is_asked(path: str, types: Types) -> bool:
    """Tell whether requests of these types are asked for the field at `path`."""
    head, _dot, rest = path.partition(".")
    if head == "rights":
        return rest.partition(".")[0] in task_model(head, types).model_fields
    if head in _MODELS:
        asked = next((wanted for field, wanted in ASKED_ONLY.items() if f"{path}.".startswith(f"{field}.")), None)
        return asked is None or bool(asked & types)
    return head in sections_of(types)


def asked_of(task: str, answers: Mapping[str, Any], types: Types) -> dict[str, Any]:
    """Return those of the answers of `task` that requests of these types are asked for; others stay in the draft."""
    fields = task_model(task, types).model_fields
    return {name: given for name, given in answers.items() if name in fields and is_asked(path_in(task, name), types)}


def check_task(
    task: str,
    entered: Mapping[str, Any],
    types: Types,
    *,
    moment: Moment = Moment.SUBMISSION,
    channel: Channel = Channel.PORTAL,
) -> Checked:
    """Check what was entered for `task`.

    Args:
        task: one of `TASKS`.
        entered: answers by field name; unanswered fields may be absent, empty or None.
        types: the assistance types of the request.
        moment: what must be there by then is named when it is missing.
        channel: on which the request came.
    """
    model = task_model(task, types)
    answers = asked_of(task, without_empty(entered), types)
    needed = [FieldError(path, "missing") for path in still_needed(model, answers, moment, types, channel)]
    try:
        checked = model.model_validate(_with_parts(model, answers))
    except ValidationError as problem:
        errors = [(error["type"], _field_error(error)) for error in problem.errors()]
        wrong = tuple(error for kind, error in errors if kind not in UNANSWERED)
        missing = [error for kind, error in errors if kind in UNANSWERED]
        return Checked(None if wrong else answers, wrong, _in_order(model, [*missing, *needed]))
    data = asked_of(task, checked.model_dump(mode="json"), types)
    return Checked(data, (), _in_order(model, needed))


def missing_fields(
    drafts: Mapping[str, Mapping[str, Any]],
    moment: Moment = Moment.SUBMISSION,
    *,
    channel: Channel = Channel.PORTAL,
) -> tuple[str, ...]:
    """Return the paths (`need.title`) of what must be there at `moment` and is not, in the order of the tasks.

    Args:
        drafts: answers by task, of a draft or a revision.
        moment: what earlier moments demand is demanded as well.
        channel: on which the request came.
    """
    types = types_of(drafts)
    paths: list[str] = []
    for task in TASKS:
        checked = check_task(task, drafts.get(task, {}), types, moment=moment, channel=channel)
        paths += [path_in(task, error.path) for error in (*checked.wrong, *checked.unanswered)]
    return tuple(dict.fromkeys(paths))


def applicable(drafts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the answers by task that requests of these types are asked for: what a draft submits of what it holds."""
    types = types_of(drafts)
    return {task: asked_of(task, answers, types) for task, answers in drafts.items()}


def without_empty(value: Any) -> Any:
    """Drop what was left empty, so that "empty" and "absent" are one thing; keep False."""
    if isinstance(value, Mapping):
        kept = {name: without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [inner for inner in (without_empty(one) for one in value) if inner not in (None, "", [], {})]
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return value.isoformat() if hasattr(value, "isoformat") else value


def _in_order(model: type[TaskModel], errors: list[FieldError]) -> tuple[FieldError, ...]:
    """Sort what is missing as the model names its fields."""
    places = {name: place for place, name in enumerate(model.model_fields)}
    return tuple(sorted(errors, key=lambda error: places.get(error.path.partition(".")[0], len(places))))


def _with_parts(kind: type[TaskModel], answers: dict[str, Any]) -> dict[str, Any]:
    """Return `answers` with an empty part for each that was left out, so that its own fields are named as missing."""
    parts: dict[str, Any] = {name: {} for name, field in kind.model_fields.items() if _is_part(field.annotation)}
    return {**parts, **answers}


def _is_part(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, TaskModel)


def _field_error(problem: Any) -> FieldError:
    path = [str(part) for part in problem["loc"]]
    if (rule := problem["type"]) in _FIELD_OF_RULE:
        path.append(_FIELD_OF_RULE[rule])
    return FieldError(".".join(path), rule, problem.get("ctx") or {})
