"""Maps every code of the case to one translated text; `tests/unit/casework` demands completeness."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.casework.content.field_labels import FIELD_LABELS
from app.casework.content.paths import without_positions
from app.casework.texts import actions, audiences, reasons, refusals, states
from app.casework.vocabulary import Changed
from app.foundation.db import read_session
from app.foundation.formatting import listed
from app.foundation.i18n import current_locale
from app.foundation.texts import register_texts, text
from app.reference.states import state_by_id, state_name
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import Action, AssessmentPart, AssistanceType, Channel, HoldReason, LimitKey, Party, State

T = AssistanceType

#: What a State may ask for.
TYPE_TEXTS = {
    T.RATIFICATION: _l("Ratification of or accession to the instruments"),
    T.LEGISLATIVE_DRAFTING: _l("Drafting or review of laws"),
    T.JUDICIAL_TRAINING: _l("Training of judges"),
    T.PROSECUTORIAL_TRAINING: _l("Training of prosecutors"),
    T.INTERNATIONAL_COOPERATION: _l("Extradition and mutual legal assistance"),
    T.NATIONAL_WORKSHOP: _l("National workshop"),
    T.REGIONAL_WORKSHOP: _l("Regional workshop"),
    T.SUBREGIONAL_WORKSHOP: _l("Subregional workshop"),
    T.MINISTERIAL_CONFERENCE: _l("Ministerial conference"),
    T.ONLINE_COURSE: _l("Online course"),
    T.MENTORING: _l("Mentoring"),
    T.JOINT_VISIT: _l("Joint visit with CTED"),
    T.TOOLS: _l("Legislative guides and tools"),
    T.FOLLOW_UP: _l("Follow-up of earlier assistance"),
}
#: How a request reached the Branch.
CHANNEL_TEXTS = {
    Channel.PORTAL: _l("This portal"),
    Channel.NOTE_VERBALE: _l("Note verbale"),
    Channel.MINISTRY_LETTER: _l("Letter of a ministry"),
    Channel.CTED_REFERRAL: _l("Referral by CTED"),
    Channel.WORKSHOP_RECOMMENDATION: _l("Recommendation of a workshop"),
}
#: What an assessment consists of before the case can be consulted on.
ASSESSMENT_PART_TEXTS = {
    AssessmentPart.NEED: _l("Need"),
    AssessmentPart.EARLIER_ASSISTANCE: _l("Earlier assistance"),
    AssessmentPart.RIGHTS_REVIEW: _l("Rights review"),
    AssessmentPart.CRIME_LINKS: _l("Links to other crime"),
    AssessmentPart.JUSTICE_MARKERS: _l("Justice markers"),
    AssessmentPart.PRIORITY: _l("Priority"),
    AssessmentPart.COST_ESTIMATE: _l("Cost estimate"),
}
#: Why a request rests, as everybody who sees it reads it.
HOLD_REASON_TEXTS = {
    HoldReason.MONEY: _l("Money is missing"),
    HoldReason.SECURITY: _l("Security"),
    HoldReason.AUTHORITY_UNCLEAR: _l("It is not clear which authority acts for the State"),
    HoldReason.CONSENT_WITHDRAWN: _l("The State took a consent back"),
    HoldReason.RIGHTS_CONCERN: _l("A question of human rights"),
}
#: What may have changed in substance.
CHANGED_TEXTS = {
    Changed.ASSESSMENT: _l("The assessment"),
    Changed.PLAN: _l("The plan"),
}
_ERRORS = {
    "officer_needed": _l("Choose a case officer"),
    "changed_needed": _l("Answers hold unless something changed in substance. Say what changed"),
    "forbidden": _l("Your role does not allow this."),
    "not_found": _l("There is nothing here that you can see."),
    "key_reused": _l("This form was sent before with other answers. Open the page again and send it once more."),
    "csrf": _l("The page was open for too long. Open it again; what you typed is shown below."),
}

register_texts(states.table())
register_texts(states.QUESTION)
register_texts(actions.table())
register_texts(refusals.table())
register_texts(audiences.table())
register_texts(reasons.table())
register_texts({f"hold_reason.{code.value}": words for code, words in HOLD_REASON_TEXTS.items()})
register_texts({f"type.{code.value}": words for code, words in TYPE_TEXTS.items()})
register_texts({f"channel.{code.value}": words for code, words in CHANNEL_TEXTS.items()})
register_texts({f"assessment_part.{code.value}": words for code, words in ASSESSMENT_PART_TEXTS.items()})
register_texts(_ERRORS)
register_texts(
    {
        "your_turn": _l("Your turn"),
        "deciding_for_staff": _l("The chief decides on a proposal of an officer."),
        "after_deciding": _l("The State reads the decision, or the officers go on"),
        "answers_open": _l(
            "Answers of the request are still missing: %(fields)s. The case officer asks the State for them."
        ),
        "assessment_parts_open": _l("Complete the assessment first. Still open: %(parts)s."),
        "done.draft_adopted": _l("Proposed draft adopted by the State"),
        "done.follow_up_offered": _l("A follow-up was offered to the State"),
        "done.hold_kept": _l("Kept by the State, though it has been resting for long"),
        "done.move_accepted": _l("Other dates of an activity accepted"),
        "done.move_refused": _l("Other dates of an activity refused"),
        "done.activity_cancelled": _l("Activity cancelled"),
        "done.widened": _l("Opened to more readers"),
        "done.position_corrected": _l("Position corrected by the body"),
        "done.invitations_put": _l("Invitations of other States put to the State"),
        "done.disclosed": _l("The State agreed that other States are told of an activity"),
        "done.withheld": _l("The State does not want other States to be told of an activity"),
        "done.participation_asked_of": _l("%(state)s was asked to take part"),
        "done.participation_closed_of": _l("The invitation of %(state)s was taken back"),
        "done.participation_consent_of": _l("%(state)s consented to take part"),
        "done.participation_decline_of": _l("%(state)s declined to take part"),
        "done.plan_without": _l("The plan goes on without %(state)s"),
    }
)


def state_text(state: State) -> str:
    """Return the state in the words of those who work on the case."""
    return text(f"state.{state.value}")


def channel_text(channel: Channel) -> str:
    """Return how a request reached the Branch."""
    return text(f"channel.{channel.value}")


def action_text(action: Action) -> str:
    """Return what the button says."""
    return text(f"action.{action.value}")


def done_text(action: str, payload: Mapping[str, Any] | None = None) -> str:
    """Return what the history says of a step, act or mark.

    Args:
        payload: what the entry holds besides; a draft that is adopted is changed in one particular way, what was
            opened to more readers was not written again, and a body corrects what was recorded for it. Of a State
            that takes part its name is said.
    """
    said = payload or {}
    if (other := said.get("participant", said.get("without"))) is not None:
        return _of_other_state(action, said, int(other))
    marks = {
        "adopted": "draft_adopted",
        "widened_from": "widened",
        "assessment_reopened": "assessment_reopened",
        "hold_kept": "hold_kept",
        "follow_up_offered": "follow_up_offered",
        "corrects": "position_corrected",
        "move_accepted": "move_accepted",
        "move_refused": "move_refused",
        "activity_cancelled": "activity_cancelled",
        "invitations": "invitations_put",
        "disclosed": "disclosed",
        "withheld": "withheld",
        "began_on": "activity_begun",
        "held_until": "activity_held",
        "noted": "activity_noted",
        "counted": "participants_counted",
        "none": "nothing_recommended",
    }
    special = next((words for mark, words in marks.items() if said.get(mark)), None)
    return text(f"done.{special or action}")


def _of_other_state(action: str, said: Mapping[str, Any], state_id: int) -> str:
    """Return what is said of a State that an activity names, in the reader's language."""
    code = f"participation_{said['answer']}_of" if said.get("answer") else f"{action}_of"
    name = state_name(state_by_id(read_session(), state_id), current_locale())
    return text("done.plan_without" if "without" in said else f"done.{code}", {"state": name})


def party_text(party: Party) -> str:
    """Return the name of the party that has the case."""
    return text(f"party.{party.value}")


def limit_text(key: LimitKey) -> str:
    """Return the name of a limit."""
    return text(f"limit.{key.value}")


def refusal_texts(refusals: Iterable[Refusal]) -> list[str]:
    """Return the sentences for why something cannot be done now."""
    return [text(*reason_of(refusal)) for refusal in refusals]


def reason_of(refusal: Refusal) -> tuple[str, Mapping[str, Any]]:
    """Return the code of the sentence for `refusal` and what fills it; codes that it names become words."""
    parts = refusal.params.get("parts")
    if refusal.code is RefusalCode.ASSESSMENT_INCOMPLETE and isinstance(parts, tuple):
        words = [text(f"assessment_part.{part}") for part in parts]
        return "assessment_parts_open", {"parts": listed(words)}
    paths = refusal.params.get("paths")
    if refusal.code is RefusalCode.CONTENT_OPEN and isinstance(paths, tuple):
        fields = dict.fromkeys(str(FIELD_LABELS[without_positions(path)]) for path in paths)
        return "answers_open", {"fields": listed(list(fields))}
    return f"refusal.{refusal.code.value}", refusal.params
