"""The blueprint of the plan; its views register themselves on it."""

from flask import Blueprint

bp = Blueprint("plan", __name__, template_folder="templates")
TAB = "plan.plan"
