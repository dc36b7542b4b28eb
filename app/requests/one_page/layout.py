"""What stands on the page: each input with the path of its answer, and which drafts the page can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from app.casework.content import types_of, without_empty
from app.casework.content.paths import corrected, raw_value
from app.workflow.vocabulary import AssistanceType, Urgency

#: Inputs of both pages, by name, with the paths of their answers.
_NEEDED = {"problem": "need.problem"}
_FOR_WHOM = {"beneficiary": "who.beneficiaries.0.name", "kind": "who.beneficiaries.0.kind"}
_CONFIRMED = {"confirmed": "rights.confirmed", "ctc": "consents.ctc"}


class Subject(StrEnum):
    """What is asked for on one page."""

    TOOL = "tool"
    COURSE = "course"


TYPES = {Subject.TOOL: AssistanceType.TOOLS, Subject.COURSE: AssistanceType.ONLINE_COURSE}
#: The inputs of each page in their order; there are at most nine, and each is an answer that submission needs.
INPUTS: dict[Subject, dict[str, str]] = {
    Subject.TOOL: {
        "tool": "tools.items.0.tool",
        "language": "tools.items.0.language",
        "copies": "tools.items.0.copies",
        **_NEEDED,
        **_FOR_WHOM,
        **_CONFIRMED,
    },
    Subject.COURSE: {
        "topics": "training.topics",
        "profession": "training.professions.0.profession",
        "number": "training.professions.0.number",
        "level": "training.professions.0.level",
        **_NEEDED,
        **_FOR_WHOM,
        **_CONFIRMED,
    },
}
#: The tasks that the page writes, always all of them.
TASKS_WRITTEN = ("who", "need", "details", "rights", "consents")
#: What the page says for the person; the contact is a part, whose inner answers are meant.
_SAID = ("who.contact", "who.working_language", "need.title", "need.types")
#: Answers that say no more than that nothing else was said.
_NOTHING_SAID = {
    "need.urgency": Urgency.ROUTINE.value,
    "consents.partners": "none",
    "consents.public_summary": False,
}


def subject_of(answers: Mapping[str, Mapping[str, Any]]) -> Subject | None:
    """Return on which page a draft fits; None when it holds more, or was not begun on one page.

    Args:
        answers: what is stored, by task.
    """
    subject = next((one for one, kind in TYPES.items() if types_of(answers) == {kind}), None)
    if subject is None or set(answers) != set(TASKS_WRITTEN):
        return None
    held = (*_SAID, *INPUTS[subject].values())
    return subject if all(_held(path, answer, held) for path, answer in _leaves(without_empty(answers))) else None


def filled_in(
    before: Mapping[str, Mapping[str, Any]], subject: Subject, title: str, inputs: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the answers by task: those of `before` with what the page says and what was entered on it.

    Args:
        title: empty for none.
        inputs: what was entered, by name.
    """
    paths = {INPUTS[subject][name]: answer for name, answer in inputs.items() if name in INPUTS[subject]}
    said = {"need.title": title or None, "need.types": [TYPES[subject].value]}
    return corrected({**nothing(), **before}, {**said, **paths})


def nothing() -> dict[str, dict[str, Any]]:
    """Return the tasks of the page with no answer in them."""
    return {task: {} for task in TASKS_WRITTEN}


def entered(answers: Mapping[str, Mapping[str, Any]], subject: Subject) -> dict[str, Any]:
    """Return what stands in the inputs of the page, by name."""
    return {name: raw_value(answers, path) for name, path in INPUTS[subject].items()}


def inputs_at(path: str, subject: Subject) -> tuple[str, ...]:
    """Return the names of the inputs that an error at `path` concerns: its own, or those below it."""
    above = [name for name, own in INPUTS[subject].items() if f"{path}.".startswith(f"{own}.")]
    return tuple(above or (name for name, own in INPUTS[subject].items() if own.startswith(f"{path}.")))


def _held(path: str, answer: Any, held: tuple[str, ...]) -> bool:
    said = _NOTHING_SAID.get(path)
    return (said is not None and answer == said) or any(f"{path}.".startswith(f"{one}.") for one in held)


def _leaves(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for task, data in answers.items():
        for path, answer in _inside(data, task):
            yield path.removeprefix("details."), answer


def _inside(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        parts: Iterator[tuple[str, Any]] = iter(value.items())
    elif isinstance(value, list):
        parts = ((str(place), row) for place, row in enumerate(value))
    else:
        yield path, value
        return
    for name, inner in parts:
        yield from _inside(inner, f"{path}.{name}")
