"""What differs between two versions of a plan: texts word by word, activities field by field, money with its totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.casework.content.display import line
from app.casework.page import CasePage
from app.delivery.plan.page import ActivityShown, activities_in_words
from app.delivery.plan.queries import StoredPlan, plan_of
from app.delivery.plan.versions import Version, reads_costs, versions_of
from app.foundation.errors import NotFound
from app.foundation.formatting import money, visible
from app.workflow.actor import Actor

#: Words, spaces and single signs, so that a changed word is shown whole.
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing that differs; None where a version has nothing there. `words` shows both in one text."""

    label: Any
    before: Any = None
    after: Any = None
    words: Markup | None = None


@dataclass(frozen=True, slots=True)
class ActivityDifference:
    """One activity: `added`, `removed`, or changed in `fields`."""

    title: Any
    kind: str
    fields: Sequence[Differing]


@dataclass(frozen=True, slots=True)
class Differences:
    """Two versions side by side; `costs` is None for who reads no money."""

    before: Version
    after: Version
    versions: Sequence[Version]
    texts: Sequence[Differing]
    activities: Sequence[ActivityDifference]
    costs: Sequence[Differing] | None

    @property
    def none(self) -> bool:
        """Whether the two say the same."""
        return not (self.texts or self.activities or self.costs)


def differences_of(
    session: Session, actor: Actor, page: CasePage, old: int | None, new: int | None
) -> Differences | None:
    """Return what differs between two versions that `actor` may read: five statements.

    Args:
        old: number of the earlier version; the one before `new` unless given.
        new: number of the later version; the newest unless given.

    Returns:
        None where the reader reads fewer than two versions.

    Raises:
        NotFound: there is no such version that the reader may read.
    """
    versions = versions_of(session, actor, page.case.id)
    if len(versions) < 2:
        return None
    after = _chosen(versions, versions[0].number if new is None else new)
    earlier = [one for one in versions if one.number < after.number]
    if old is None and not earlier:
        raise NotFound
    before = _chosen(versions, earlier[0].number if old is None else old)
    first, second = (plan_of(session, page.case.id, one.number) for one in (before, after))
    if first is None or second is None:
        raise NotFound
    return Differences(
        before,
        after,
        versions,
        texts=list(_texts(first, second)),
        activities=list(_activities(session, first, second)),
        costs=list(_costs(first, second)) if reads_costs(actor) else None,
    )


def word_difference(before: str, after: str, lang: str | None = None) -> Markup:
    """Return both texts in one, what went as `<del>`, what came as `<ins>`, each said aloud as well.

    Args:
        lang: of the later text.
    """
    old, new = _TOKENS.findall(before.strip()), _TOKENS.findall(after.strip())
    parts: list[Markup] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(_shown(new[k:m]))
            continue
        if i < j:
            said = escape(_("removed:"))
            parts.append(Markup('<del><span class="vh">{} </span>{}</del>').format(said, _shown(old[i:j])))
        if k < m:
            said = escape(_("added:"))
            parts.append(Markup('<ins><span class="vh">{} </span>{}</ins>').format(said, _shown(new[k:m])))
    tongue = Markup(' lang="{}"').format(lang) if lang else ""
    return Markup('<div class="own-words" data-content{}><p dir="auto">{}</p></div>').format(
        tongue, Markup("").join(parts)
    )


def _shown(tokens: Sequence[str]) -> Markup:
    return Markup("<br>").join(visible("".join(tokens)).replace("\r\n", "\n").split("\n"))


def _chosen(versions: Sequence[Version], number: int) -> Version:
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def _texts(first: StoredPlan, second: StoredPlan) -> Iterator[Differing]:
    for label, name in ((_("What will be done"), "summary"), (_("Expected results"), "expected_results")):
        before, after = getattr(first.plan, name), getattr(second.plan, name)
        if before != after:
            yield Differing(label, words=word_difference(before, after, second.plan.lang))


def _activities(session: Session, first: StoredPlan, second: StoredPlan) -> Iterator[ActivityDifference]:
    before = {one.row.key: one for one in activities_in_words(session, first)}
    after = {one.row.key: one for one in activities_in_words(session, second)}
    for key, one in after.items():
        title = line(one.row.title, second.plan.lang)
        if key not in before:
            yield ActivityDifference(title, "added", [Differing(k, None, v) for k, v in _fields(one).items() if v])
        elif fields := list(_changed(before[key], one, second.plan.lang)):
            yield ActivityDifference(title, "changed", fields)
    for key, one in before.items():
        if key not in after:
            yield ActivityDifference(line(one.row.title, first.plan.lang), "removed", [])


def _fields(one: ActivityShown) -> dict[str, Any]:
    shown = {_("Type of assistance"): one.kind, _("When"): one.when, _("Where"): one.where}
    return shown | {str(row["key"]): row["value"] for row in one.rows}


def _changed(before: ActivityShown, after: ActivityShown, lang: str) -> Iterator[Differing]:
    if before.row.title != after.row.title:
        yield Differing(_("Title"), words=word_difference(before.row.title, after.row.title, lang))
    old, new = _fields(before), _fields(after)
    for label in dict.fromkeys([*new, *old]):
        if old.get(label) == new.get(label):
            continue
        if label == _("What it should bring"):
            yield Differing(label, words=word_difference(before.row.results, after.row.results, lang))
        else:
            yield Differing(label, old.get(label), new.get(label))


def _costs(first: StoredPlan, second: StoredPlan) -> Iterator[Differing]:
    old, new = ({one.what: one.minor for one in stored.costs} for stored in (first, second))
    units = (first.plan.currency, second.plan.currency)
    for what in dict.fromkeys([*new, *old]):
        amounts = (old.get(what), new.get(what))
        if amounts[0] != amounts[1] or units[0] != units[1]:
            shown = [None if one is None else money(one, unit) for one, unit in zip(amounts, units, strict=True)]
            yield Differing(line(what, second.plan.lang), *shown)
    totals = (first.total, second.total)
    if totals[0] != totals[1]:
        label = _("Total with programme support cost")
        yield Differing(label, *(money(one.total.minor, one.currency) for one in totals))
