"""Parts of a request that hold several inputs: a person, a row of a list, a section for one kind of assistance."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)

from app.casework.content import detail_words as w
from app.casework.content.field_labels import FIELD_LABELS as LABELS
from app.casework.content.words import ANSWERS, BENEFICIARY_KINDS, LANGUAGES
from app.casework.forms.choices import grouped_state_options, state_options_or_none
from app.casework.forms.kinds import CHOOSE, AnswerDate, Codes, MoneyPart, Part, RowPart, Rows, Whole, chosen


def select(label: Any, words: Any, **kwargs: Any) -> Any:
    """Return a list of codes from which one is chosen; the first line is none of them."""
    return SelectField(label, choices=[CHOOSE, *chosen(words)], validate_choice=False, **kwargs)


class ContactPart(Part):
    """The contact person."""

    name = StringField(LABELS["who.contact.name"], render_kw={"autocomplete": "name"})
    function = StringField(LABELS["who.contact.function"], render_kw={"autocomplete": "organization-title"})
    institution = StringField(LABELS["who.contact.institution"], render_kw={"autocomplete": "organization"})
    email = EmailField(LABELS["who.contact.email"], render_kw={"autocomplete": "email"})
    telephone = TelField(
        LABELS["who.contact.telephone"], description=_l("With the country code"), render_kw={"autocomplete": "tel"}
    )
    language = SelectField(LABELS["who.contact.language"], choices=chosen(LANGUAGES), validate_choice=False)


class BeneficiaryRow(RowPart):
    """One institution."""

    name = StringField(LABELS["who.beneficiaries.name"])
    kind = select(LABELS["who.beneficiaries.kind"], BENEFICIARY_KINDS)


class RightsPart(Part):
    """The answer to one of the six questions."""

    answer = RadioField(_l("Answer"), choices=chosen(ANSWERS), validate_choice=False)
    remark = TextAreaField(_l("Remark"), description=_l("Needed when the answer is no"), render_kw={"rows": 3})


class SaidRow(Part):
    """The question whether the State is a party to one instrument; `SaidList.offer` says to which."""

    instrument = HiddenField()
    party = select(LABELS["instruments.said.party"], w.PARTY_SAID)

    def as_answer(self) -> dict[str, Any]:
        """Return the answer; nothing where the question was left open."""
        return {"instrument": self.instrument.data, "party": self.party.data} if self.party.data else {}


class GroupRow(RowPart):
    """People of one profession."""

    profession = select(LABELS["training.professions.profession"], w.PROFESSIONS)
    number = Whole(LABELS["training.professions.number"], render_kw={"inputmode": "numeric"})
    level = select(LABELS["training.professions.level"], w.LEVELS)


class ToolRow(RowPart):
    """One published tool."""

    tool = StringField(LABELS["tools.items.tool"])
    language = select(LABELS["tools.items.language"], LANGUAGES)
    copies = Whole(LABELS["tools.items.copies"], render_kw={"inputmode": "numeric"})


class ExpectedRow(RowPart):
    """One expected result."""

    result = StringField(LABELS["results.expected.result"])
    indicator = StringField(LABELS["results.expected.indicator"])
    baseline = StringField(LABELS["results.expected.baseline"])
    target = StringField(LABELS["results.expected.target"])
    by = AnswerDate(LABELS["results.expected.by"])


class PreviousRow(RowPart):
    """Assistance that the State had before."""

    provider = StringField(LABELS["results.previous.provider"])
    year = Whole(LABELS["results.previous.year"], render_kw={"inputmode": "numeric"})
    subject = StringField(LABELS["results.previous.subject"])
    link = URLField(LABELS["results.previous.link"])


class OfferRow(RowPart):
    """Something that the host offers."""

    kind = select(LABELS["results.host_contribution.kind"], w.HOST_OFFERS)
    what = StringField(LABELS["results.host_contribution.what"])
    value = FormField(MoneyPart)


class WindowPart(Part):
    """From when to when."""

    start = AnswerDate(LABELS["results.window.start"])
    end = AnswerDate(LABELS["results.window.end"])


class PlacePart(Part):
    """Where."""

    city = StringField(LABELS["results.place.city"])
    country = SelectField(
        LABELS["results.place.country"],
        choices=state_options_or_none,
        validate_choice=False,
        # names of States are no words of the interface
        render_kw={"data_content": True},
    )
    venue = StringField(LABELS["results.place.venue"])


class RatificationPart(Part):
    """Ratification and accession."""

    stage = RadioField(LABELS["ratification.stage"], choices=chosen(w.STAGES), validate_choice=False)
    reservation = RadioField(
        LABELS["ratification.reservation"],
        description=_l("With yes or under study we ask the Office of Legal Affairs for its advice."),
        choices=chosen(w.RESERVATIONS),
        validate_choice=False,
    )
    obstacle = TextAreaField(LABELS["ratification.obstacle"], render_kw={"rows": 4})


class DraftingPart(Part):
    """Drafting; the texts themselves are attached on a page of their own."""

    bill_date = AnswerDate(
        LABELS["drafting.bill_date"], description=_l("If there is one: when parliament or the government expects it")
    )


class TrainingPart(Part):
    """Training of every kind."""

    professions = Rows(GroupRow, _l("Group"), LABELS["training.professions"], add_label=_l("Add another group"))
    topics = Codes(LABELS["training.topics"], choices=chosen(w.TOPICS))


class CooperationPart(Part):
    """International cooperation."""

    authority = StringField(
        LABELS["cooperation.authority"], description=_l("Which authority sends and receives requests for your State")
    )
    difficulties = TextAreaField(
        LABELS["cooperation.difficulties"],
        description=_l("Never about a single case, and no names of persons."),
        render_kw={"rows": 6},
    )
    partners = Codes(LABELS["cooperation.partners"], choices=grouped_state_options, fold=True)


class WorkshopPart(Part):
    """Events with other States."""

    participating_states = Codes(
        LABELS["workshop.participating_states"],
        description=_l("Each State is asked and answers for itself. It sees neither your request nor its documents."),
        choices=grouped_state_options,
        fold=True,
    )


class VisitPart(Part):
    """A joint visit."""

    report = StringField(
        LABELS["visit.report"],
        description=_l(
            "Its symbol or date. Every visit needs a dated consent of its own, which we ask for with the plan."
        ),
    )


class ToolsPart(Part):
    """Published tools."""

    items = Rows(ToolRow, _l("Tool"), LABELS["tools.items"], add_label=_l("Add another tool"))
