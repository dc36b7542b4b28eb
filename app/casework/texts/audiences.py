"""Words for who reads a note, message or document; the State reads of itself as "my government"."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.audiences import Readership, Side
from app.foundation.texts import text
from app.workflow.actor import Actor

R = Readership

FOR_STATE: dict[R, LazyString] = {
    R.OWN_STATE: _l("My government only"),
    R.STATE_TPB: _l("My government and TPB"),
    R.ALL: _l("My government, TPB and the bodies consulted"),
}
FOR_STAFF: dict[R, LazyString] = {
    R.TPB_ONLY: _l("TPB only"),
    R.STATE_TPB: _l("The State and TPB"),
    R.COORDINATION: _l("TPB and the bodies consulted"),
    R.ALL: _l("The State, TPB and the bodies consulted"),
}
#: Tint of the badge that says who reads something; the words always stand in it.
TONES: dict[R, str] = {
    R.OWN_STATE: "success",
    R.STATE_TPB: "info",
    R.ALL: "purple",
    R.COORDINATION: "teal",
    R.TPB_ONLY: "neutral",
}
SIDES: dict[Side, LazyString] = {
    Side.STATE: _l("The focal points and the Permanent Mission of the State"),
    Side.TPB: _l("The Terrorism Prevention Branch"),
    Side.BODIES: _l("The bodies that are or will be consulted on this request"),
}


def table() -> dict[str, LazyString]:
    """Return the words by code: `audience_for_state.all`, `audience_for_staff.all`, `side.bodies`."""
    found = {f"audience_for_state.{readers.value}": words for readers, words in FOR_STATE.items()}
    found |= {f"audience_for_staff.{readers.value}": words for readers, words in FOR_STAFF.items()}
    return found | {f"side.{side.value}": words for side, words in SIDES.items()}


def readership_text(readers: Readership, actor: Actor) -> str:
    """Return who reads something, in the words of the reader's side."""
    return text(f"audience_for_{'state' if actor.is_state_side else 'staff'}.{readers.value}")
