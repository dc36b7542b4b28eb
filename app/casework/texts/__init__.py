"""Maps every code of the case to one translated text; `tests/unit/casework` demands completeness."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.casework.texts import actions, refusals, states
from app.foundation.texts import register_texts, text
from app.workflow.refusals import Refusal
from app.workflow.vocabulary import Action, AssistanceType, Party, State

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
_ERRORS = {
    "forbidden": _l("Your role does not allow this."),
    "not_found": _l("There is nothing here that you can see."),
    "key_reused": _l("This form was sent before with other answers. Open the page again and send it once more."),
    "csrf": _l("The page was open for too long. Open it again; what you typed is shown below."),
}

register_texts(states.table())
register_texts(actions.table())
register_texts(refusals.table())
register_texts({f"type.{code.value}": words for code, words in TYPE_TEXTS.items()})
register_texts(_ERRORS)
register_texts({"your_turn": _l("Your turn")})


def state_text(state: State) -> str:
    """Return the state in the words of those who work on the case."""
    return text(f"state.{state.value}")


def action_text(action: Action) -> str:
    """Return what the button says."""
    return text(f"action.{action.value}")


def done_text(action: str) -> str:
    """Return what the history says of a step, act or mark."""
    return text(f"done.{action}")


def party_text(party: Party) -> str:
    """Return the name of the party that has the case."""
    return text(f"party.{party.value}")


def refusal_texts(refusals: Iterable[Refusal]) -> list[str]:
    """Return the sentences for why something cannot be done now."""
    return [text(f"refusal.{refusal.code.value}", refusal.params) for refusal in refusals]
