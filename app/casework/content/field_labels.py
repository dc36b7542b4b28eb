"""What each task and field of a request is called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

#: A question that belongs to no field.
OTHER = "other"
TASK_LABELS: dict[str, LazyString] = {
    "who": _l("Who asks, and for whom"),
    "need": _l("What is needed"),
    "instruments": _l("Instruments and resolutions"),
    "details": _l("Details of the assistance"),
    "results": _l("Results and arrangements"),
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
    "need.parent": _l("Request that it follows"),
    "instruments.list": _l("Instruments that help is asked with"),
    "instruments.said": _l("What the State says where its status is not known"),
    "instruments.said.instrument": _l("Instrument"),
    "instruments.said.party": _l("Is your State a party?"),
    "instruments.nuclear_wanted": _l("Taking up the Nuclear Terrorism Convention"),
    "instruments.resolutions": _l("Resolutions of the Security Council that it follows"),
    "ratification.stage": _l("Where ratification or accession stands"),
    "ratification.obstacle": _l("What holds it up"),
    "ratification.reservation": _l("Reservation or declaration"),
    "drafting.texts": _l("Texts to be reviewed"),
    "drafting.bill_date": _l("Date by which the bill is due"),
    "training.professions": _l("Who is to be trained"),
    "training.professions.profession": _l("Profession"),
    "training.professions.number": _l("How many"),
    "training.professions.level": _l("Level"),
    "training.topics": _l("Topics"),
    "cooperation.authority": _l("Central authority"),
    "cooperation.partners": _l("States with which cooperation is to improve"),
    "cooperation.difficulties": _l("Difficulties, in general words"),
    "workshop.participating_states": _l("Participating States"),
    "visit.report": _l("Report of CTED that the visit follows"),
    "tools.items": _l("Tools"),
    "tools.items.tool": _l("Guide, model law or manual"),
    "tools.items.language": _l("Language"),
    "tools.items.copies": _l("Copies"),
    "results.expected": _l("Expected results"),
    "results.expected.result": _l("Result"),
    "results.expected.indicator": _l("How it will be seen"),
    "results.expected.baseline": _l("Today"),
    "results.expected.target": _l("Target"),
    "results.expected.by": _l("By when"),
    "results.previous": _l("Previous assistance"),
    "results.previous.provider": _l("Who gave it"),
    "results.previous.year": _l("Year"),
    "results.previous.subject": _l("Subject"),
    "results.previous.link": _l("Address on the web"),
    "results.previous_none": _l("No previous assistance"),
    "results.crime_links": _l("Links to other crime"),
    "results.justice_markers": _l("Parts of criminal justice that it strengthens"),
    "results.window": _l("When it should take place"),
    "results.window.start": _l("From"),
    "results.window.end": _l("To"),
    "results.modality": _l("On site or remote"),
    "results.place": _l("Where it should take place"),
    "results.place.city": _l("City"),
    "results.place.country": _l("Country"),
    "results.place.venue": _l("Venue that you offer"),
    "results.host_contribution": _l("What your State contributes"),
    "results.host_contribution.kind": _l("Kind of contribution"),
    "results.host_contribution.what": _l("Description"),
    "results.host_contribution.value": _l("Value"),
    "results.host_contribution.value.minor": _l("Value"),
    "results.host_contribution.value.currency": _l("Currency"),
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
