"""What each task, field and answer of a request is called, and how an answer is shown to a reader.

One field has one path everywhere (`need.title`); its label is the same in the form, in "check your answers", on the
officer's page and in a question about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from app.casework.content import TASKS, task_model, types_of
from app.casework.content.tasks import Answer, BeneficiaryKind, Language, PartnerConsent, RightsConfirmation
from app.casework.content.words import ANSWERS, BENEFICIARY_KINDS, LANGUAGES, PARTNER_CONSENTS, URGENCIES, YES_NO
from app.casework.texts import TYPE_TEXTS
from app.foundation.formatting import date_filter, one_line, plain_text
from app.workflow.vocabulary import AssistanceType, Urgency

#: A question that belongs to no field.
OTHER = "other"
TASK_LABELS: dict[str, LazyString] = {
    "who": _l("Who asks, and for whom"),
    "need": _l("What is needed"),
    "rights": _l("Human rights"),
    "consents": _l("With whom the request is shared"),
}
#: The six questions (requests, rights): in short, and as they are asked.
RIGHTS_SHORT: dict[str, LazyString] = {
    "q1": _l("Human rights, refugee and humanitarian law"),
    "q2": _l("Narrow definitions of offences"),
    "q3": _l("Fair trial"),
    "q4": _l("Non-refoulement"),
    "q5": _l("Oversight and remedy"),
    "q6": _l("Training and participating units"),
}
RIGHTS_QUESTIONS: dict[str, LazyString] = {
    "q1": _l(
        "Will what is asked be used in conformity with the State’s obligations under human rights, refugee and "
        "humanitarian law?"
    ),
    "q2": _l(
        "Are the offences concerned defined narrowly enough not to reach lawful expression, assembly, association or "
        "humanitarian work?"
    ),
    "q3": _l("Are fair-trial safeguards covered (counsel, judicial control of detention, time limits)?"),
    "q4": _l("Do extradition and transfer respect non-refoulement?"),
    "q5": _l("Is there independent oversight and a remedy?"),
    "q6": _l(
        "Does training include human rights and the rule of law, and are the participating units free of credible "
        "allegations of grave violations, as far as is known?"
    ),
}
FIELD_LABELS: dict[str, LazyString] = {
    "who.contact": _l("Contact person"),
    "who.contact.name": _l("Name"),
    "who.contact.function": _l("Function"),
    "who.contact.institution": _l("Institution"),
    "who.contact.email": _l("E-mail"),
    "who.contact.telephone": _l("Telephone"),
    "who.contact.language": _l("Language of correspondence"),
    "who.beneficiaries": _l("Institutions that will benefit"),
    "who.beneficiaries.name": _l("Name of the institution"),
    "who.beneficiaries.kind": _l("Kind of institution"),
    "who.working_language": _l("Language of this request"),
    "need.title": _l("Short title of the request"),
    "need.types": _l("Types of assistance"),
    "need.problem": _l("The problem"),
    "need.urgency": _l("Urgency"),
    "need.urgency_trigger": _l("Event that makes it urgent"),
    "need.urgency_date": _l("Date of that event"),
    "need.cted_recommendation": _l("Recommendation of CTED that it follows"),
    "rights.confirmed": _l("Use in conformity with human rights law"),
    "consents.ctc": _l("Shared with the Counter-Terrorism Committee"),
    "consents.partners": _l("Shared with partners"),
    "consents.partners_listed": _l("Names of the partners"),
    "consents.public_summary": _l("Public summary"),
    OTHER: _l("The request as a whole"),
    **{f"rights.{name}": words for name, words in RIGHTS_SHORT.items()},
    **{f"rights.{name}.answer": words for name, words in RIGHTS_SHORT.items()},
    "rights.q1.remark": _l("Remark on human rights, refugee and humanitarian law"),
    "rights.q2.remark": _l("Remark on narrow definitions of offences"),
    "rights.q3.remark": _l("Remark on fair trial"),
    "rights.q4.remark": _l("Remark on non-refoulement"),
    "rights.q5.remark": _l("Remark on oversight and remedy"),
    "rights.q6.remark": _l("Remark on training and participating units"),
}
#: Fields of plain text that the State may correct while it answers a question; True: of several lines.
CORRECTABLE: dict[str, bool] = {
    "who.contact.name": False,
    "who.contact.function": False,
    "who.contact.institution": False,
    "who.contact.telephone": False,
    "need.title": False,
    "need.problem": True,
    "need.urgency_trigger": True,
    "need.cted_recommendation": True,
    "consents.partners_listed": True,
}
Shown = Markup | str | None
Show = Callable[[Any, str | None], Shown]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as it is shown: label, value, path; `change_url` leads to the page where it can be changed."""

    key: str
    value: Shown
    path: str
    change_url: str | None = None


def label_of(path: str) -> LazyString:
    """Return the label of the field at `path`; positions in lists (`who.beneficiaries.0.name`) do not matter.

    Raises:
        KeyError: there is no such field.
    """
    return FIELD_LABELS[".".join(part for part in path.split(".") if not part.isdigit())]


def field_choices() -> list[tuple[str, LazyString, LazyString | None]]:
    """Return (path, label, label of the task) of every field that a question may be tied to, and of "other"."""
    fields = [(path, label_of(path), TASK_LABELS[task]) for task in TASKS for path in _SHOWN[task]]
    return [*fields, (OTHER, FIELD_LABELS[OTHER], None)]


