"""Forms of proposals and decisions: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
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

from app.casework.steps import StepForm
from app.casework.texts import CHANGED_TEXTS, TYPE_TEXTS
from app.casework.vocabulary import Changed
from app.decision.texts import DECLINE_REASONS_SHORT, OUTCOME_TEXTS, consultation_words
from app.decision.vocabulary import REASONS_OF, DeclineReason
from app.foundation.fields import choice
from app.foundation.texts import text
from app.workflow.facts import ConsultationFacts
from app.workflow.guards.review import OUTCOMES
from app.workflow.vocabulary import AssistanceType, OutcomeKind, State

YES, NO = "true", "false"


class ProposalForm(StepForm):
    """What an officer proposes to the chief; only what the state of the case allows is offered."""

    kind = RadioField(_l("What do you propose?"), validate_choice=False)
    reason = SelectField(_l("Reason"), validate_choice=False)
    text = TextAreaField(_l("Why, for the State"), render_kw={"rows": 5})
    remedy = TextAreaField(_l("What would make it eligible, for the State"), render_kw={"rows": 4})
    provider = StringField(_l("Who can help instead"))
    state_agreed = BooleanField(_l("The State agreed to be referred"))
    account = TextAreaField(_l("What was delivered and spent"), render_kw={"rows": 4})
    note = TextAreaField(_l("Note to the chief"), render_kw={"rows": 3})

    def offer(self, state: State) -> None:
        """Leave what can be proposed in `state`, and the fields that belong to it."""
        kinds = [kind for kind in OutcomeKind if kind in OUTCOMES.get(state, ())]
        self.kind.choices = [choice(kind.value, OUTCOME_TEXTS[kind]) for kind in kinds]
        several = len(kinds) > 1
        self.reason.choices = [choice("", _("Choose a reason"))]
        for kind in kinds:
            group = OUTCOME_TEXTS[kind] if several else None
            self.reason.choices += [
                choice(reason.value, text(f"outcome_reason_short.{reason.value}"), group=group)
                for reason in REASONS_OF[kind]
            ]
        if not several and not self.is_submitted():
            self.kind.data = next((kind.value for kind in kinds), None)
        for name, kind in _BELONGS_TO.items():
            if kind not in kinds:
                del self[name]

    @property
    def several(self) -> bool:
        """Whether there is more than one outcome to choose from."""
        return len(self.kind.choices or ()) > 1


_BELONGS_TO = {
    "remedy": OutcomeKind.INELIGIBLE,
    "provider": OutcomeKind.REFER,
    "state_agreed": OutcomeKind.REFER,
    "account": OutcomeKind.DISCONTINUE,
}


class ReturnProposalForm(StepForm):
    """Why the chief does not follow a proposal."""

    comment = TextAreaField(_l("Comment to the officers"), render_kw={"rows": 4})


class LetterForm(StepForm):
    """A step whose letter depends on what is typed: `letter` says which letter the page showed."""

    letter = HiddenField()


class DeclineForm(LetterForm):
    """Why a whole request is declined."""

    reason = SelectField(_l("Reason"), validate_choice=False)
    text = TextAreaField(_l("Why, for the State"), render_kw={"rows": 5})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = decline_choices()


class TypeForm(Form):
    """The decision on one type of assistance."""

    type = HiddenField()
    approved = RadioField(choices=[choice(YES, _l("Approve")), choice(NO, _l("Decline"))], validate_choice=False)
    reason = SelectField(_l("Reason"), validate_choice=False)
    text = TextAreaField(_l("Why not, for the State"), render_kw={"rows": 3})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = decline_choices()
        if self.type.data in set(AssistanceType):
            self.approved.label.text = TYPE_TEXTS[AssistanceType(self.type.data)]


class ApproveForm(LetterForm):
    """The decision on each type of assistance that the State asked for."""

    decisions = FieldList(FormField(TypeForm))

    def ask(self, types: Iterable[AssistanceType]) -> None:
        """Ask for a decision on each of `types`, unless the form was posted."""
        if not self.is_submitted():
            for one in types:
                self.decisions.append_entry({"type": one.value})

    def values(self) -> dict[str, Any]:
        """Return the decisions; a field that was not shown was not answered."""
        return {**super().values(), "decisions": [entry.form.data for entry in self.decisions]}


class ChangedForm(StepForm):
    """Which parts changed in substance, and which answers of bodies no longer hold."""

    changed = SelectMultipleField(
        _l("What changed in substance?"),
        description=_l("Tick nothing when nothing did: then every answer of a body stays valid."),
        validate_choice=False,
    )
    again = SelectMultipleField(
        _l("Which answers no longer hold?"),
        description=_l("These bodies are asked once more. Answers that are not ticked stay valid."),
        validate_choice=False,
    )

    def offer(self, consultations: Iterable[ConsultationFacts]) -> None:
        """Offer the consultations that are closed."""
        self.changed.choices = [choice(one.value, CHANGED_TEXTS[one]) for one in Changed]
        closed = [one for one in consultations if not one.open]
        self.again.choices = [choice(one.key, consultation_words(one)) for one in closed]


class SendBackForm(ChangedForm):
    """Why the chief does not decide yet."""

    comment = TextAreaField(_l("Comment to the officer"), render_kw={"rows": 4})


class ReassessForm(ChangedForm):
    """Why a request is assessed anew."""

    reason = TextAreaField(_l("Which facts changed?"), render_kw={"rows": 4})


class ReconsiderationForm(StepForm):
    """The new fact that a State names."""

    new_fact = TextAreaField(_l("What was not known when the decision was made?"), render_kw={"rows": 6})


def decline_choices() -> list[Any]:
    """Return the reasons for a decline as choices."""
    reasons = [choice(one.value, DECLINE_REASONS_SHORT[one]) for one in DeclineReason]
    return [choice("", _("Choose a reason")), *reasons]
