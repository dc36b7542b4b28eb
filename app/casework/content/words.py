"""Words for the codes inside a request: languages, kinds of institution, answers, consents, and what each type is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.content.paths import path_in, without_positions
from app.casework.content.tasks import Answer, BeneficiaryKind, Language, PartnerConsent
from app.foundation.errors import FieldError
from app.foundation.texts import register_texts
from app.workflow.vocabulary import AssistanceType, Urgency

LANGUAGES: dict[Language, LazyString] = {
    Language.EN: _l("English"),
    Language.FR: _l("French"),
    Language.ES: _l("Spanish"),
    Language.RU: _l("Russian"),
    Language.AR: _l("Arabic"),
    Language.ZH: _l("Chinese"),
    Language.PT: _l("Portuguese"),
    Language.OTHER: _l("Another language"),
}
BENEFICIARY_KINDS: dict[BeneficiaryKind, LazyString] = {
    BeneficiaryKind.JUSTICE: _l("Ministry of justice"),
    BeneficiaryKind.FOREIGN_AFFAIRS: _l("Ministry of foreign affairs"),
    BeneficiaryKind.PARLIAMENT: _l("Parliament"),
    BeneficiaryKind.PROSECUTION: _l("Prosecution service"),
    BeneficiaryKind.COURTS: _l("Courts"),
    BeneficiaryKind.FINANCIAL_INTELLIGENCE: _l("Financial intelligence unit"),
    BeneficiaryKind.POLICE: _l("Police"),
    BeneficiaryKind.CENTRAL_AUTHORITY: _l("Central authority"),
    BeneficiaryKind.OTHER: _l("Another institution"),
}
ANSWERS: dict[Answer, LazyString] = {
    Answer.YES: _l("Yes"),
    Answer.NO: _l("No"),
    Answer.NOT_APPLICABLE: _l("Does not apply"),
}
PARTNER_CONSENTS: dict[PartnerConsent, LazyString] = {
    PartnerConsent.NONE: _l("With no partner"),
    PartnerConsent.LISTED: _l("With the partners that we name"),
    PartnerConsent.ALL: _l("With every partner that can help"),
}
URGENCIES: dict[Urgency, LazyString] = {
    Urgency.ROUTINE: _l("Routine"),
    Urgency.URGENT: _l("Urgent"),
}
YES_NO: dict[bool, LazyString] = {True: _l("Yes"), False: _l("No")}

#: One line that says what a type is; shown beside the choice.
TYPE_HINTS: dict[AssistanceType, LazyString] = {
    AssistanceType.RATIFICATION: _l("Becoming a party to the international instruments against terrorism"),
    AssistanceType.LEGISLATIVE_DRAFTING: _l("A bill or code that puts the instruments into national law"),
    AssistanceType.JUDICIAL_TRAINING: _l("Courses on applying counter-terrorism law in court"),
    AssistanceType.PROSECUTORIAL_TRAINING: _l("Courses on investigating and prosecuting acts of terrorism"),
    AssistanceType.INTERNATIONAL_COOPERATION: _l("Central authorities, treaties, requests to other States"),
    AssistanceType.NATIONAL_WORKSHOP: _l("For officials of your State"),
    AssistanceType.REGIONAL_WORKSHOP: _l("Together with States of your region"),
    AssistanceType.SUBREGIONAL_WORKSHOP: _l("Together with neighbouring States"),
    AssistanceType.MINISTERIAL_CONFERENCE: _l("Ministers agree on a declaration"),
    AssistanceType.ONLINE_COURSE: _l("Places on a course that officials take at their desks"),
    AssistanceType.MENTORING: _l("An expert beside your officials for some weeks"),
    AssistanceType.JOINT_VISIT: _l("Follows up what a CTED report recommends; every visit needs your consent"),
    AssistanceType.TOOLS: _l("Published guides, model laws and manuals"),
    AssistanceType.FOLLOW_UP: _l("Builds on a request that was delivered"),
}

#: What the rules of a task find wrong; a sentence says how to mend it.
RULE_TEXTS: dict[str, LazyString] = {
    "none_required": _l("Leave this empty"),
    "urgency_trigger": _l("Say which dated event makes this urgent, and give its date"),
    "rights_remark": _l("Explain in the remark why the answer is no"),
    "rights_confirmation": _l("Tick the box to confirm"),
    "ctc_consent": _l(
        "The request can only be sent with this consent: the resolution asks for coordination with the Committee"
    ),
    "partners_listed": _l("Name the partners with which the request may be shared"),
    "none_alone": _l("Choose either what applies or that nothing does, not both"),
    "previous_none": _l("Either list previous assistance or say that there was none"),
    "range_order": _l("The end lies before the beginning. Check both dates"),
    "web_address": _l("Enter an address that begins with https://"),
    "money_amount": _l("Enter an amount in numbers, for example 2500"),
    "string_pattern_mismatch": _l("Choose one of the answers in the list"),
    "list_type": _l("Choose at least one"),
    "date_from_datetime_inexact": _l("Enter a real date, for example 15 3 2027"),
    "date_type": _l("Enter a real date, for example 15 3 2027"),
}
register_texts(RULE_TEXTS)

#: What to do about a required answer that is missing, by the path of its field.
MISSING_TEXTS: dict[str, LazyString] = {
    "who.contact.name": _l("Enter the name of the contact person"),
    "who.contact.function": _l("Enter the function of the contact person"),
    "who.contact.institution": _l("Enter the institution of the contact person"),
    "who.contact.email": _l("Enter the e-mail address of the contact person"),
    "who.beneficiaries": _l("Name at least one institution that will benefit"),
    "who.beneficiaries.name": _l("Enter the name of the institution"),
    "who.beneficiaries.kind": _l("Choose what kind of institution it is"),
    "who.working_language": _l("Choose the language in which you write the request"),
    "need.title": _l("Enter a short title for the request"),
    "need.types": _l("Choose at least one type of assistance"),
    "need.problem": _l("Describe the problem"),
    "need.cted_recommendation": _l("Name the document and the paragraph of the recommendation of CTED"),
    "need.parent": _l("A follow-up begins on the page of the request that it follows"),
    "instruments.list": _l("Choose at least one instrument"),
    "instruments.said.party": _l("Say whether your State is a party"),
    "instruments.nuclear_wanted": _l("Say whether you want the Nuclear Terrorism Convention taken up"),
    "ratification.stage": _l("Choose where ratification or accession stands"),
    "ratification.reservation": _l("Say whether a reservation or declaration is meant"),
    "drafting.texts": _l("Attach the draft law or the articles that are to be reviewed"),
    "training.professions": _l("Say who is to be trained"),
    "training.professions.profession": _l("Choose a profession"),
    "training.professions.number": _l("Enter how many people are to be trained"),
    "training.professions.level": _l("Choose a level"),
    "training.topics": _l("Choose at least one topic"),
    "cooperation.authority": _l("Name the central authority"),
    "cooperation.difficulties": _l("Describe the difficulties in general words"),
    "workshop.participating_states": _l("Choose at least one participating State"),
    "visit.report": _l("Name the report of CTED that the visit follows"),
    "tools.items": _l("Name at least one tool"),
    "tools.items.tool": _l("Name the guide, model law or manual"),
    "tools.items.language": _l("Choose a language"),
    "tools.items.copies": _l("Enter how many copies you need"),
    "results.expected": _l("Name at least one expected result"),
    "results.expected.result": _l("Say what the result is"),
    "results.expected.indicator": _l("Say how the result will be seen"),
    "results.expected.target": _l("Say what the target is"),
    "results.expected.by": _l("Say by when the result is expected"),
    "results.previous": _l("List previous assistance, or say that there was none"),
    "results.previous.provider": _l("Say who gave the assistance"),
    "results.previous.year": _l("Enter the year of the assistance"),
    "results.previous.subject": _l("Say what the assistance was about"),
    "results.crime_links": _l("Choose the links to other crime, or that there is none"),
    "results.justice_markers": _l("Choose what is strengthened, or that nothing is"),
    "results.window": _l("Say when it should take place"),
    "results.window.start": _l("Enter the first day"),
    "results.window.end": _l("Enter the last day"),
    "results.modality": _l("Choose on site or remote"),
    "results.place": _l("Say where it should take place"),
    "results.place.city": _l("Enter the city"),
    "results.place.country": _l("Choose the country"),
    "results.host_contribution.kind": _l("Choose the kind of contribution"),
    "results.host_contribution.value.minor": _l("Enter the amount"),
    "results.host_contribution.value.currency": _l("Choose the currency"),
    "rights.q1.answer": _l("Answer question 1"),
    "rights.q2.answer": _l("Answer question 2"),
    "rights.q3.answer": _l("Answer question 3"),
    "rights.q4.answer": _l("Answer question 4"),
    "rights.q5.answer": _l("Answer question 5"),
    "rights.q6.answer": _l("Answer question 6"),
    "rights.confirmed": _l("Tick the box to confirm"),
    "consents.ctc": _l("Say whether we may share the request with the Committee"),
}
register_texts({f"missing.{path}": words for path, words in MISSING_TEXTS.items()})
_EMPTY = frozenset({"missing", "string_too_short", "too_short"})


def named(task: str, error: FieldError) -> FieldError:
    """Return `error` of a task with the sentence that names the missing field, when there is one."""
    path = without_positions(path_in(task, error.path))
    known = error.code in _EMPTY and path in MISSING_TEXTS
    return FieldError(error.path, f"missing.{path}") if known else error
