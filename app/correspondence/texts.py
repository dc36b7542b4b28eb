"""Words of messages: to whom they go, and what stands beside the choice so that none goes to others by mistake."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.audiences import Readership
from app.foundation.texts import register_texts
from app.workflow.actor import Actor

R = Readership

#: (what the button says, what its writer should know) by who reads.
STATE: dict[R, tuple[LazyString, LazyString]] = {
    R.OWN_STATE: (
        _l("Send to my government only"),
        _l("Only the people of your State read it, also after the request is submitted."),
    ),
    R.STATE_TPB: (_l("Send to TPB"), _l("Your government and TPB read it, the bodies consulted do not.")),
    R.ALL: (
        _l("Send to TPB and the bodies consulted"),
        _l("Your government, TPB, CTC/CTED and every other body that is or will be consulted read it."),
    ),
}
TPB: dict[R, tuple[LazyString, LazyString]] = {
    R.TPB_ONLY: (_l("Send to TPB only"), _l("Neither the State nor the bodies consulted see that it was written.")),
    R.STATE_TPB: (_l("Send to the State"), _l("The State reads it, the bodies consulted do not.")),
    R.COORDINATION: (
        _l("Send to the bodies consulted"),
        _l("Every body that is or will be consulted reads it, the State does not."),
    ),
    R.ALL: (
        _l("Send to the State and the bodies consulted"),
        _l("The State and every body that is or will be consulted read it."),
    ),
}
BODIES: dict[R, tuple[LazyString, LazyString]] = {
    R.COORDINATION: (
        _l("Send to TPB and the bodies consulted"),
        _l("TPB and every body that is or will be consulted read it, the State does not."),
    ),
    R.ALL: (
        _l("Send to the State as well"),
        _l("The State, TPB and every body that is or will be consulted read it."),
    ),
}

register_texts(
    {
        "message_needed": _l("Enter your message"),
        "readers_changed": _l(
            "The request changed while you wrote: your message would be read by others than you chose. It was not "
            "sent. Check below who would read it now"
        ),
        "opened_meanwhile": _l("Somebody opened this message to more readers meanwhile. Check who reads it now"),
    }
)


def _words(readers: Readership, actor: Actor) -> tuple[LazyString, LazyString]:
    if actor.is_state_side:
        return STATE[readers]
    return TPB[readers] if actor.is_tpb else BODIES[readers]


def send_text(readers: Readership, actor: Actor) -> str:
    """Return what the button says that sends to `readers`."""
    return str(_words(readers, actor)[0])


def meaning_text(readers: Readership, actor: Actor) -> str:
    """Return who will and who will not read what is sent to `readers`."""
    return str(_words(readers, actor)[1])
