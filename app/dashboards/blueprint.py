"""Where the pages of the dashboard hang, and who reads them."""

from typing import Final

from flask import Blueprint

from app.workflow.vocabulary import Role

bp = Blueprint("dashboards", __name__, template_folder="templates")

#: Those who steer the programme, and the auditor; an officer has the queue, an administrator no case content.
READERS: Final = (Role.MANAGER, Role.BRANCH_CHIEF, Role.PROGRAMME_SUPPORT, Role.AUDITOR)
