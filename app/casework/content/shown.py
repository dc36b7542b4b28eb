"""The table of every answer that is shown, in its order, with the way to show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from app.casework.content import detail_words as w
from app.casework.content.details import Profession, RatificationStage, Reservation, TrainingLevel, TrainingTopic
from app.casework.content.display import (
    Show,
    Shown,
    code,
    codes,
    day,
    instrument,
    instrument_list,
    joined,
    line,
    name,
    named,
    rows,
    state,
    states,
    text,
    window,
    word_of,
    yes_no,
)
from app.casework.content.field_labels import FIELD_LABELS, RIGHTS_SHORT
from app.casework.content.instruments import NuclearWish, PartySaid, Resolution
from app.casework.content.results import CrimeLink, HostOffer, JusticeMarker, Modality
from app.casework.content.tasks import Answer, BeneficiaryKind, Language, PartnerConsent
from app.casework.content.words import ANSWERS, BENEFICIARY_KINDS, LANGUAGES, PARTNER_CONSENTS, URGENCIES
from app.casework.texts import TYPE_TEXTS
from app.foundation.formatting import money, number
from app.workflow.vocabulary import AssistanceType, Urgency

Row = Mapping[str, Any]
_language = code(Language, LANGUAGES)


def _beneficiary(row: Row, lang: str | None) -> Markup:
    kind = code(BeneficiaryKind, BENEFICIARY_KINDS)(row.get("kind"), None)
    called = joined(line(row.get("name"), lang))
    return Markup("{} ({})").format(called, kind) if kind else called


def _rights(value: Any, lang: str | None) -> Shown:
    if not value:
        return None
    answer = code(Answer, ANSWERS)(value.get("answer"), None)
    remark = text(value.get("remark"), lang) or Markup("")
    return Markup("{}{}").format(Markup("<p>{}</p>").format(answer) if answer else Markup(""), remark) or None


def _said(row: Row, _lang: str | None) -> Markup:
    answer = word_of(PartySaid, w.PARTY_SAID, row.get("party"))
    return named(instrument(row.get("instrument")), answer) or Markup("")


def _document(row: Row, _lang: str | None) -> Markup:
    return joined(name(row.get("name"), None), _language(row.get("language"), None))


def _group(row: Row, _lang: str | None) -> Markup:
    profession = code(Profession, w.PROFESSIONS)(row.get("profession"), None)
    level = code(TrainingLevel, w.LEVELS)(row.get("level"), None)
    return joined(profession, _count(row.get("number")), level)


def _tool(row: Row, lang: str | None) -> Markup:
    copies = named(FIELD_LABELS["tools.items.copies"], _count(row.get("copies")))
    return joined(line(row.get("tool"), lang), _language(row.get("language"), None), copies)


def _expected(row: Row, lang: str | None) -> Markup:
    labels = {part: FIELD_LABELS[f"results.expected.{part}"] for part in ("indicator", "baseline", "target", "by")}
    words = (named(labels[part], line(row.get(part), lang)) for part in ("indicator", "baseline", "target"))
    return joined(line(row.get("result"), lang), *words, named(labels["by"], day(row.get("by"), None)))


def _previous(row: Row, lang: str | None) -> Markup:
    return joined(
        line(row.get("provider"), lang), row.get("year"), line(row.get("subject"), lang), name(row.get("link"), None)
    )


def _contribution(row: Row, lang: str | None) -> Markup:
    value = row.get("value") or {}
    whole = isinstance(value.get("minor"), int) and value.get("currency")
    amount = money(value["minor"], value["currency"]) if whole else None
    return joined(code(HostOffer, w.HOST_OFFERS)(row.get("kind"), None), line(row.get("what"), lang), amount)


def _place(value: Any, lang: str | None) -> Shown:
    if not value:
        return None
    own = (line(value.get(part), lang) for part in ("venue", "city"))
    return joined(*own, state(value.get("country"), None)) or None


def _count(value: Any) -> str | None:
    return number(value) if isinstance(value, int) else value


SHOWN: dict[str, dict[str, Show]] = {
    "who": {
        "who.contact.name": name,
        "who.contact.function": line,
        "who.contact.institution": line,
        "who.contact.email": name,
        "who.contact.telephone": name,
        "who.contact.language": _language,
        "who.working_language": _language,
        "who.beneficiaries": rows(_beneficiary),
    },
    "need": {
        "need.title": line,
        "need.types": codes(AssistanceType, TYPE_TEXTS),
        "need.problem": text,
        "need.urgency": code(Urgency, URGENCIES),
        "need.urgency_trigger": text,
        "need.urgency_date": day,
        "need.cted_recommendation": text,
        "need.parent": name,
    },
    "instruments": {
        "instruments.list": instrument_list,
        "instruments.said": rows(_said),
        "instruments.nuclear_wanted": code(NuclearWish, w.NUCLEAR_WISHES),
        "instruments.resolutions": codes(Resolution, w.RESOLUTIONS),
    },
    "details": {
        "ratification.stage": code(RatificationStage, w.STAGES),
        "ratification.obstacle": text,
        "ratification.reservation": code(Reservation, w.RESERVATIONS),
        "drafting.texts": rows(_document),
        "drafting.bill_date": day,
        "training.professions": rows(_group),
        "training.topics": codes(TrainingTopic, w.TOPICS),
        "cooperation.authority": line,
        "cooperation.partners": states,
        "cooperation.difficulties": text,
        "workshop.participating_states": states,
        "visit.report": line,
        "tools.items": rows(_tool),
    },
    "results": {
        "results.expected": rows(_expected),
        "results.previous": rows(_previous),
        "results.previous_none": yes_no,
        "results.crime_links": codes(CrimeLink, w.CRIME_LINKS),
        "results.justice_markers": codes(JusticeMarker, w.JUSTICE_MARKERS),
        "results.window": window,
        "results.modality": code(Modality, w.MODALITIES),
        "results.place": _place,
        "results.host_contribution": rows(_contribution),
    },
    "rights": {"rights.confirmed": yes_no, **{f"rights.{question}": _rights for question in RIGHTS_SHORT}},
    "consents": {
        "consents.ctc": yes_no,
        "consents.partners": code(PartnerConsent, PARTNER_CONSENTS),
        "consents.partners_listed": text,
        "consents.public_summary": yes_no,
    },
}
#: Rows that are left out when there is no answer.
ONLY_IF_GIVEN = frozenset(
    {
        "who.contact.telephone",
        "need.urgency_trigger",
        "need.urgency_date",
        "need.cted_recommendation",
        "instruments.said",
        "instruments.nuclear_wanted",
        "ratification.obstacle",
        "drafting.bill_date",
        "cooperation.partners",
        "results.previous_none",
        "results.host_contribution",
        "consents.partners_listed",
    }
)
