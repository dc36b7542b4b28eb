"""A step or act of a delivery as a page: GET shows what it means, POST does it.

Refused or wrong, the page comes back as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel.speaklater import LazyString
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.casework.commands import CaseCommand
from app.casework.page import CasePage, case_page
from app.casework.steps import StepForm, reasons_against, shows, told_of
from app.foundation import access
from app.foundation.db import read_session
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action

Shown = str | tuple[str, int] | Response
#: Answers what a page shows beside the form, by name.
Beside = Callable[[Session, Actor, CasePage], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step or act with its page.

    Attributes:
        act: the use case, called with actor and command.
        done: what is said afterwards.
        leads_to: endpoint of the page of the case that is shown then.
        beside: what its page shows beside the form.
        fill: completes the form with what `beside` answered.
    """

    action: Action
    template: str
    form: type[StepForm]
    command: type[CaseCommand]
    act: Callable[..., None]
    done: LazyString
    leads_to: str = "casefile.overview"
    beside: Beside | None = None
    fill: Callable[[Any, Mapping[str, Any]], None] | None = None


@dataclass(frozen=True, slots=True)
class StepShown:
    """What stands around the form: why it cannot be done now, whom it notifies, and what the page adds."""

    reasons: Sequence[str]
    told: Sequence[Markup]
    more: Mapping[str, Any]


def show_or_take(step: StepPage, key: str) -> Shown:
    """Answer a request for the page of `step` on the case `key`.

    Raises:
        NotFound, Stale, Forbidden: see the use case.
    """
    actor, form = access.the_actor(), step.form()
    if request.method == "POST":
        command = form.command(step.command, key=key)
        if command is not None and form.attempt(lambda: step.act(actor, command)):
            flash(str(step.done), "success")
            return redirect(url_for(step.leads_to, key=key), 303)
    page = case_page(actor, key, str(request.endpoint))
    shown = shown_beside(actor, page, step, form)
    html = render_template(step.template, page=page, shown=shown, form=form)
    return (html, 422) if request.method == "POST" else html


def shown_beside(actor: Actor, page: CasePage, step: StepPage, form: StepForm) -> StepShown:
    """Return what stands around the form, and fill the form's version.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    session = read_session()
    reasons = reasons_against(session, actor, page, step.action)
    shows(form, page)
    more = step.beside(session, actor, page) if step.beside else {}
    if step.fill is not None:
        step.fill(form, more)
    return StepShown(reasons, told_of(session, actor, page.case, step.action), more)
