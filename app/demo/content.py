"""What the invented States wrote: one file of `texts` per case."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.casework.content import TASKS
from app.demo.people import Part

FOLDER: Final = Path(__file__).parent / "texts"
_IN_DAYS, _STARTS = "_in_days", "starts_on_in_days"
WORKING_DAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Script:
    """The words of one case.

    Attributes:
        tasks: answers by task and field; a task may be missing.
        questions: what is asked: `field_path`, `text`, and the State's `answer`, `cannot_answer`, `correction`; `round`
            is 2 for what is asked when a request is returned a second time.
        words: further words that the story needs, by name.
        texts: texts that are to be reviewed: `name`, `language`, `body`.
        messages: what is written about the case, in order: `readers`, `lang`, `text`.
        assessment: what the officer finds, by part.
        positions: what bodies say, by a word that the story uses: the answers of the form of a position.
        plan: `summary`, `revised`, `expected_results`, `currency`, `costs`, `activities`.

    A date is written as so many days from today: `by_in_days = 200` stands for `by`, see `dated`.
    """

    tasks: dict[str, dict[str, Any]]
    questions: tuple[dict[str, Any], ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    texts: tuple[dict[str, str], ...] = ()
    messages: tuple[dict[str, str], ...] = ()
    assessment: dict[str, dict[str, Any]] = field(default_factory=dict)
    positions: dict[str, dict[str, Any]] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)

    def answers(self, task: str, writer: Part, today: date) -> dict[str, Any]:
        """Return the answers of one task; who writes is the contact, as the form suggests it."""
        answers: dict[str, Any] = dated(deepcopy(self.tasks.get(task, {})), today)
        if task == "who":
            written = answers.get("working_language", "en")
            own = {"name": writer.name, "function": writer.title, "email": writer.email, "language": written}
            answers["contact"] = {**own, **answers.get("contact", {})}
        return answers


@cache
def script(name: str) -> Script:
    """Return the words of the case `name`."""
    read = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    tasks = {task: _plain(read[task]) for task in TASKS if task in read}
    texts = tuple(read.get("texts", []))
    questions, messages = (tuple(_plain(read.get(name, []))) for name in ("questions", "messages"))
    words, assessment, positions, plan = (
        _plain(read.get(name, {})) for name in ("words", "assessment", "positions", "plan")
    )
    return Script(tasks, questions, words, texts, messages, assessment, positions, plan)


def names() -> list[str]:
    """Return the names of all cases."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def dated(value: Any, today: date) -> Any:
    """Return `value` with a date in place of each `<name>_in_days`; what falls on a weekend moves to its Monday.

    What has `starts_on_in_days` and `days` gets `starts_on` and `ends_on`: working days, in one week if they fit.
    """
    if isinstance(value, list):
        return [dated(inner, today) for inner in value]
    if not isinstance(value, dict):
        return value
    if _STARTS in value:
        left = {name: inner for name, inner in value.items() if name not in {_STARTS, "days"}}
        return dated(left, today) | _span(today + timedelta(days=value[_STARTS]), value["days"])
    return dict(_dated_item(name, inner, today) for name, inner in value.items())


def _dated_item(name: str, value: Any, today: date) -> tuple[str, Any]:
    if not name.endswith(_IN_DAYS):
        return name, dated(value, today)
    return name.removesuffix(_IN_DAYS), _span(today + timedelta(days=value), 1)["starts_on"]


def _span(start: date, days: int) -> dict[str, str]:
    """Return first and last of so many working days; they begin on a Monday when the week of `start` is too short."""
    if start.weekday() + min(days, WORKING_DAYS) > WORKING_DAYS:
        start += timedelta(days=7 - start.weekday())
    weeks, rest = divmod(days - 1, WORKING_DAYS)
    end = start + timedelta(weeks=weeks, days=rest)
    return {"starts_on": start.isoformat(), "ends_on": end.isoformat()}


def _plain(value: Any) -> Any:
    """Take the line breaks of the file out of paragraphs: an empty line parts them."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        paragraphs = value.strip().split("\n\n")
        return "\n\n".join(" ".join(line.strip() for line in one.splitlines()) for one in paragraphs)
    return value
