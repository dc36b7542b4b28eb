"""What a request holds: one model per task, checked the same way by the form, by the submission and by imports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from app.casework.content.fields import TaskModel
from app.casework.content.tasks import SCHEMA_NUMBER, Consents, Need, Rights, RightsConfirmation, Who
from app.foundation.errors import FieldError
from app.workflow.vocabulary import AssistanceType

__all__ = [
    "LIGHT_TYPES",
    "SCHEMA_NUMBER",
    "TASKS",
    "Checked",
    "check_task",
    "missing_fields",
    "task_model",
    "types_of",
    "without_empty",
]

#: The tasks in the order in which a State meets them.
TASKS = ("who", "need", "rights", "consents")
#: A request of only these types gives one confirmation instead of the six answers.
LIGHT_TYPES = frozenset({AssistanceType.TOOLS, AssistanceType.ONLINE_COURSE})
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
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A task's answers after the check.

    Attributes:
        data: the answers as JSON; None when something wrong was entered.
        wrong: what cannot be kept.
        unanswered: what is still missing for submission.
    """

    data: dict[str, Any] | None
    wrong: tuple[FieldError, ...] = ()
    unanswered: tuple[FieldError, ...] = ()


def types_of(drafts: Mapping[str, Mapping[str, Any]]) -> frozenset[AssistanceType]:
    """Return the assistance types that the task "need" names."""
    known = {word.value for word in AssistanceType}
    return frozenset(AssistanceType(word) for word in drafts.get("need", {}).get("types") or () if word in known)


def task_model(task: str, types: frozenset[AssistanceType]) -> type[TaskModel]:
    """Return the model of `task` for a request of these types.

    Raises:
        KeyError: there is no such task.
    """
    if task == "rights":
        return RightsConfirmation if types and types <= LIGHT_TYPES else Rights
    models: dict[str, type[TaskModel]] = {"who": Who, "need": Need, "consents": Consents}
    return models[task]


def check_task(task: str, entered: Mapping[str, Any], types: frozenset[AssistanceType]) -> Checked:
    """Check what was entered for `task`.

    Args:
        task: one of `TASKS`.
        entered: answers by field name; unanswered fields may be absent, empty or None.
        types: the assistance types of the request.
    """
    model = task_model(task, types)
    answers = {name: answer for name, answer in without_empty(entered).items() if name in model.model_fields}
    try:
        checked = model.model_validate(_with_parts(model, answers))
    except ValidationError as problem:
        errors = [(error["type"], _field_error(error)) for error in problem.errors()]
        wrong = tuple(error for kind, error in errors if kind not in UNANSWERED)
        unanswered = tuple(error for kind, error in errors if kind in UNANSWERED)
        return Checked(None if wrong else answers, wrong, unanswered)
    return Checked(checked.model_dump(mode="json"))


def missing_fields(drafts: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the paths (`need.title`) that keep a draft from being submitted, in the order of the tasks."""
    types = types_of(drafts)
    paths: list[str] = []
    for task in TASKS:
        checked = check_task(task, drafts.get(task, {}), types)
        paths += [f"{task}.{error.path}" for error in (*checked.wrong, *checked.unanswered)]
    return tuple(dict.fromkeys(paths))


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
