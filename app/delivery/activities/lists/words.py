"""What a list of participants may call its columns, States, professions and genders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.casework.content.detail_words import PROFESSIONS
from app.casework.content.details import Profession
from app.delivery.activities.lists.reading import Words, normalized
from app.delivery.activities.texts import GENDER_TEXTS
from app.delivery.activities.vocabulary import Gender
from app.foundation.i18n import LOCALES
from app.foundation.texts import register_texts
from app.reference.states import StateInfo

#: Headings of the template, and what else people write above such columns.
COLUMN_TEXTS: Final[dict[str, Any]] = {
    "state": _l("State"),
    "profession": _l("Profession"),
    "gender": _l("Gender"),
    "number": _l("How many"),
}
_MORE_COLUMNS: Final = {
    "state": ("country", "nationality", "pays", "país", "nationalité"),
    "profession": ("occupation", "job", "function", "fonction", "profesión", "role"),
    "gender": ("sex", "sexe", "sexo", "genre", "género"),
    "number": ("count", "persons", "people", "participants", "nombre", "número", "n", "total"),
}
#: Single words that stand for one profession or gender.
_MORE_PROFESSIONS: Final = {
    Profession.JUDGES: ("judge", "juge", "juez", "magistrate"),
    Profession.PROSECUTORS: ("prosecutor", "procureur", "fiscal"),
    Profession.INVESTIGATORS: ("investigator", "investigating judge", "enquêteur"),
    Profession.DEFENCE: ("defence lawyer", "defense lawyer", "lawyer", "attorney", "avocat", "abogado"),
    Profession.POLICE: ("police officer", "policier", "policía"),
    Profession.CENTRAL_AUTHORITY: ("central authority",),
    Profession.FINANCIAL_INTELLIGENCE: ("financial analyst", "financial intelligence"),
    Profession.LEGISLATORS: ("legislator", "legislative drafter", "drafter", "member of parliament"),
    Profession.OTHER: ("other", "autre", "otro"),
}
_MORE_GENDERS: Final = {
    Gender.WOMEN: ("w", "f", "female", "woman", "femme", "féminin", "mujer", "mme", "ms", "mrs"),
    Gender.MEN: ("m", "male", "man", "homme", "masculin", "hombre", "mr"),
    Gender.NOT_STATED: ("x", "n/a", "unknown", "other", "non-binary", "not said", "-"),
}

register_texts(
    {
        "list.missing": _l("Choose a file"),
        "list.too_large": _l(
            "The file is larger than 500 kB. Leave out what is not needed, such as pictures and addresses"
        ),
        "list.over": _l("The preview is over. Choose the file again"),
        "list.no_table": _l("This is no table. Save it as CSV and choose it again"),
        "list.empty": _l("The file is empty. Choose another"),
        "list.no_profession": _l("The first line names no column “profession”. Name the columns as in the template"),
        "list.no_lines": _l("Nobody stands below the headings"),
        "list.too_long": _l("There are more than %(most)s lines. Add people of one group up, with the column “number”"),
        "list.state": _l("Enter the name of a State, or its code of three letters, or leave it empty"),
        "list.no_part": _l("This State takes no part in the activity. Enter one that does, or leave it empty"),
        "list.profession": _l("Enter one of the professions of the template"),
        "list.profession_missing": _l("Enter a profession"),
        "list.gender": _l("Enter women, men or not stated, or leave it empty"),
        "list.number": _l("Enter a whole number from 1 to %(most)s"),
    }
)


def words_of(states: Sequence[StateInfo]) -> Words:
    """Return what a file may call things, in every language of the product.

    Args:
        states: all that are known; which of them take part in the activity is asked later.
    """
    columns = {normalized(name): name for name in COLUMN_TEXTS}
    columns |= {normalized(word): name for name, more in _MORE_COLUMNS.items() for word in more}
    professions = {normalized(one.value): one for one in Profession}
    professions |= {normalized(word): one for one, more in _MORE_PROFESSIONS.items() for word in more}
    genders = {normalized(one.value): one for one in Gender}
    genders |= {normalized(word): one for one, more in _MORE_GENDERS.items() for word in more}
    for locale in LOCALES:
        with force_locale(locale.code):
            columns |= {normalized(str(words)): name for name, words in COLUMN_TEXTS.items()}
            professions |= {normalized(str(words)): one for one, words in PROFESSIONS.items()}
            genders |= {normalized(str(words)): one for one, words in GENDER_TEXTS.items()}
    known: dict[str, str] = {}
    for state in states:
        known |= {normalized(name): state.alpha3 for name in state.names.values()}
        known |= {normalized(state.formal_name_en): state.alpha3} if state.formal_name_en else {}
    # codes last: no name of one State is the code of another, and a code is never a guess
    known |= {normalized(state.alpha3): state.alpha3 for state in states}
    known.pop("", None)
    return Words(columns, known, professions, genders)
