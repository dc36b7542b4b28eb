"""The blueprint of this slice; its views register themselves on it."""

from flask import Blueprint

from app.workflow.vocabulary import TPB_ROLES, Role

bp = Blueprint("triage", __name__, template_folder="templates")

#: Who reads the queue and the screening of every case; what each may do there is the process's.
READERS = (*sorted(TPB_ROLES), Role.AUDITOR)
ASSIGNERS = (Role.INTAKE_OFFICER, Role.MANAGER, Role.BRANCH_CHIEF)