def rows_of(data: Mapping[str, Any], task: str | None = None) -> list[tuple[str, list[Row]]]:
    """Return the answers in the order of the tasks, ready for `summary_list`; call it in a request.

    Args:
        data: answers by task: a revision's data, or the tasks of a draft.
        task: only this one.
    """
    shown = (name for name in TASKS if task in (None, name))
    return [(str(TASK_LABELS[name]), list(_rows(name, data))) for name in shown]


def value_of(data: Mapping[str, Any], path: str) -> Shown:
    """Return the answer at `path` as it is shown; None when there is none, or `path` names no single answer."""
    show = _SHOWN.get(path.partition(".")[0], {}).get(path)
    return show(raw_value(data, path), language_of(data)) if show else None


def raw_value(data: Mapping[str, Any], path: str) -> Any:
    """Return the stored answer at `path`, or None."""
    here: Any = data
    for part in path.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def language_of(data: Mapping[str, Any]) -> str | None:
    """Return the language in which the State wrote, for `lang`; None when it is not known which."""
    written = raw_value(data, "who.working_language")
    return None if written in (None, Language.OTHER.value) else str(written)


def _rows(task: str, data: Mapping[str, Any]) -> Iterator[Row]:
    lang, confirms = language_of(data), _gives_one_confirmation(data)
    for path, show in _SHOWN[task].items():
        value = raw_value(data, path)
        of_other_form = task == "rights" and confirms != (path == "rights.confirmed")
        if of_other_form or (value in (None, "") and path in _ONLY_IF_GIVEN):
            continue
        yield Row(str(label_of(path)), show(value, lang), path)


def _gives_one_confirmation(data: Mapping[str, Any]) -> bool:
    """Whether the task "rights" is one confirmation: as it was answered, else as the types demand."""
    if answers := data.get("rights"):
        return "confirmed" in answers
    return task_model("rights", types_of(data)) is RightsConfirmation


def _line(value: Any, lang: str | None) -> Shown:
    return one_line(value, lang) if value else None


def _name(value: Any, _lang: str | None) -> Shown:
    return one_line(value) if value else None


def _text(value: Any, lang: str | None) -> Shown:
    return plain_text(value, lang) if value else None


def _day(value: Any, _lang: str | None) -> Shown:
    return date_filter(date.fromisoformat(value)) if value else None


def _yes_no(value: Any, _lang: str | None) -> Shown:
    return str(YES_NO[value]) if isinstance(value, bool) else None


def _code(kind: Callable[[str], Any], words: Mapping[Any, LazyString]) -> Show:
    def show(value: Any, _lang: str | None) -> Shown:
        return _word(kind, words, value) if value else None

    return show


def _word(kind: Callable[[str], Any], words: Mapping[Any, LazyString], value: Any) -> str:
    """Return the word of a code; what is no code (typed, not yet checked) is shown as it was typed."""
    try:
        return str(words[kind(value)])
    except ValueError:
        return str(value)


def _list(items: list[Markup]) -> Shown:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items))


def _types(value: Any, _lang: str | None) -> Shown:
    return _list([escape(_word(AssistanceType, TYPE_TEXTS, code)) for code in value]) if value else None


def _beneficiaries(value: Any, lang: str | None) -> Shown:
    if not value:
        return None
    kinds = _code(BeneficiaryKind, BENEFICIARY_KINDS)
    shown = ((one_line(one.get("name"), lang), kinds(one.get("kind"), None)) for one in value)
    return _list([Markup("{} ({})").format(name, kind) if kind else name for name, kind in shown])


def _rights(value: Any, lang: str | None) -> Shown:
    if not value:
        return None
    answer = _code(Answer, ANSWERS)(value.get("answer"), None)
    remark = _text(value.get("remark"), lang) or Markup("")
    return Markup("{}{}").format(Markup("<p>{}</p>").format(answer) if answer else Markup(""), remark) or None


#: Every answer that is shown, in its order, with the way to show it.
_SHOWN: dict[str, dict[str, Show]] = {
    "who": {
        "who.contact.name": _name,
        "who.contact.function": _line,
        "who.contact.institution": _line,
        "who.contact.email": _name,
        "who.contact.telephone": _name,
        "who.contact.language": _code(Language, LANGUAGES),
        "who.working_language": _code(Language, LANGUAGES),
        "who.beneficiaries": _beneficiaries,
    },
    "need": {
        "need.title": _line,
        "need.types": _types,
        "need.problem": _text,
        "need.urgency": _code(Urgency, URGENCIES),
        "need.urgency_trigger": _text,
        "need.urgency_date": _day,
        "need.cted_recommendation": _text,
    },
    "rights": {"rights.confirmed": _yes_no, **{f"rights.{name}": _rights for name in RIGHTS_SHORT}},
    "consents": {
        "consents.ctc": _yes_no,
        "consents.partners": _code(PartnerConsent, PARTNER_CONSENTS),
        "consents.partners_listed": _text,
        "consents.public_summary": _yes_no,
    },
}
#: Rows that are left out when there is no answer.
_ONLY_IF_GIVEN = frozenset(
    {
        "who.contact.telephone",
        "need.urgency_trigger",
        "need.urgency_date",
        "need.cted_recommendation",
        "consents.partners_listed",
    }
)
