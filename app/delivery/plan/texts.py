"""Words of the plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.delivery.plan.vocabulary import PartnerRole, Scope, Standing
from app.foundation.texts import register_texts
from app.workflow.vocabulary import State

SCOPES: dict[Scope, LazyString] = {
    Scope.NATIONAL: _l("National"),
    Scope.SUBREGIONAL: _l("Subregional"),
    Scope.REGIONAL: _l("Regional"),
    Scope.INTERNATIONAL: _l("International"),
}
PARTNER_ROLES: dict[PartnerRole, LazyString] = {
    PartnerRole.CO_ORGANIZER: _l("Organizes it with us"),
    PartnerRole.EXPERTISE: _l("Sends experts"),
    PartnerRole.FUNDING: _l("Pays for a part"),
    PartnerRole.HOST: _l("Hosts it"),
    PartnerRole.OBSERVER: _l("Observes"),
}
#: What a plan lacks, by the last part of its path.
MISSING: dict[str, LazyString] = {
    "expected_results": _l("Say what should be different afterwards"),
    "costs": _l("Enter what the plan costs"),
    "activities": _l("Add at least one activity"),
    "starts_on": _l("Enter the first day"),
    "ends_on": _l("Enter the last day"),
    "city": _l("Name the city and the country"),
    "results": _l("Say what the activity should bring"),
    "justice_markers": _l("Choose which parts of criminal justice it strengthens"),
    "crime_links": _l("Choose which other crime it is linked to, or “none”"),
    "paragraphs": _l("Choose the paragraphs of the resolution on which it rests"),
    "participants": _l("Name the other States that take part"),
}

#: How far a version has come.
STANDINGS: dict[Standing, LazyString] = {
    Standing.DRAFT: _l("Draft"),
    Standing.PROPOSED: _l("With the State"),
    Standing.CHANGES_ASKED: _l("Changes asked"),
    Standing.AGREED: _l("Agreed"),
    Standing.TAKEN_BACK: _l("Taken back"),
    Standing.SUPERSEDED: _l("Superseded"),
}
#: Told to the officer of a request whose plan cannot be changed now: why not, and when again.
WHEN_CHANGED: dict[State, LazyString] = {
    State.IN_REVIEW: _l(
        "The request is in review, and its plan rests on the assessment. You can change it again once the assessment "
        "is signed and the bodies are consulted."
    ),
    State.DECISION: _l(
        "The chief decides on the plan as it stands here. You can change it once the request is approved or sent back."
    ),
    State.ON_HOLD: _l("The request rests. You can change the plan once planning goes on."),
    State.SCHEDULED: _l(
        "The State agreed to this plan. Move an activity to other dates, or reschedule when the plan changes in "
        "substance."
    ),
    State.IN_DELIVERY: _l("The State agreed to this plan, and it is under way. You can move or cancel an activity."),
}

register_texts(
    {
        "plan.first_day_needed": _l("Enter also the first day"),
        "plan.dates_order": _l("The last day lies before the first. Check both days"),
        "plan.national_alone": _l(
            "A national activity names no other State. Choose another scope or take the States out"
        ),
        "plan.host_among_participants": _l("Take the State that asked out of this list: it takes part in any case"),
        "plan.too_many_activities": _l("A plan has at most %(most)s activities"),
    }
)
