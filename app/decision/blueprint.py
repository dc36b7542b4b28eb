"""The blueprint of this slice; its views register themselves on it."""

from flask import Blueprint

from app.workflow.vocabulary import TPB_ROLES, Role

bp = Blueprint("decision", __name__, template_folder="templates")

#: Who reads what was proposed and decided; what each may do there is the process's.
READERS = (*sorted(TPB_ROLES), Role.AUDITOR)
