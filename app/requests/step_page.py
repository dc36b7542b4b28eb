"""A step as a page: GET shows what it means, POST takes it; refused or wrong, the page comes back as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel.speaklater import LazyString
from pydantic import BaseModel
from werkzeug.wrappers import Response

from app.casework.content.labels import rows_of
from app.casework.facts import draft_answers
from app.casework.page import case_page
from app.casework.steps import StepForm
from app.foundation import access
from app.foundation.db import read_session
from app.workflow import policy
from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step with its page.

    Attributes:
        act: the use case, called with actor and command.
        done: endpoint to go to afterwards.
        of_case: `done` is a page of the case.
        told: what is said there; None when that page says it.
        whole_request: the page shows every answer of a request that was not submitted yet.
    """

    action: Action
    template: str
    form: type[StepForm]
    command: type[BaseModel]
    act: Callable[..., None]
    done: str = "casefile.overview"
    of_case: bool = True
    told: LazyString | None = None
    whole_request: bool = False


def show_or_take(step: StepPage, key: str) -> str | Response | tuple[str, int]:
    """Answer a request for the page of `step` on the case `key`.

    Raises:
        NotFound, Stale, Forbidden: see the use case.
    """
    actor, form = access.the_actor(), step.form()
    if request.method == "POST":
        command = form.command(step.command, key=key)
        if command is not None and form.attempt(lambda: step.act(actor, command)):
            if step.told is not None:
                flash(str(step.told), "success")
            return redirect(url_for(step.done, key=key) if step.of_case else url_for(step.done), 303)
        return _page(step, key, form)[0], 422
    html, open_to_reader = _page(step, key, form)
    return html if open_to_reader else redirect(url_for("casefile.overview", key=key), 302)


def _page(step: StepPage, key: str, form: StepForm) -> tuple[str, bool]:
    """Return the page, and whether the reader may take the step now."""
    actor = access.the_actor()
    page = case_page(actor, key, request.endpoint or "")
    if request.method == "GET":
        form.version.data = str(page.case.version)
    shown: dict[str, Any] = {}
    if step.whole_request:
        shown["sections"] = rows_of(draft_answers(read_session(), page.case.id))
    html = render_template(step.template, page=page, form=form, **shown)
    return html, policy.may(actor, step.action, page.core)
