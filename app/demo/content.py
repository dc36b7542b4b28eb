"""What the invented States wrote: one file of `texts` per case."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.demo.people import Part

FOLDER: Final = Path(__file__).parent / "texts"
TASKS: Final[tuple[str, ...]] = ("who", "need", "rights", "consents")


@dataclass(frozen=True, slots=True)
class Script:
    """The words of one case.

    Attributes:
        tasks: answers by task and field; a task may be missing.
        questions: what intake asks: `field_path`, `text`, and the State's `answer`, `cannot_answer`, `correction`.
        words: further words that the story needs, by name.
    """

    tasks: dict[str, dict[str, Any]]
    questions: tuple[dict[str, str], ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    def answers(self, task: str, writer: Part) -> dict[str, Any]:
        """Return the answers of one task; who writes is the contact, as the form suggests it."""
        answers = deepcopy(self.tasks.get(task, {}))
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
    return Script(tasks, tuple(_plain(read.get("questions", []))), _plain(read.get("words", {})))


def names() -> list[str]:
    """Return the names of all cases."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


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
