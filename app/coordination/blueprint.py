"""The blueprint of consultations; its views register themselves on it."""

from flask import Blueprint

from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, Role

bp = Blueprint("coordination", __name__, template_folder="templates")

LIAISONS = tuple(sorted(LIAISON_ROLES))
#: Who reads of consultations; what each reads there is `page.shown`'s to say.
READERS = (*sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES), Role.AUDITOR)
#: Who reads positions.
COORDINATORS = (*sorted(TPB_ROLES | LIAISON_ROLES), Role.AUDITOR)
