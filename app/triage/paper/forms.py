"""The form in which a paper request is registered: labels and widgets; the rules are `commands` and the content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app.casework.content.field_labels import FIELD_LABELS as LABELS
from app.casework.content.words import LANGUAGES, URGENCIES
from app.casework.forms.kinds import AnswerDate, Part, answer_of, chosen
from app.casework.forms.parts import BeneficiaryRow, ContactPart
from app.casework.texts import TYPE_TEXTS, channel_text
from app.documents.fields import UploadField, UploadForm
from app.foundation.fields import DateThree, choice
from app.workflow.vocabulary import AssistanceType, Channel, Urgency

#: Institutions that the page has room for; the State names more when it is asked.
INSTITUTIONS = 3
YES, NO = "yes", "no"
_NONE = choice("", _l("Not said"))


class WriterPart(ContactPart):
    """Who wrote; the document need not say in which language they correspond."""

    language = SelectField(LABELS["who.contact.language"], choices=[_NONE, *chosen(LANGUAGES)], validate_choice=False)


class WhoPart(Part):
    """Who asks, for whom, and in which language."""

    contact = FormField(WriterPart, label=_l("Who wrote"))
    working_language = SelectField(
        _l("Language of the document"), choices=[_NONE, *chosen(LANGUAGES)], validate_choice=False
    )
    beneficiaries = FieldList(FormField(BeneficiaryRow), label=LABELS["who.beneficiaries"], min_entries=INSTITUTIONS)


class NeedPart(Part):
    """What is asked for."""

    title = StringField(LABELS["need.title"], description=_l("In the words of the document, so that others find it"))
    types = SelectMultipleField(
        LABELS["need.types"],
        choices=[
            # Only the State asks for a follow-up (3).
            choice(code.value, label)
            for code, label in TYPE_TEXTS.items()
            if code is not AssistanceType.FOLLOW_UP
        ],
        validate_choice=False,
    )
    problem = TextAreaField(LABELS["need.problem"], render_kw={"rows": 8})
    urgency = RadioField(
        LABELS["need.urgency"], choices=chosen(URGENCIES), default=Urgency.ROUTINE.value, validate_choice=False
    )
    urgency_trigger = TextAreaField(LABELS["need.urgency_trigger"], render_kw={"rows": 2})
    urgency_date = AnswerDate(LABELS["need.urgency_date"])
    cted_recommendation = TextAreaField(LABELS["need.cted_recommendation"], render_kw={"rows": 2})


class PaperForm(UploadForm):
    """Everything that the note or letter says, as much as it says."""

    state = SelectField(_l("State"), validate_choice=False, render_kw={"translate": "no"})
    channel = RadioField(_l("How it came"), validate_choice=False)
    note_number = StringField(
        _l("Number of the document"), description=_l("As it stands there. If it bears none, write “none”.")
    )
    note_date = DateThree(_l("Date of the document"))
    received_on = DateThree(
        _l("Received on"), description=_l("The day on which the Branch received it. The clocks count from this day.")
    )
    scan = UploadField(_l("Scan of the document"))
    who = FormField(WhoPart)
    gist = TextAreaField(
        _l("What it says, in English"),
        description=_l("Needed when the document is in none of the languages of the list. The original prevails."),
        render_kw={"rows": 5},
    )
    need = FormField(NeedPart)
    ctc = RadioField(
        _l("Does it agree to share the request with the Counter-Terrorism Committee and its Executive Directorate?"),
        description=_l("Only if the document says so. If it does not, the State is asked before the request goes on."),
        choices=[choice(YES, _l("Yes, the document says so")), choice(NO, _l("No, it does not say so"))],
        default=NO,
        validate_choice=False,
    )
    another = BooleanField(_l("This is another request all the same"))

    def offer(self, states: Iterable[tuple[str, str]]) -> None:
        """Fill the lists: States as (code, name), and the ways in which paper comes."""
        self.state.choices = [choice("", _("Choose a State")), *(choice(code, name) for code, name in states)]
        ways = [channel for channel in Channel if channel is not Channel.PORTAL]
        self.channel.choices = [choice(channel.value, channel_text(channel)) for channel in ways]

    def values(self) -> dict[str, Any]:
        """Return what `RegisterPaper` takes."""
        answers = {part.short_name: answer_of(part) for part in (self.who, self.need)}
        plain = ("state", "channel", "note_number", "note_date", "received_on", "scan", "gist", "another")
        return {**{name: self[name].data for name in plain}, "ctc": self.ctc.data == YES, "answers": answers}
