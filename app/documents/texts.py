"""Words of documents: kinds, audiences, and why a file is not taken."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.casework.audiences import Readership
from app.documents.vocabulary import DocumentKind as K
from app.foundation.texts import register_texts, text
from app.workflow.actor import Actor

KIND_TEXTS: dict[K, LazyString] = {
    K.DRAFT_LAW: _l("Draft law"),
    K.LEGAL_TEXT: _l("Law or other legal text in force"),
    K.NOTE_VERBALE: _l("Note verbale"),
    K.LETTER: _l("Letter"),
    K.CONSENT: _l("Consent or authorization"),
    K.REPORT: _l("Report"),
    K.COMMENTS: _l("Comments on a text"),
    K.AGENDA: _l("Agenda or programme"),
    K.PARTICIPANTS: _l("List of participants"),
    K.TRAINING_MATERIAL: _l("Training material"),
    K.TRANSLATION: _l("Translation"),
    K.OTHER: _l("Another document"),
}

#: Each sentence says how to mend it.
FILE_TEXTS: dict[str, LazyString] = {
    "missing": _l("Choose a file"),
    "title_needed": _l("Enter a title by which others find the document"),
    "kind_needed": _l("Choose what kind of document it is"),
    "kept_expired": _l("The file that was kept is no longer there. Choose it once more"),
    "empty": _l("The file is empty. Choose another one"),
    "too_large": _l(
        "The file is larger than %(limit)s. Save it as PDF, reduce its images, or split it into parts. "
        "The rest of this page was kept"
    ),
    "no_ending": _l("The name of the file has no ending such as .pdf. Save it again under a full name"),
    "kind": _l("Files that end in .%(ending)s are not taken. Save it as PDF or in another kind named above"),
    "old_format": _l("Files that end in .%(ending)s are not taken. Save it in the newer form (.%(ending)sx) or as PDF"),
    "two_endings": _l("The name has two endings (%(endings)s). Rename the file so that it has one"),
    "name_direction": _l("The name of the file holds hidden characters that turn its letters round. Rename the file"),
    "name_control": _l("The name of the file holds characters that cannot be shown. Rename the file"),
    "content": _l("What is in the file is not what the ending of its name says. Save it again in the right form"),
    "broken": _l("The file is damaged and cannot be read. Open it, save it again and send the new one"),
    "password": _l("The file can only be opened with a password. Save it without one"),
    "macros": _l("The file holds programs (macros or scripts). Save it without them, for example as PDF"),
    "embedded": _l("The file holds objects of other programs. Save it as PDF"),
    "bomb": _l("The file unfolds to far more than a document holds. Save it as PDF"),
    "pixels": _l("The picture has more than %(megapixels)s million dots. Save it in a smaller size"),
    "not_scanned": _l("The file could not be checked for viruses just now. Send it again in a few minutes"),
    "newer_version": _l(
        "Somebody has added a newer version meanwhile. Open the list of documents and look at it first"
    ),
    "not_yours": _l("Only those who brought the document add its next version"),
    "too_many": _l("At most %(most)s texts can be attached here. Take one out of the draft first"),
    "opened_meanwhile": _l("Somebody opened this document to more readers meanwhile. Check who reads it now"),
}

R = Readership

#: What whoever adds a document should know about its readers, by who reads.
STATE: dict[R, LazyString] = {
    R.STATE_TPB: _l("Your government and TPB read it, the bodies consulted do not."),
    R.ALL: _l("Your government, TPB, CTC/CTED and every other body that is or will be consulted read it."),
}
TPB: dict[R, LazyString] = {
    R.TPB_ONLY: _l("Neither the State nor the bodies consulted see that it is there."),
    R.STATE_TPB: _l("The State reads it, the bodies consulted do not."),
    R.COORDINATION: _l("Every body that is or will be consulted reads it, the State does not."),
    R.ALL: _l("The State and every body that is or will be consulted read it."),
}
BODIES: dict[R, LazyString] = {
    R.COORDINATION: _l("TPB and every body that is or will be consulted read it, the State does not."),
    R.ALL: _l("The State, TPB and every body that is or will be consulted read it."),
}

register_texts({f"document_kind.{code.value}": words for code, words in KIND_TEXTS.items()})
register_texts({f"document.{code}": words for code, words in FILE_TEXTS.items()})


def meaning_text(readers: Readership, actor: Actor) -> str:
    """Return who will and who will not read what is added for `readers`, in the words of the actor's side."""
    words = STATE if actor.is_state_side else TPB if actor.is_tpb else BODIES
    return str(words[readers])


def kind_text(kind: K) -> str:
    """Return what a document is, in words."""
    return text(f"document_kind.{kind.value}")
