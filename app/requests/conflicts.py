"""Two people at one page of a draft: field by field what the other stored, and which of both is to stay.

The page carries a short mark of every answer that it was shown with. So a stale save can tell what its writer changed
from what only the other did, without anybody's text being kept a third time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms import Field, Form, RadioField

from app.casework.content import without_empty
from app.casework.content.labels import label_of, value_of
from app.casework.content.pages import NOT_TYPED, Page, page_of
from app.casework.content.paths import corrected, raw_value
from app.casework.content.shown import SHOWN
from app.foundation.fields import choice
from app.foundation.formatting import bdi, moment_filter
from app.foundation.hashchain import canonical
from app.requests.queries import SavedTask

Answers = Mapping[str, Mapping[str, Any]]
MINE: Final = "mine"
THEIRS: Final = "theirs"
_PREFIX: Final = "keep-"
_MARK_OCTETS: Final = 5


@dataclass(frozen=True, slots=True)
class Clash:
    """One field whose stored answer differs from what was typed; `changed` when who typed it changed it."""

    path: str
    changed: bool


def units_of(page: Page) -> tuple[str, ...]:
    """Return the paths that are compared, one by one: every answer of the page that is shown by itself."""
    return tuple(path for path in SHOWN[page.task] if path not in NOT_TYPED and page_of(path) is page)


def marks_of(page: Page, answers: Answers) -> str:
    """Return a mark of every answer with which a page is shown, for its form to carry."""
    return ",".join(_mark(raw_value(answers, path)) for path in units_of(page))


def clashes_of(page: Page, stored: Answers, typed: Answers, base: str) -> list[Clash]:
    """Return the fields that differ.

    Args:
        stored: what stands now, by task.
        typed: what was typed, by task.
        base: the marks that the form carried; without them every answer counts as changed.
    """
    units, marks = units_of(page), base.split(",")
    known = dict(zip(units, marks, strict=True)) if len(marks) == len(units) else {}
    mine = {path: _mark(raw_value(typed, path)) for path in units}
    return [
        Clash(path, mine[path] != known.get(path)) for path in units if mine[path] != _mark(raw_value(stored, path))
    ]


def _mark(answer: Any) -> str:
    said = canonical(json.loads(json.dumps(without_empty({"is": answer}))))
    return hashlib.blake2s(said.encode(), digest_size=_MARK_OCTETS).hexdigest()


def choices(
    clashes: Sequence[Clash], stored: Answers, typed: Answers, other: SavedTask, only: Sequence[str] = ()
) -> list[Field]:
    """Return the question for each clash whether theirs or mine is to stay; as it was answered, if it was.

    Args:
        other: who stored what stands now.
        only: names of the questions that are asked again; empty for all.
    """
    theirs = _whose(other)
    fields = {
        _name(one.path): RadioField(
            label_of(one.path),
            choices=[
                choice(THEIRS, theirs, shown=_shown(stored, one.path)),
                choice(MINE, _("Keep mine"), shown=_shown(typed, one.path)),
            ],
            default=MINE if one.changed else THEIRS,
            validate_choice=False,
        )
        for one in clashes
        if not only or _PREFIX + _name(one.path) in only
    }
    kind: type[Form] = type("KeepForm", (Form,), fields)
    return list(kind(request.form if only else None, prefix=_PREFIX))


def kept_names(entered: Iterable[str]) -> list[str]:
    """Return the names of the questions which answer is to stay, as far as they were posted."""
    return [name for name in entered if name.startswith(_PREFIX)]


def kept_theirs(page: Page) -> tuple[str, ...]:
    """Return the paths whose stored answers the posted form says to keep."""
    return tuple(path for path in units_of(page) if request.form.get(f"{_PREFIX}{_name(path)}") == THEIRS)


def with_theirs(task: str, entered: Mapping[str, Any], stored: Mapping[str, Any], theirs: Sequence[str]) -> Any:
    """Return what was entered for a task with the stored answers at the paths `theirs`."""
    return corrected({task: entered}, {path: raw_value({task: stored}, path) for path in theirs})[task]


def _name(path: str) -> str:
    return path.replace(".", "-")


def _shown(answers: Answers, path: str) -> Markup | str:
    return value_of(answers, path) or Markup('<span class="mut">{}</span>').format(_("Not answered"))


def _whose(other: SavedTask) -> Markup:
    words = escape(_("Keep what %(name)s saved on %(moment)s", name="\0", moment="\1"))
    return words.replace("\0", bdi(other.saved_by or "–")).replace("\1", moment_filter(other.saved_at))
