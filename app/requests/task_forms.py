"""The pages of a draft as forms: labels, widgets and parsing. The rules are `casework.content`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)

from app.casework.content import LIGHT_TYPES
from app.casework.content.labels import FIELD_LABELS as LABELS
from app.casework.content.labels import RIGHTS_QUESTIONS
from app.casework.content.tasks import PartnerConsent
from app.casework.content.words import (
    ANSWERS,
    BENEFICIARY_KINDS,
    LANGUAGES,
    PARTNER_CONSENTS,
    TYPE_HINTS,
    URGENCIES,
    YES_NO,
)
from app.casework.texts import TYPE_TEXTS
from app.foundation.fields import DateThree, choice
from app.foundation.forms import CommandForm
from app.workflow.vocabulary import AssistanceType, Urgency

_CHOOSE = choice("", _l("Choose one"))
_YES, _NO = "yes", "no"
_YES_OR_NO = [choice(_YES, YES_NO[True]), choice(_NO, YES_NO[False])]
#: Rows beyond this are cut off; the rules refuse them anyway.
_ROWS_SHOWN = 25


def _chosen(words: Mapping[Any, Any]) -> list[Any]:
    return [choice(code.value, label) for code, label in words.items()]


def _bool(typed: str | None) -> bool | None:
    return {_YES: True, _NO: False}.get(typed or "")


def _word(stored: Any) -> str | None:
    return {True: _YES, False: _NO}.get(stored)


class TaskForm(CommandForm):
    """Base: the version of the task's row, and the answers as the rules take them."""

    version = HiddenField()

    def answers(self) -> dict[str, Any]:
        """Return the answers by field name."""
        return {name: value for name, value in super().values().items() if name != "version"}

    def values(self) -> dict[str, Any]:
        """Return what `SaveTask` takes."""
        return {"version": self.version.data, "answers": self.answers()}

    @classmethod
    def stored(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored answers as this form shows them."""
        return dict(answers)


class ContactPart(Form):
    """The contact person."""

    name = StringField(LABELS["who.contact.name"], render_kw={"autocomplete": "name"})
    function = StringField(LABELS["who.contact.function"], render_kw={"autocomplete": "organization-title"})
    institution = StringField(LABELS["who.contact.institution"], render_kw={"autocomplete": "organization"})
    email = EmailField(LABELS["who.contact.email"], render_kw={"autocomplete": "email"})
    telephone = TelField(
        LABELS["who.contact.telephone"], description=_l("With the country code"), render_kw={"autocomplete": "tel"}
    )
    language = SelectField(LABELS["who.contact.language"], choices=_chosen(LANGUAGES), validate_choice=False)


class BeneficiaryPart(Form):
    """One institution; a ticked `remove` leaves it out."""

    name = StringField(LABELS["who.beneficiaries.name"])
    kind = SelectField(
        LABELS["who.beneficiaries.kind"], choices=[_CHOOSE, *_chosen(BENEFICIARY_KINDS)], validate_choice=False
    )
    remove = BooleanField(_l("Remove this institution when the page is saved"))


class WhoForm(TaskForm):
    """Who asks, and for whom."""

    contact = FormField(ContactPart, label=LABELS["who.contact"])
    working_language = SelectField(
        LABELS["who.working_language"],
        description=_l("In which language you write. In another language the original prevails."),
        choices=[_CHOOSE, *_chosen(LANGUAGES)],
        validate_choice=False,
    )
    beneficiaries = FieldList(
        FormField(BeneficiaryPart, label=_l("Institution")), label=LABELS["who.beneficiaries"], min_entries=1
    )

    def settle_rows(self, *, add: bool = False) -> None:
        """Leave out rows that are empty or to be removed and count them anew; keep or, on demand, add an empty one."""
        rows = [row.data for row in self.beneficiaries]
        kept = [row for row in rows if not row["remove"] and (row["name"] or row["kind"])][:_ROWS_SHOWN]
        self.beneficiaries.entries = []
        self.beneficiaries.last_index = -1
        for row in [*kept, *([{}] if add or not kept else [])]:
            self.beneficiaries.append_entry(row)

    def answers(self) -> dict[str, Any]:
        """Return the answers; a row that was left empty is none."""
        rows = ({"name": row.data["name"], "kind": row.data["kind"]} for row in self.beneficiaries)
        return {
            "contact": dict(self.contact.data),
            "beneficiaries": [row for row in rows if row["name"] or row["kind"]],
            "working_language": self.working_language.data,
        }


class NeedForm(TaskForm):
    """What is needed, and why now."""

    title = StringField(
        LABELS["need.title"], description=_l("For example: Drafting support for the nuclear terrorism convention")
    )
    types = SelectMultipleField(
        LABELS["need.types"],
        description=_l("Choose everything that applies."),
        choices=[
            choice(code.value, label, TYPE_HINTS[code])
            for code, label in TYPE_TEXTS.items()
            # A follow-up begins on the page of the request that it follows (3).
            if code is not AssistanceType.FOLLOW_UP
        ],
        validate_choice=False,
    )
    problem = TextAreaField(
        LABELS["need.problem"],
        description=_l("What is the problem, why now, and what was tried? Do not write about single cases or persons."),
        render_kw={"rows": 10},
    )
    urgency = RadioField(
        LABELS["need.urgency"],
        choices=[
            choice(Urgency.ROUTINE.value, URGENCIES[Urgency.ROUTINE]),
            choice(
                Urgency.URGENT.value,
                URGENCIES[Urgency.URGENT],
                _l("Only with a dated event, such as a bill before parliament or a treaty event"),
            ),
        ],
        default=Urgency.ROUTINE.value,
        validate_choice=False,
    )
    urgency_trigger = TextAreaField(
        LABELS["need.urgency_trigger"], description=_l("Only for an urgent request"), render_kw={"rows": 3}
    )
    urgency_date = DateThree(
        LABELS["need.urgency_date"], description=_l("Only for an urgent request, for example 15 3 2027")
    )
    cted_recommendation = TextAreaField(
        LABELS["need.cted_recommendation"],
        description=_l("If there is one: which document and paragraph"),
        render_kw={"rows": 3},
    )

    @classmethod
    def stored(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored answers with the date as a date."""
        day = answers.get("urgency_date")
        return {**answers, "urgency_date": date.fromisoformat(day) if day else None}


class RightsPart(Form):
    """The answer to one of the six questions."""

    answer = RadioField(_l("Answer"), choices=_chosen(ANSWERS), validate_choice=False)
    remark = TextAreaField(_l("Remark"), description=_l("Needed when the answer is no"), render_kw={"rows": 3})


class RightsForm(TaskForm):
    """The State's own answers to the six questions."""

    q1 = FormField(RightsPart, label=RIGHTS_QUESTIONS["q1"])
    q2 = FormField(RightsPart, label=RIGHTS_QUESTIONS["q2"])
    q3 = FormField(RightsPart, label=RIGHTS_QUESTIONS["q3"])
    q4 = FormField(RightsPart, label=RIGHTS_QUESTIONS["q4"])
    q5 = FormField(RightsPart, label=RIGHTS_QUESTIONS["q5"])
    q6 = FormField(RightsPart, label=RIGHTS_QUESTIONS["q6"])


class RightsConfirmationForm(TaskForm):
    """One confirmation instead of six answers."""

    confirmed = BooleanField(
        _l(
            "We will use what is asked in conformity with our obligations under human rights, refugee and humanitarian "
            "law"
        )
    )


class ConsentsForm(TaskForm):
    """With whom the request is shared."""

    ctc = RadioField(
        _l("May we share this request with the Counter-Terrorism Committee and its Executive Directorate?"),
        description=_l(
            "The resolution asks us to coordinate every request with them (ECOSOC resolution 2005/19, paragraphs 1, 3, "
            "4 and 7). Without this consent the request cannot be sent. You can withdraw it later."
        ),
        choices=_YES_OR_NO,
        validate_choice=False,
    )
    partners = RadioField(
        _l("May we share it with partner organizations?"),
        choices=_chosen(PARTNER_CONSENTS),
        default=PartnerConsent.NONE.value,
        validate_choice=False,
    )
    partners_listed = TextAreaField(
        LABELS["consents.partners_listed"],
        description=_l("Only if you chose to name them"),
        render_kw={"rows": 3},
    )
    public_summary = RadioField(
        _l("May we publish a short summary of the assistance?"),
        description=_l("It names your State and the kind of assistance, never the problem."),
        choices=_YES_OR_NO,
        default=_NO,
        validate_choice=False,
    )

    def answers(self) -> dict[str, Any]:
        """Return the answers; yes and no as the rules take them."""
        return {**super().answers(), "ctc": _bool(self.ctc.data), "public_summary": _bool(self.public_summary.data)}

    @classmethod
    def stored(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored answers with yes and no as words."""
        shown = {**answers, "ctc": _word(answers.get("ctc"))}
        return shown | ({"public_summary": _word(answers["public_summary"])} if "public_summary" in answers else {})


def form_of(task: str, types: frozenset[AssistanceType]) -> type[TaskForm]:
    """Return the form of `task` for a request of these types.

    Raises:
        KeyError: there is no such task.
    """
    if task == "rights":
        return RightsConfirmationForm if types and types <= LIGHT_TYPES else RightsForm
    forms: dict[str, type[TaskForm]] = {"who": WhoForm, "need": NeedForm, "consents": ConsentsForm}
    return forms[task]
