"""The blueprint of this slice; its views register themselves on it."""

from flask import Blueprint

from app.workflow.vocabulary import TPB_ROLES, Role

bp = Blueprint("assessment", __name__, template_folder="templates")

#: Assessments and scores are for the Branch and auditors (`tpb_only`).
READERS = (*sorted(TPB_ROLES), Role.AUDITOR)
