"""What a request holds: one model per task, checked the same way by the form, by the submission and by imports."""

from app.casework.content.checking import (
    LIGHT_TYPES,
    TASKS,
    UNANSWERED,
    Checked,
    applicable,
    asked_of,
    check_task,
    is_asked,
    missing_fields,
    task_model,
    types_of,
    without_empty,
)
from app.casework.content.needs import Moment
from app.casework.content.tasks import SCHEMA_NUMBER

__all__ = [
    "LIGHT_TYPES",
    "SCHEMA_NUMBER",
    "TASKS",
    "UNANSWERED",
    "Checked",
    "Moment",
    "applicable",
    "asked_of",
    "check_task",
    "is_asked",
    "missing_fields",
    "task_model",
    "types_of",
    "without_empty",
]
