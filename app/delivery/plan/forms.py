"""Forms of the plan: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from app.casework.content.detail_words import CRIME_LINKS, JUSTICE_MARKERS, MODALITIES
from app.casework.content.words import LANGUAGES
from app.casework.forms.choices import CURRENCIES, currency_options, grouped_state_options, state_options_or_none
from app.casework.forms.kinds import CHOOSE, AnswerDate, Codes, RowPart, Rows, answer_of, as_amount, chosen, minor_units
from app.casework.texts import TYPE_TEXTS
from app.delivery.plan.commands import FIRST_DAY_NEEDED
from app.delivery.plan.queries import StoredPlan
from app.delivery.plan.texts import PARTNER_ROLES, SCOPES
from app.foundation.errors import FieldError
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.reference.texts import PARAGRAPH_TEXTS
from app.workflow.vocabulary import AssistanceType

#: Name of the button that adds a row; its value is the name of the list.
ADD = "add"


class PlanForm(CommandForm):
    """Base: the version of the case, and of the row that the form changes."""

    version = HiddenField()
    seen = HiddenField(default="0")

    def carry(self, case_version: int, seen: int) -> None:
        """Take the versions that are shown now, unless the form was sent."""
        if not self.is_submitted():
            self.version.data, self.seen.data = str(case_version), str(seen)

    def settle_rows(self, add: str | None = None) -> None:
        """Leave out rows that are empty or to be removed; add one to the list with the name `add`."""
        for field in self:
            if isinstance(field, Rows):
                field.settle(add=field.name == add)

    def values(self) -> dict[str, Any]:
        """Return what was entered, rows without those that are empty."""
        entered = {name: answer_of(field) for name, field in self._fields.items()}
        empty = {field.short_name: [row.form.is_empty for row in field] for field in self if isinstance(field, Rows)}
        for name, blank in empty.items():
            entered[name] = [row for row, without in zip(entered[name], blank, strict=True) if not without]
        return entered


class CostRow(RowPart):
    """One line of the costs."""

    what = StringField(_l("What for"))
    minor = StringField(_l("Amount"), render_kw={"inputmode": "decimal"})


class DraftForm(PlanForm):
    """What the plan says as a whole."""

    summary = TextAreaField(
        _l("What will be done"),
        description=_l("In words that the State will read once the plan is put to it."),
        render_kw={"rows": 6},
    )
    expected_results = TextAreaField(
        _l("Expected results"), description=_l("What should be different afterwards."), render_kw={"rows": 5}
    )
    lang = SelectField(_l("Language of the plan"), choices=chosen(LANGUAGES), validate_choice=False)
    currency = SelectField(
        _l("Currency of the costs"),
        choices=currency_options,
        default=CURRENCIES[0],
        validate_choice=False,
        render_kw={"data_content": True},
    )
    costs = Rows(CostRow, _l("Cost"), _l("Costs"), add_label=_l("Add another cost"))

    def values(self) -> dict[str, Any]:
        """Return what `SaveDraft` takes, amounts in minor units."""
        entered = super().values()
        currency = self.currency.data or ""
        lines = [{"what": row["what"], "minor": minor_units(row["minor"] or "", currency)} for row in entered["costs"]]
        return {**entered, "costs": lines}


def draft_data(stored: StoredPlan | None, lang: str) -> dict[str, Any]:
    """Return what the form of the plan shows at first.

    Args:
        stored: the plan; None before there is one.
        lang: of the case, for a plan that is begun.
    """
    if stored is None:
        return {"lang": lang}
    plan = stored.plan
    costs = [{"what": one.what, "minor": as_amount(one.minor, plan.currency)} for one in stored.costs]
    names = ("summary", "expected_results", "lang", "currency")
    return {**{name: getattr(plan, name) for name in names}, "costs": costs}


class PartnerRow(RowPart):
    """One partner."""

    name = StringField(_l("Organization"))
    role = SelectField(_l("What it does"), choices=[CHOOSE, *chosen(PARTNER_ROLES)], validate_choice=False)


class ActivityForm(PlanForm):
    """One activity."""

    title = StringField(_l("Title"))
    type = SelectField(
        _l("Type of assistance"),
        choices=[
            CHOOSE,
            *(choice(kind.value, words) for kind, words in TYPE_TEXTS.items() if kind is not AssistanceType.FOLLOW_UP),
        ],
        validate_choice=False,
    )
    starts_on = AnswerDate(_l("First day"), description=_l("For example 15 3 2027"))
    ends_on = AnswerDate(_l("Last day"))
    modality = RadioField(_l("How it is held"), choices=chosen(MODALITIES), validate_choice=False)
    city = StringField(_l("City"), description=_l("Needed unless it is held remotely."))
    country = SelectField(
        _l("Country"), choices=state_options_or_none, validate_choice=False, render_kw={"data_content": True}
    )
    scope = RadioField(_l("Scope"), choices=chosen(SCOPES), validate_choice=False)
    results = TextAreaField(_l("What it should bring"), render_kw={"rows": 4})
    justice_markers = Codes(_l("Parts of criminal justice that it strengthens"), choices=chosen(JUSTICE_MARKERS))
    crime_links = Codes(_l("Other crime that it is linked to"), choices=chosen(CRIME_LINKS))
    paragraphs = Codes(
        _l("Paragraphs of the resolution on which it rests"),
        description=_l("ECOSOC resolution 2005/19"),
        choices=[choice(str(number), words) for number, words in PARAGRAPH_TEXTS.items()],
    )
    partners = Rows(
        PartnerRow,
        _l("Partner"),
        _l("Partners"),
        description=_l("Other organizations, and what each of them does."),
        add_label=_l("Add another partner"),
    )
    participants = Codes(
        _l("Other States that take part"),
        description=_l("Each is asked and answers for itself. None of them sees the request."),
        choices=grouped_state_options,
        fold=True,
    )

    def put_beside(self, *errors: FieldError) -> None:
        """Put each error beside its field; a first day that was typed and cannot be read is not missing as well."""
        unread = bool(self.starts_on.process_errors)
        super().put_beside(*(one for one in errors if not (unread and one.code == FIRST_DAY_NEEDED)))


class RemoveForm(PlanForm):
    """Asks once more."""
