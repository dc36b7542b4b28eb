"""Every field of a request as a form shows it, by its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app.casework.content import detail_words as w
from app.casework.content.field_labels import FIELD_LABELS as LABELS
from app.casework.content.field_labels import RIGHTS_QUESTIONS
from app.casework.content.paths import inner_path, raw_value, task_of
from app.casework.content.tasks import PartnerConsent
from app.casework.content.words import LANGUAGES, PARTNER_CONSENTS, TYPE_HINTS, URGENCIES
from app.casework.forms import parts
from app.casework.forms.choices import instrument_options
from app.casework.forms.kinds import CHOOSE, NO, AnswerDate, Codes, Part, Rows, YesNo, answer_of, chosen
from app.casework.texts import TYPE_TEXTS
from app.foundation.fields import choice
from app.workflow.vocabulary import AssistanceType, Urgency

SECTION_PARTS: dict[str, type[Part]] = {
    "ratification": parts.RatificationPart,
    "drafting": parts.DraftingPart,
    "training": parts.TrainingPart,
    "cooperation": parts.CooperationPart,
    "workshop": parts.WorkshopPart,
    "visit": parts.VisitPart,
    "tools": parts.ToolsPart,
}
WHO: dict[str, Any] = {
    "who.contact": FormField(parts.ContactPart, label=LABELS["who.contact"]),
    "who.working_language": SelectField(
        LABELS["who.working_language"],
        description=_l("In which language you write. In another language the original prevails."),
        choices=[CHOOSE, *chosen(LANGUAGES)],
        validate_choice=False,
    ),
    "who.beneficiaries": Rows(
        parts.BeneficiaryRow,
        _l("Institution"),
        LABELS["who.beneficiaries"],
        description=_l("At least one, for example the ministry or court whose people take part."),
        add_label=_l("Add another institution"),
    ),
}
NEED: dict[str, Any] = {
    "need.title": StringField(
        LABELS["need.title"], description=_l("For example: Drafting support for the nuclear terrorism convention")
    ),
    "need.types": SelectMultipleField(
        LABELS["need.types"],
        description=_l("Choose everything that applies. Tasks and pages appear as your choice needs them."),
        choices=[
            choice(code.value, label, TYPE_HINTS[code])
            for code, label in TYPE_TEXTS.items()
            # A follow-up begins on the page of the request that it follows (3).
            if code is not AssistanceType.FOLLOW_UP
        ],
        validate_choice=False,
    ),
    "need.problem": TextAreaField(
        LABELS["need.problem"],
        description=_l("What is the problem, why now, and what was tried? Do not write about single cases or persons."),
        render_kw={"rows": 10},
    ),
    "need.urgency": RadioField(
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
    ),
    "need.urgency_trigger": TextAreaField(
        LABELS["need.urgency_trigger"], description=_l("Only for an urgent request"), render_kw={"rows": 3}
    ),
    "need.urgency_date": AnswerDate(
        LABELS["need.urgency_date"], description=_l("Only for an urgent request, for example 15 3 2027")
    ),
    "need.cted_recommendation": TextAreaField(
        LABELS["need.cted_recommendation"],
        description=_l("If there is one: which document and paragraph"),
        render_kw={"rows": 3},
    ),
}
INSTRUMENTS: dict[str, Any] = {
    "instruments.said": FieldList(FormField(parts.SaidRow), label=LABELS["instruments.said"]),
    "instruments.list": Codes(
        _l("With which instruments do you ask for help?"),
        description=_l("If your State is a party already, you ask for help with putting the instrument into law."),
        choices=instrument_options,
    ),
    "instruments.nuclear_wanted": RadioField(
        _l("Do you want us to take up the Nuclear Terrorism Convention with you?"),
        description=_l("Only if your State is not a party to it. We take it up at your request only (paragraph 10)."),
        choices=chosen(w.NUCLEAR_WISHES),
        validate_choice=False,
    ),
    "instruments.resolutions": Codes(
        LABELS["instruments.resolutions"],
        description=_l("Choose those that the request follows, if any."),
        choices=chosen(w.RESOLUTIONS),
    ),
}
DETAILS: dict[str, Any] = {name: FormField(part) for name, part in SECTION_PARTS.items()}
RESULTS: dict[str, Any] = {
    "results.expected": Rows(
        parts.ExpectedRow,
        _l("Result"),
        LABELS["results.expected"],
        description=_l("What should be different afterwards, and how it will be seen."),
        add_label=_l("Add another result"),
    ),
    "results.previous": Rows(
        parts.PreviousRow,
        _l("Assistance"),
        LABELS["results.previous"],
        description=_l("On the same subject, from us or from others."),
        add_label=_l("Add another assistance"),
    ),
    "results.previous_none": BooleanField(_l("There was no previous assistance on this subject")),
    "results.crime_links": Codes(
        LABELS["results.crime_links"],
        description=_l("Is what you ask for linked to other crime?"),
        choices=chosen(w.CRIME_LINKS),
    ),
    "results.justice_markers": Codes(LABELS["results.justice_markers"], choices=chosen(w.JUSTICE_MARKERS)),
    "results.window": FormField(parts.WindowPart, label=LABELS["results.window"]),
    "results.modality": RadioField(LABELS["results.modality"], choices=chosen(w.MODALITIES), validate_choice=False),
    "results.place": FormField(parts.PlacePart, label=LABELS["results.place"]),
    "results.host_contribution": Rows(
        parts.OfferRow,
        _l("Contribution"),
        LABELS["results.host_contribution"],
        description=_l("In kind or in cash. It counts once it was received."),
        add_label=_l("Add another contribution"),
    ),
}
RIGHTS: dict[str, Any] = {
    **{f"rights.{name}": FormField(parts.RightsPart, label=words) for name, words in RIGHTS_QUESTIONS.items()},
    "rights.confirmed": BooleanField(
        _l(
            "We will use what is asked in conformity with our obligations under human rights, refugee and humanitarian "
            "law"
        )
    ),
}
CONSENTS: dict[str, Any] = {
    "consents.ctc": YesNo(
        _l("May we share this request with the Counter-Terrorism Committee and its Executive Directorate?"),
        description=_l(
            "The resolution asks us to coordinate every request with them (ECOSOC resolution 2005/19, paragraphs 1, 3, "
            "4 and 7). Without this consent the request cannot be sent. You can withdraw it later."
        ),
    ),
    "consents.partners": RadioField(
        _l("May we share it with partner organizations?"),
        choices=chosen(PARTNER_CONSENTS),
        default=PartnerConsent.NONE.value,
        validate_choice=False,
    ),
    "consents.partners_listed": TextAreaField(
        LABELS["consents.partners_listed"],
        description=_l("Only if you chose to name them"),
        render_kw={"rows": 3},
    ),
    "consents.public_summary": YesNo(
        _l("May we publish a short summary of the assistance?"),
        description=_l("It names your State and the kind of assistance, never the problem."),
        default=NO,
    ),
}
#: The fields that stand on pages, by path; those of a section or of the contact stand inside its part.
FIELDS: dict[str, Any] = {**WHO, **NEED, **INSTRUMENTS, **DETAILS, **RESULTS, **RIGHTS, **CONSENTS}


def field_for(path: str) -> Any:
    """Return the (unbound) field for the answer at `path`, to put into a form class.

    Raises:
        KeyError: there is no such field, or nobody types it (`drafting.texts`, `need.parent`).
    """
    if path in FIELDS:
        return FIELDS[path]
    head, _dot, name = path.rpartition(".")
    part = SECTION_PARTS.get(head, parts.ContactPart if head == "who.contact" else None)
    found = getattr(part, name, None)
    if not hasattr(found, "bind"):
        raise KeyError(path)
    return found


def form_part_of(path: str, data: Mapping[str, Any], formdata: Any = None, prefix: str = "") -> Form:
    """Return a form with one field, `answer`, for the field at `path`, filled with its answer in `data`.

    Read what was typed back with `answer_of(form.answer)`; put it into the data with `content.paths.corrected` and
    check it with `content.check_task`.

    Args:
        path: such as `drafting.bill_date`.
        data: answers by task: a revision's data.
        formdata: what was posted, if anything.
        prefix: of the names of the inputs.

    Raises:
        KeyError: see `field_for`.
    """
    kind: type[Form] = type("AnswerAt", (Part,), {"answer": field_for(path)})
    return kind(formdata, prefix=prefix, data={"answer": raw_value(data, path)})


def input_id(path: str) -> str:
    """Return the id of the element where the answer at `path` is given, on its page."""
    place = path if task_of(path) == "details" else inner_path(path)
    anchor = place.replace(".", "-")
    try:
        field = field_for(path)
    except KeyError:
        # an input of a row or of one of the six questions
        return f"{anchor}-0" if path.startswith("rights.") and path.endswith(".answer") else anchor
    if issubclass(field.field_class, FieldList | FormField) or field.kwargs.get("fold"):
        return f"{anchor}-group"
    if issubclass(field.field_class, RadioField | SelectMultipleField):
        return f"{anchor}-0"
    return f"{anchor}-day" if issubclass(field.field_class, AnswerDate) else anchor


__all__ = ["FIELDS", "answer_of", "field_for", "form_part_of", "input_id"]
