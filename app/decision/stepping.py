"""One decision as a page: GET shows what it means, POST takes it; refused or wrong, it comes back as it was typed.

A letter is composed from what was typed and read before it is sent: the form carries the mark of the letter that was
shown, and a letter that reads otherwise is shown first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response

from app.casework.commands import CaseCommand
from app.casework.page import CasePage, case_page
from app.casework.steps import StepForm, check_now
from app.decision.facts import facts_of
from app.decision.letters import Subject, subject_of
from app.decision.page import DecisionShown, shown
from app.documents.letters import Draft, Sent
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.texts import text
from app.workflow.actor import Actor
from app.workflow.policy import sections_for
from app.workflow.vocabulary import Action, Section

Shown = str | tuple[str, int] | Response
#: Name of the button that shows the letter and does nothing else.
PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Decision:
    """One step or act with its page.

    Attributes:
        act: the use case, called with actor, command and, where there is one, the letter.
        compose: makes the letter from subject, actor and command; None when no letter goes out.
        typed: the letter depends on what is typed.
        fill: completes the form for its page.
        done: what is said afterwards.
    """

    action: Action
    form: type[StepForm]
    command: type[CaseCommand]
    act: Callable[..., None]
    template: str
    done: LazyString
    compose: Callable[[Subject, Actor, Any], Draft | None] | None = None
    typed: bool = False
    fill: Callable[[Actor, CasePage, Any], None] | None = None


def show_or_take(decision: Decision, key: str) -> Shown:
    """Answer a request for the page of `decision` on the case `key`.

    Raises:
        NotFound, Stale, Forbidden, Refused: see the use case.
    """
    form, letter, status = decision.form(), None, 200
    if request.method == "POST":
        status = 422
        command = form.command(decision.command, key=key)
        if command is not None and decision.compose is None:
            if form.attempt(lambda: decision.act(access.the_actor(), command)):
                return _done(decision, key)
        elif command is not None:
            letter = _composed(decision, command)
            if PREVIEW in request.form:
                status = 200
            elif _was_read(decision, form, letter):
                sent: Sent | None = letter.sent() if letter else None
                if form.attempt(lambda: decision.act(access.the_actor(), command, sent)):
                    return _done(decision, key)
    return _page(decision, key, form, letter), status


def _composed(decision: Decision, command: CaseCommand) -> Draft | None:
    """Return the letter of a step that can be taken: what cannot be done is refused before; None when it was done."""
    actor, session = access.the_actor(), read_session()
    subject = subject_of(session, actor, command.key)
    known: dict[Section, Any] = {}
    needed = sections_for(decision.action, subject.case.state)
    if Section.OUTCOME in needed and decision.action not in SECOND_LOOKS:
        known[Section.OUTCOME] = facts_of(subject.proposal, waiting=subject.proposal is not None)
    going = check_now(session, actor, subject.case, command, decision.action, known=known, involved=subject.involved)
    return decision.compose(subject, actor, command) if decision.compose and going else None


#: Steps whose guards ask for what the State said after a refusal, which a proposal does not answer.
SECOND_LOOKS = frozenset({Action.RECONSIDER, Action.ASK_RECONSIDERATION})


def _was_read(decision: Decision, form: Any, letter: Draft | None) -> bool:
    """Tell whether the page showed this letter; else it is shown now, and the form says so."""
    if not decision.typed or letter is None or form.letter.data == letter.mark:
        return True
    form.form_errors = [*form.form_errors, text("letter_unseen")]
    return False


def _page(decision: Decision, key: str, form: Any, letter: Draft | None) -> str:
    actor, session = access.the_actor(), read_session()
    page = case_page(actor, key, str(request.endpoint))
    if decision.fill is not None:
        decision.fill(actor, page, form)
    compose = decision.compose if not decision.typed else None
    beside = shown(session, actor, page, decision.action, form, compose, letter)
    if decision.typed:
        form.letter.data = beside.letter.mark if beside.letter else ""
    return _rendered(decision, page, beside, form)


def _rendered(decision: Decision, page: CasePage, beside: DecisionShown, form: StepForm) -> str:
    return render_template(decision.template, page=page, shown=beside, form=form)


def _done(decision: Decision, key: str) -> Response:
    flash(str(decision.done), "success")
    return redirect(url_for("casefile.overview", key=key), 303)
