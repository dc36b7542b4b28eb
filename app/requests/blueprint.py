"""The blueprint of this slice; its views register themselves on it."""

from __future__ import annotations

from flask import Blueprint

from app.workflow.vocabulary import Role

bp = Blueprint("requests", __name__, template_folder="templates")

#: The people of a State; which cases they see is `visible_cases`, what they may do is the process.
STATE_SIDE = (Role.FOCAL_POINT, Role.MISSION)
#: Who may propose a draft to a State (process, Acts: propose_request).
PROPOSERS = (Role.CTC_LIAISON, Role.CASE_OFFICER)
