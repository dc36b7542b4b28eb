"""What the page of one step needs in whichever slice it stands: its form, what stands in the way, who is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import HiddenField

from app.accounts.models import User
from app.casework.commands import CaseCommand
from app.casework.facts import core_of, load_facts
from app.casework.models import AssistanceRequest
from app.casework.notices import TELLINGS, Circle, people_of
from app.casework.page import CasePage
from app.casework.texts import refusal_texts
from app.casework.visibility import visible_cases
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.db.idempotency import sent_before
from app.foundation.errors import Forbidden, NotNow, Refused, Stale
from app.foundation.formatting import bdi
from app.foundation.forms import CommandForm
from app.foundation.texts import text
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import CaseFacts
from app.workflow.vocabulary import Action, Section

M = TypeVar("M", bound=BaseModel)


class StepForm(CommandForm):
    """A step on a case: the version that the page showed, nothing else."""

    form_errors: list[Any]
    version = HiddenField()

    def command(self, model: type[M], **given: Any) -> M | None:
        """Build the command, see `CommandForm`; of a page that is out of date that is said, not what is wrong in it.

        Raises:
            Stale: something is wrong in the form, and the case changed since its page was shown.
        """
        command = super().command(model, **given)
        if command is None and "key" in given and (self.version.data or "").isdecimal():
            self.stop_if_stale(read_session(), access.the_actor(), given["key"], int(self.version.data or 0))
        return command

    def stop_if_stale(self, session: Session, actor: Actor, key: str, version: int) -> None:
        """Stop where the case `key` is not in `version` any more: one statement.

        Raises:
            Stale: it changed; what was typed is kept on the page that says so.
        """
        stored = session.scalar(visible_cases(actor, AssistanceRequest.version).where(AssistanceRequest.key == key))
        if stored is not None and stored != version:
            raise Stale(case_key=key, seen_version=version)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Run a use case; what it refuses is said in this form, and what was typed stays in it."""
        try:
            done, _nothing = self.submit(act)
        except Refused as refused:
            self.form_errors = [*self.form_errors, *(text(code, params) for code, params in refused.reasons)]
            return False
        return done


def shows(form: StepForm, page: CasePage) -> None:
    """Let `form` carry the version of the case that `page` shows, unless it was posted."""
    if not form.is_submitted():
        form.version.data = str(page.case.version)


def reasons_against(session: Session, actor: Actor, page: CasePage, action: Action) -> Sequence[str]:
    """Return why `action` cannot be done now, in words.

    Raises:
        NotNow: this actor's role may do it, but not in the state of the case.
        Forbidden: the role may not do it at all, or somebody else has to do it.
    """
    if policy.may_elsewhere(actor, action, page.core):
        raise NotNow(page.case.key)
    facts = load_facts(session, page.core, policy.sections_for(action, page.core.state))
    return refusal_texts(_offer(actor, facts, action).refusals)


def check_now(
    session: Session,
    actor: Actor,
    case: AssistanceRequest,
    command: CaseCommand,
    action: Action,
    *,
    known: Mapping[Section, Any] | None = None,
    involved: bool | None = None,
) -> bool:
    """Ask before anything dear is made whether `action` can be done: what it would be refused for is refused here.

    The use case asks again under the lock; this keeps a letter from being rendered and stored for nothing.

    Args:
        session: of a reader.
        case: as it was just read.
        known: sections of the facts that were read with it.
        involved: whether the actor had a part in the case, where that was read with it, see `core_of`.

    Returns:
        True; False when the same form was sent before and done, so that its use case only repeats its answer.

    Raises:
        Stale: it changed since the page was shown.
        Forbidden: this actor may not do it in the state of the case.
        Refused: a guard is not met.
    """
    if case.version != command.version:
        if sent_before(session):
            return False
        raise Stale(case_key=case.key, seen_version=command.version)
    core = core_of(session, case, actor, involved=involved)
    if not policy.may(actor, action, core):
        raise Forbidden
    facts = load_facts(session, core, policy.sections_for(action, core.state), known)
    if refusals := _offer(actor, facts, action).refusals:
        raise Refused([(f"refusal.{one.code.value}", one.params) for one in refusals])
    return True


def told_of(session: Session, actor: Actor, case: AssistanceRequest, action: Action) -> list[Markup]:
    """Return whom `action`, done by `actor`, notifies: how many of which circle and their names; two statements."""
    tellings = TELLINGS.get(action, ())
    people = people_of(session, case, {telling.circle for telling in tellings})
    receipts = {telling.circle for telling in tellings if telling.actor_too}
    told = {circle: ids if circle in receipts else ids - actor.person_ids for circle, ids in people.items()}
    wanted = select(User.id, User.name).where(User.id.in_(set().union(*told.values()))).order_by(User.name)
    rows = session.execute(wanted).all()
    known = {circle: [row.name for row in rows if row.id in told[circle]] for circle in told}
    return [_told_words(circle, known[circle], actor) for circle in Circle if known.get(circle)]


def _told_words(circle: Circle, names: Sequence[str], actor: Actor) -> Markup:
    """Return a circle in words; whom the Branch appointed to what is no matter of a State's page."""
    people = escape(_circle_words(circle, len(names)))
    if actor.is_state_side:
        return people
    return escape(_("%(people)s: %(names)s")) % {
        "people": people,
        "names": Markup(", ").join(bdi(name) for name in names),
    }


def _offer(actor: Actor, facts: CaseFacts, action: Action) -> policy.Offer:
    offers = policy.actions_open_to(actor, facts, {action})
    if not offers:
        raise Forbidden
    return offers[0]


def _circle_words(circle: Circle, num: int) -> str:
    words = {
        Circle.FOCAL_POINTS: ngettext("%(num)s focal point", "%(num)s focal points", num),
        Circle.MISSION: ngettext(
            "%(num)s person of the Permanent Mission", "%(num)s people of the Permanent Mission", num
        ),
        Circle.INTAKE: ngettext("%(num)s intake officer", "%(num)s intake officers", num),
        Circle.OFFICER: _("The case officer"),
        Circle.LIAISONS: ngettext("%(num)s liaison of the bodies", "%(num)s liaisons of the bodies", num),
        Circle.CHIEF: ngettext("%(num)s chief of the Branch", "%(num)s chiefs of the Branch", num),
        Circle.MANAGER: ngettext("%(num)s manager", "%(num)s managers", num),
        Circle.PROGRAMME_SUPPORT: ngettext(
            "%(num)s person of programme support", "%(num)s people of programme support", num
        ),
        Circle.CTC_LIAISONS: ngettext("%(num)s liaison of CTC/CTED", "%(num)s liaisons of CTC/CTED", num),
        Circle.COUNCIL: ngettext("%(num)s liaison of CTC/CTED", "%(num)s liaisons of CTC/CTED", num),
    }
    return str(words[circle])
