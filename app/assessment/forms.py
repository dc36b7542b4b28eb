"""Forms of an assessment: labels and widgets; the rules stand in `answers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField, RadioField, TextAreaField

from app.assessment.texts import CONFIRMATION, FINDINGS, NEED_FINDINGS, PRIORITIES, RISK_LEVELS
from app.assessment.vocabulary import Finding, Part, RightsQuestion
from app.casework.content import detail_words as words
from app.casework.content.field_labels import RIGHTS_QUESTIONS
from app.casework.forms.kinds import Codes, MoneyPart, YesNo, answer_of, chosen
from app.casework.forms.kinds import Part as FormPart
from app.foundation.forms import CommandForm

#: Name of the button that keeps a part as far as it is.
LATER = "later"


class PartForm(CommandForm):
    """Base of the form of one part, with the version of its row."""

    version = HiddenField(default="0")

    def values(self) -> dict[str, Any]:
        """Return what was entered, parts of fields among it."""
        return {name: answer_of(self._fields[name]) for name in super().values()}


class NeedForm(PartForm):
    """What is needed."""

    finding = RadioField(
        _l("Do you see the need that the State describes?"), choices=chosen(NEED_FINDINGS), validate_choice=False
    )
    text = TextAreaField(
        _l("What is needed"),
        description=_l("In your own words, and from where you know: reports, visits, the law as it stands."),
        render_kw={"rows": 8},
    )


class EarlierForm(PartForm):
    """Earlier assistance."""

    similar = YesNo(
        _l("Did the State have similar assistance in the last 24 months?"),
        description=_l("From the Branch or from anybody else."),
    )
    remark = TextAreaField(_l("What it was, and what came of it"), render_kw={"rows": 5})


class FindingPart(FormPart):
    """The finding on one question."""

    finding = RadioField(_l("Your finding"), choices=chosen(FINDINGS), validate_choice=False)
    remark = TextAreaField(_l("Remark"), description=_l("Needed with a concern."), render_kw={"rows": 2})


class ConfirmedPart(FormPart):
    """The finding on the one confirmation."""

    finding = RadioField(
        _l("Your finding"),
        choices=chosen({one: FINDINGS[one] for one in (Finding.NO_CONCERN, Finding.CONCERN)}),
        validate_choice=False,
    )
    remark = TextAreaField(_l("Remark"), description=_l("Needed with a concern."), render_kw={"rows": 2})


class RightsForm(PartForm):
    """The rights review; only what is asked of the request stays."""

    q1 = FormField(FindingPart, label=RIGHTS_QUESTIONS["q1"])
    q2 = FormField(FindingPart, label=RIGHTS_QUESTIONS["q2"])
    q3 = FormField(FindingPart, label=RIGHTS_QUESTIONS["q3"])
    q4 = FormField(FindingPart, label=RIGHTS_QUESTIONS["q4"])
    q5 = FormField(FindingPart, label=RIGHTS_QUESTIONS["q5"])
    q6 = FormField(FindingPart, label=RIGHTS_QUESTIONS["q6"])
    confirmed = FormField(ConfirmedPart, label=CONFIRMATION)
    safeguards = TextAreaField(
        _l("Safeguards"),
        description=_l("Optional: what must be observed when the assistance is planned and given."),
        render_kw={"rows": 3},
    )

    def ask(self, questions: tuple[RightsQuestion, ...]) -> None:
        """Leave just `questions`."""
        for question in RightsQuestion:
            if question not in questions:
                del self[question.value]


class CrimeLinksForm(PartForm):
    """Links to other crime (9)."""

    chosen = Codes(_l("Links to other crime"), choices=chosen(words.CRIME_LINKS))
    remark = TextAreaField(_l("Remark"), description=_l("Optional."), render_kw={"rows": 3})


class JusticeForm(PartForm):
    """Justice markers (8)."""

    chosen = Codes(_l("Parts of criminal justice that it would strengthen"), choices=chosen(words.JUSTICE_MARKERS))
    remark = TextAreaField(_l("Remark"), description=_l("Optional."), render_kw={"rows": 3})


class RisksForm(PartForm):
    """Risks."""

    level = RadioField(_l("How high is the risk?"), choices=chosen(RISK_LEVELS), validate_choice=False)
    text = TextAreaField(_l("What could go wrong"), render_kw={"rows": 5})
    measures = TextAreaField(_l("What can be done about it"), description=_l("Optional."), render_kw={"rows": 3})


class CostForm(PartForm):
    """Cost estimate."""

    value = FormField(MoneyPart, label=_l("Estimated cost, without programme support cost"))
    basis = TextAreaField(
        _l("How you estimated it"), description=_l("People, days, travel, interpretation."), render_kw={"rows": 4}
    )


class PriorityForm(PartForm):
    """What the score asks, and the decision."""

    cted = YesNo(_l("Does CTED recommend what is asked for?"))
    text_ready = YesNo(_l("Is the text that is to be worked on there?"))
    host_named = YesNo(_l("Is the host named?"))
    counterpart_named = YesNo(_l("Is the counterpart named?"))
    priority = RadioField(_l("Your priority"), choices=chosen(PRIORITIES), validate_choice=False)
    reason = TextAreaField(
        _l("Reason"), description=_l("Needed when you depart from what the score advises."), render_kw={"rows": 3}
    )


FORMS: Mapping[Part, type[PartForm]] = {
    Part.NEED: NeedForm,
    Part.EARLIER_ASSISTANCE: EarlierForm,
    Part.RIGHTS_REVIEW: RightsForm,
    Part.CRIME_LINKS: CrimeLinksForm,
    Part.JUSTICE_MARKERS: JusticeForm,
    Part.RISKS: RisksForm,
    Part.COST_ESTIMATE: CostForm,
    Part.PRIORITY: PriorityForm,
}


class VersionForm(CommandForm):
    """A button with the version that the page showed."""

    version = HiddenField()
