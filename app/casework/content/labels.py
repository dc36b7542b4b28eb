"""What each task, field and answer of a request is called, and how an answer is shown to a reader.

One field has one path everywhere (`need.title`); its label is the same in the form, in "check your answers", on the
officer's page and in a question about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel.speaklater import LazyString

from app.casework.content import TASKS, is_asked, task_model, types_of
from app.casework.content.display import Shown
from app.casework.content.field_labels import FIELD_LABELS, OTHER, RIGHTS_QUESTIONS, RIGHTS_SHORT, TASK_LABELS
from app.casework.content.paths import raw_value, task_of, without_positions
from app.casework.content.shown import ONLY_IF_GIVEN, SHOWN
from app.casework.content.tasks import Language, RightsConfirmation

__all__ = [
    "FIELD_LABELS",
    "OTHER",
    "RIGHTS_QUESTIONS",
    "RIGHTS_SHORT",
    "TASK_LABELS",
    "Row",
    "Shown",
    "field_choices",
    "label_of",
    "language_of",
    "raw_value",
    "rows_of",
    "value_of",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as it is shown: label, value, path; `change_url` leads to the page where it can be changed."""

    key: str
    value: Shown
    path: str
    change_url: str | None = None


def label_of(path: str) -> LazyString:
    """Return the label of the field at `path`; positions in lists (`who.beneficiaries.0.name`) do not matter.

    Raises:
        KeyError: there is no such field.
    """
    return FIELD_LABELS[without_positions(path)]


def field_choices() -> list[tuple[str, LazyString, LazyString | None]]:
    """Return (path, label, label of the task) of every field that a question may be tied to, and of "other"."""
    fields = [(path, label_of(path), TASK_LABELS[task]) for task in TASKS for path in SHOWN[task]]
    return [*fields, (OTHER, FIELD_LABELS[OTHER], None)]


def rows_of(data: Mapping[str, Any], task: str | None = None) -> list[tuple[str, list[Row]]]:
    """Return the answers in the order of the tasks, ready for `summary_list`; call it in a request.

    A task of which nothing is asked of requests of these types is left out.

    Args:
        data: answers by task: a revision's data, or the tasks of a draft.
        task: only this one.
    """
    wanted = (name for name in TASKS if task in (None, name))
    sections = ((str(TASK_LABELS[name]), list(_rows(name, data))) for name in wanted)
    return [section for section in sections if section[1] or task is not None]


def value_of(data: Mapping[str, Any], path: str) -> Shown:
    """Return the answer at `path` as it is shown; None when there is none, or `path` names no single answer."""
    show = SHOWN.get(task_of(path), {}).get(path)
    return show(raw_value(data, path), language_of(data)) if show else None


def language_of(data: Mapping[str, Any]) -> str | None:
    """Return the language in which the State wrote, for `lang`; None when it is not known which."""
    written = raw_value(data, "who.working_language")
    return None if written in (None, Language.OTHER.value) else str(written)


def _rows(task: str, data: Mapping[str, Any]) -> Iterator[Row]:
    lang, types, confirms = language_of(data), types_of(data), _gives_one_confirmation(data)
    for path, show in SHOWN[task].items():
        value = raw_value(data, path)
        asked = confirms == (path == "rights.confirmed") if task == "rights" else is_asked(path, types)
        if asked and (value not in (None, "", [], False) or path not in ONLY_IF_GIVEN):
            yield Row(str(label_of(path)), show(value, lang), path)


def _gives_one_confirmation(data: Mapping[str, Any]) -> bool:
    """Whether the task "rights" is one confirmation: as it was answered, else as the types demand."""
    asked = task_model("rights", types_of(data)) is RightsConfirmation
    answers = data.get("rights") or {}
    answered = {"confirmed" in answers, not any(question in answers for question in RIGHTS_SHORT)}
    return asked if not answers or len(answered) > 1 else answered.pop()
