"""What a part holds, in words, for those who read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from app.assessment.answers import PartModel, Prioritized, RightsReviewed
from app.assessment.texts import CONFIRMATION, FINDINGS, NEED_FINDINGS, PRIORITIES, RISK_LEVELS
from app.assessment.vocabulary import Part, RightsQuestion
from app.casework.content import detail_words
from app.casework.content.display import listed
from app.casework.content.field_labels import RIGHTS_SHORT
from app.casework.content.words import YES_NO
from app.foundation.formatting import money, plain_text


@dataclass(frozen=True, slots=True)
class PartRow:
    """One answer of an officer: what `summary_list` takes."""

    key: str
    value: Markup | str | None
    change_url: None = None


def rows_of_part(part: Part, answers: Any) -> list[PartRow]:
    """Return the answers of `part` as rows; what was left open is there, too."""
    return [PartRow(key, value) for key, value in _ROWS[part](answers)]


Rows = Iterable[tuple[str, Markup | str | None]]


def _need(one: Any) -> Rows:
    yield _("Seen as the State describes it"), _word(NEED_FINDINGS, one.finding)
    yield _("What is needed"), _own(one.text)


def _earlier(one: Any) -> Rows:
    yield _("Similar assistance in the last 24 months"), _word(YES_NO, one.similar)
    if one.remark:
        yield _("What it was, and what came of it"), _own(one.remark)


def _rights(one: PartModel) -> Rows:
    assert isinstance(one, RightsReviewed)  # noqa: S101 - by the table below
    for question, found in one.findings.items():
        short = CONFIRMATION if question is RightsQuestion.CONFIRMED else RIGHTS_SHORT[question.value]
        yield str(short), _said(_word(FINDINGS, found.finding), found.remark)
    if one.safeguards:
        yield _("Safeguards"), _own(one.safeguards)


def _crime(one: Any) -> Rows:
    yield _("Links to other crime"), _words(detail_words.CRIME_LINKS, one.chosen)
    if one.remark:
        yield _("Remark"), _own(one.remark)


def _justice(one: Any) -> Rows:
    yield _("Justice markers"), _words(detail_words.JUSTICE_MARKERS, one.chosen)
    if one.remark:
        yield _("Remark"), _own(one.remark)


def _risks(one: Any) -> Rows:
    yield _("Risk"), _word(RISK_LEVELS, one.level)
    yield _("What could go wrong"), _own(one.text)
    if one.measures:
        yield _("What can be done about it"), _own(one.measures)


def _cost(one: Any) -> Rows:
    value = one.value
    yield _("Estimated cost"), money(value.minor, value.currency) if value is not None else None
    yield _("How it was estimated"), _own(one.basis)


def _priority(one: Any) -> Rows:
    assert isinstance(one, Prioritized)  # noqa: S101 - by the table below
    yield _("Recommended by CTED"), _word(YES_NO, one.cted)
    yield _("Text is there"), _word(YES_NO, one.text_ready)
    yield _("Host is named"), _word(YES_NO, one.host_named)
    yield _("Counterpart is named"), _word(YES_NO, one.counterpart_named)
    yield _("Priority"), _word(PRIORITIES, one.priority)
    if one.reason:
        yield _("Why it departs from the advice"), _own(one.reason)


_ROWS: Mapping[Part, Callable[[Any], Rows]] = {
    Part.NEED: _need,
    Part.EARLIER_ASSISTANCE: _earlier,
    Part.RIGHTS_REVIEW: _rights,
    Part.CRIME_LINKS: _crime,
    Part.JUSTICE_MARKERS: _justice,
    Part.RISKS: _risks,
    Part.COST_ESTIMATE: _cost,
    Part.PRIORITY: _priority,
}


def _word(words: Mapping[Any, LazyString], code: Any) -> str | None:
    return str(words[code]) if code is not None else None


def _words(words: Mapping[Any, LazyString], codes: Iterable[Any]) -> Markup | None:
    found = [Markup("{}").format(str(words[code])) for code in codes]
    return listed(found) if found else None


def _own(text: str) -> Markup | None:
    return plain_text(text) if text else None


def _said(finding: str | None, remark: str) -> Markup | str | None:
    if not remark:
        return finding
    return Markup("{}{}").format(f"{finding}" if finding else "", plain_text(remark))
