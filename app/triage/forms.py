"""Forms of intake: labels and widgets; the rules stand in `commands`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
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

from app.casework.content.labels import field_choices
from app.casework.forms.kinds import Codes, Whole, minor_units
from app.casework.officers import officer_choices
from app.casework.steps import StepForm
from app.casework.texts.reasons import REASON_TEXTS
from app.foundation.errors import FieldError
from app.foundation.fields import choice
from app.foundation.forms import CommandForm
from app.triage.checks import Findings, Judged
from app.triage.commands import MOST_QUESTIONS
from app.triage.texts import CHECK_TEXTS
from app.triage.vocabulary import REASONS
from app.workflow.vocabulary import AssistanceType, EligibilityCheck

YES, NO, OPEN = "true", "false", ""
#: Name of the button that adds a row.
ADD = "add"


class BulkForm(CommandForm):
    """Who gets several requests."""

    officer = SelectField(_l("Case officer"), validate_choice=False)

    def offer(self, officers: Iterable[Any]) -> None:
        """Fill the list with officers and how many open requests each has: rows of key, name and open_cases."""
        self.officer.choices = officer_choices(officers)

    def knows(self, keys: Iterable[str]) -> bool:
        """Tell whether an officer of `keys` is chosen; else say so beside the field."""
        if not self.is_submitted() or self.officer.data in set(keys):
            return True
        self.place(FieldError("officer", "not_offered" if self.officer.data else "officer_needed"))
        return False


class MergeForm(StepForm):
    """Which request goes on."""

    number = StringField(_l("Number of the request that goes on"))


class UnmergeForm(StepForm):
    """Why a merge is undone."""

    reason = TextAreaField(_l("Why the merge is undone"), render_kw={"rows": 4})


class ViewForm(CommandForm):
    """The name of an own view."""

    name = StringField(_l("Name of the view"), render_kw={"maxlength": 60})


class CheckForm(Form):
    """One of the eight checks."""

    passed = RadioField(
        choices=[choice(YES, _l("Yes")), choice(NO, _l("No")), choice(OPEN, _l("Not judged yet"))],
        default=OPEN,
        validate_choice=False,
    )
    reason = SelectField(_l("Why not"), validate_choice=False)
    remark = TextAreaField(_l("Remark"), render_kw={"rows": 2})
    version = HiddenField(default="0")


class ScreeningForm(StepForm):
    """The eight checks."""

    e1 = FormField(CheckForm)
    e2 = FormField(CheckForm)
    e3 = FormField(CheckForm)
    e4 = FormField(CheckForm)
    e5 = FormField(CheckForm)
    e6 = FormField(CheckForm)
    e7 = FormField(CheckForm)
    e8 = FormField(CheckForm)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for check in EligibilityCheck:
            row = self.row(check)
            row.passed.label.text = CHECK_TEXTS[check]
            if len(REASONS[check]) == 1:
                # One possible reason need not be chosen.
                del row.reason
            else:
                words = [choice(reason.value, REASON_TEXTS[reason]) for reason in REASONS[check]]
                row.reason.choices = [choice("", _("Choose a reason")), *words]

    def row(self, check: EligibilityCheck) -> CheckForm:
        """The part of the form about `check`."""
        part: CheckForm = self[check.value].form
        return part


def screening_data(judged: Mapping[EligibilityCheck, Judged], found: Findings, version: int) -> dict[str, Any]:
    """Return what the form of the checks shows at first: judgements, else what the system finds to pass.

    What the system finds not to pass stays open: a no needs an officer's own words.
    """
    data: dict[str, Any] = {"version": version}
    for check in EligibilityCheck:
        if (one := judged.get(check)) is not None:
            row = one.row
            answers = {
                "passed": YES if row.passed else NO,
                "reason": row.reason_code.value if row.reason_code else "",
                "remark": row.remark,
                "version": row.version,
            }
        else:
            answers = {"passed": YES if found.passed.get(check) else OPEN, "version": 0}
        data[check.value] = answers
    return data


class ReadForm(CommandForm):
    """Says that answers were read; the page names their questions."""

    question = SelectMultipleField(choices=[], validate_choice=False)


class QuestionForm(Form):
    """One question to the State."""

    field_path = SelectField(_l("About which part"), validate_choice=False)
    text = TextAreaField(_l("Question"), render_kw={"rows": 3})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = (choice(path, words, group=task) for path, words, task in field_choices())
        self.field_path.choices = [choice("", _("Choose a part of the request")), *parts]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not (self.field_path.data or (self.text.data or "").strip())


class QuestionsForm(StepForm):
    """The questions with which a request is returned; works without JavaScript by a button that adds a row."""

    questions = FieldList(FormField(QuestionForm, label=_l("Question")), label=_l("Questions"), min_entries=1)

    def drop_empty(self) -> None:
        """Leave out rows in which nothing was entered, but keep one."""
        filled = [entry for entry in self.questions.entries if not entry.form.is_empty]
        self.questions.entries = filled or self.questions.entries[:1]

    def add_row(self) -> None:
        """Offer one more question, up to the greatest number."""
        if len(self.questions.entries) < MOST_QUESTIONS:
            self.questions.append_entry()


class AskForm(QuestionsForm):
    """Questions that come up while a request is worked on."""

    blocking = RadioField(
        _l("Does the work wait for the answer?"),
        choices=[
            choice(
                NO,
                _l("No, it goes on"),
                _l("The State finds the questions among its things to do. The request stays with you."),
            ),
            choice(
                YES,
                _l("Yes, it stands still"),
                _l("The request goes to the State, and the clock of the Branch stands still until it answers."),
            ),
        ],
        default=NO,
        validate_choice=False,
    )


class SupplyForm(StepForm):
    """What a State gets in the fast lane; `offer` says what there is."""

    items = Codes(_l("Tools from the library"))
    course = StringField(_l("Online course"), description=_l("Its name, the dates or places, and the address."))
    copies = Whole(
        _l("Printed copies of each tool"),
        description=_l("0 for none."),
        render_kw={"inputmode": "numeric"},
        default="0",
    )
    address = TextAreaField(_l("Address for the printed copies"), render_kw={"rows": 3})
    words = TextAreaField(_l("A word to the State"), render_kw={"rows": 4})
    cost_minor = StringField(_l("Estimated cost in US dollars"), render_kw={"inputmode": "decimal"})

    def offer(self, items: Iterable[Any], types: Collection[AssistanceType]) -> None:
        """Offer the files of the library, and only what requests of `types` need.

        Args:
            items: choices of files, as `choice` makes them.
        """
        self.items.choices = list(items)
        if AssistanceType.TOOLS not in types:
            del self.items, self.copies, self.address
        if AssistanceType.ONLINE_COURSE not in types:
            del self.course

    def values(self) -> dict[str, Any]:
        """Return what `SupplyCase` takes, the cost in cents."""
        return {**super().values(), "cost_minor": minor_units(self.cost_minor.data or "", "USD")}
