"""What a decision rests on: assessment, consultations, plan, each with what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.facts import load_facts
from app.casework.page import CasePage
from app.decision.texts import consultation_words
from app.foundation.texts import text
from app.foundation.wiring import SummaryGroup, wiring
from app.workflow.actor import Actor
from app.workflow.facts import AssessmentFacts, ConsultationsFacts, PlanFacts
from app.workflow.vocabulary import Section

#: In the order in which the chief reads them.
SECTIONS = (Section.ASSESSMENT, Section.CONSULTATIONS, Section.PLAN)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the three parts.

    Attributes:
        lines: how it stands, in words for the Branch.
        missing: what stands in the way, in words; empty when nothing does.
        groups: its content as labels and values (see `Wiring.summaries`).
        url: the page that shows all of it.
    """

    title: str
    lines: Sequence[str]
    missing: Sequence[str]
    groups: Sequence[SummaryGroup] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The three parts."""

    chapters: Sequence[Chapter]


def dossier_of(session: Session, actor: Actor, page: CasePage) -> Dossier:
    """Return what a decision on the case of `page` rests on, for a reader of the Branch.

    A statement for each part, and two for its content.
    """
    known = wiring().facts
    facts = load_facts(session, page.core, [one for one in SECTIONS if one in known])
    chapters = []
    if facts.assessment is not None:
        chapters.append(_chapter(session, actor, page, Section.ASSESSMENT, *_assessment(facts.assessment)))
    if facts.consultations is not None:
        chapters.append(_chapter(session, actor, page, Section.CONSULTATIONS, *_consultations(facts.consultations)))
    if facts.plan is not None:
        chapters.append(_chapter(session, actor, page, Section.PLAN, *_plan(facts.plan)))
    return Dossier(chapters)


def _chapter(
    session: Session,
    actor: Actor,
    page: CasePage,
    section: Section,
    title: str,
    lines: Sequence[str],
    missing: Sequence[str],
) -> Chapter:
    summary = wiring().summaries.get(section)
    if summary is None:
        return Chapter(title, lines, missing)
    groups = summary.read(session, actor, page)
    return Chapter(title, lines, missing, groups, url_for(summary.endpoint, key=page.case.key))


def _assessment(facts: AssessmentFacts) -> tuple[str, list[str], list[str]]:
    missing = [
        _("Part not assessed yet: %(part)s", part=text(f"assessment_part.{part.value}")) for part in facts.missing
    ]
    return _("Assessment"), [] if missing else [_("Every part is assessed.")], missing


def _consultations(facts: ConsultationsFacts) -> tuple[str, list[str], list[str]]:
    lines = [consultation_words(one) for one in facts.latest]
    waiting = [consultation_words(one) for one in facts.latest if one.objects]
    return _("Consultations"), lines or [_("Nobody was consulted yet.")], waiting


def _plan(facts: PlanFacts) -> tuple[str, list[str], list[str]]:
    if facts.version is None:
        return _("Plan"), [], [_("There is no draft plan yet.")]
    return _("Plan"), [_("Draft plan, version %(number)s", number=facts.version)], []
