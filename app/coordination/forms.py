"""Forms of consultations: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app.casework.content.words import LANGUAGES
from app.casework.models import AssistanceRequest
from app.casework.page import CasePage
from app.casework.steps import StepForm
from app.casework.visibility import visible_cases
from app.coordination.commands import MOST_PARTNERS
from app.coordination.facts import is_latest
from app.coordination.models import Consultation
from app.coordination.rounds import Ground
from app.coordination.rules import BY_JUDGEMENT
from app.coordination.texts import CAME_TEXTS, GROUND_TEXTS, POSITION_HINTS, POSITION_TEXTS, RULE_TEXTS, body_text
from app.coordination.vocabulary import GIVEN, RECORDED, ObjectionGround
from app.documents.fields import UploadField, UploadForm
from app.foundation.errors import Stale
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.foundation.i18n import locale_code
from app.workflow.actor import Actor
from app.workflow.vocabulary import Body


class OwnForm(StepForm):
    """About the consultation of the reader's own body: its version, and what the page showed of the case."""

    seen = HiddenField(default="0")

    def stop_if_stale(self, session: Session, actor: Actor, key: str, version: int) -> None:
        """Stop where the latest consultation of the reader's body on the case is not in `version` any more.

        Raises:
            Stale: it changed, or a later round was opened.
        """
        own = (Consultation.body == actor.body) & is_latest() & (AssistanceRequest.key == key)
        of_case = Consultation.case_id == AssistanceRequest.id
        rows = visible_cases(actor, Consultation.version).select_from(AssistanceRequest).join(Consultation, of_case)
        stored = session.scalar(rows.where(own))
        if stored is not None and stored != version:
            seen = self.seen.data or ""
            raise Stale(case_key=key, seen_version=int(seen) if seen.isdecimal() else 0)

    @classmethod
    def about(cls, page: CasePage, version: int) -> Self:
        """Return the form for a page that shows the consultation in `version`."""
        form = cls(formdata=None)
        form.version.data, form.seen.data = str(version), str(page.case.version)
        return form

    def shows_own(self, page: CasePage, consultation: Consultation) -> None:
        """Carry what the page shows, unless the form was posted."""
        if not self.is_submitted():
            self.version.data = str(consultation.version)
            self.seen.data = str(page.case.version)


def _positions() -> list[Any]:
    return [choice(one.value, POSITION_TEXTS[one], POSITION_HINTS[one]) for one in GIVEN]


def _grounds() -> list[Any]:
    return [choice("", _l("Choose a ground")), *(choice(one.value, GROUND_TEXTS[one]) for one in ObjectionGround)]


class _Words:
    """What a body says, in whichever form."""

    position = RadioField(_l("Position"), choices=_positions(), validate_choice=False)
    ground = SelectField(_l("Ground of the objection"), choices=_grounds(), validate_choice=False)
    text = TextAreaField(_l("Text"), render_kw={"rows": 6})
    lang = SelectField(
        _l("Language of the text"),
        choices=[choice(code.value, words) for code, words in LANGUAGES.items()],
        validate_choice=False,
        default=locale_code,
    )


class PositionForm(_Words, OwnForm):
    """The position of the reader's own body."""


class RecordForm(_Words, StepForm, UploadForm):
    """A position that came by mail or telephone."""

    consultation = SelectField(_l("Which consultation"), validate_choice=False)
    came = RadioField(
        _l("How it came"), choices=[choice(one.value, CAME_TEXTS[one]) for one in RECORDED], validate_choice=False
    )
    in_name_of = StringField(_l("Who said it"))
    file = UploadField(_l("Original"))
    note = TextAreaField(_l("Note of the call"), render_kw={"rows": 4})

    def offer(self, waiting: Iterable[Consultation]) -> None:
        """Fill the list with what waits for an answer."""
        self.consultation.choices = _named(waiting)


class ReviseForm(StepForm):
    """What will change, and which answers will not hold any more."""

    what_changed = TextAreaField(_l("What will be changed"), render_kw={"rows": 5})
    again = SelectMultipleField(_l("Which bodies are asked again"), validate_choice=False)

    def offer(self, answered: Iterable[Consultation]) -> None:
        """Fill the list with answers that hold so far."""
        self.again.choices = [choice(one.key, one.partner or body_text(one.body)) for one in answered]
        if not self.again.choices:
            del self.again


class ProceedForm(StepForm):
    """Which answer is not waited for any longer, and why."""

    consultation = SelectField(_l("Which consultation"), validate_choice=False)
    reason = TextAreaField(_l("Reason"), render_kw={"rows": 4})

    def offer(self, late: Iterable[Consultation]) -> None:
        """Fill the list with what may be closed without an answer."""
        self.consultation.choices = _named(late)


class PartnerForm(Form):
    """One partner."""

    name = StringField(_l("Name of the partner"))
    address = StringField(_l("E-mail address"))


class ConsultForm(StepForm):
    """Whom to ask beyond those whom a rule demands."""

    bodies = SelectMultipleField(_l("Also ask"), validate_choice=False)
    ola_rule = SelectField(_l("Why the Office of Legal Affairs is asked"), validate_choice=False)
    partners = FieldList(FormField(PartnerForm, label=_l("Partner")), label=_l("Partners"), min_entries=MOST_PARTNERS)

    def offer(self, ground: Ground) -> None:
        """Leave what may be chosen: bodies that need not be asked, partners only where the State agreed."""
        free = [one for one in ground.candidates if not one.needed]
        self.bodies.choices = [choice(one.body.value, _may_ask(one.body, again=one.former is not None)) for one in free]
        self.ola_rule.choices = [
            choice("", _("Choose a reason")),
            *(choice(rule.value, RULE_TEXTS[rule]) for rule in BY_JUDGEMENT),
        ]
        if not free:
            del self.bodies
        if not any(one.body is Body.OLA and one.former is None for one in free):
            del self.ola_rule
        if not ground.partners_agreed:
            del self.partners


class SeveralForm(CommandForm):
    """Several requests get "no objection"; the page names them."""


def _named(rows: Iterable[Consultation]) -> list[Any]:
    found = [choice(one.key, _who(one)) for one in rows]
    return found if len(found) == 1 else [choice("", _("Choose a consultation")), *found]


def _who(one: Consultation) -> str:
    return str(_("%(name)s (partner)", name=one.partner)) if one.partner else body_text(one.body)


def _may_ask(body: Body, *, again: bool) -> str:
    if again:
        return str(_("%(body)s, again: assessment or plan changed in substance", body=body_text(body)))
    return body_text(body)
