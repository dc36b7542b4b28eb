"""The blueprint of this slice; its views register themselves on it."""

from flask import Blueprint

bp = Blueprint("funding", __name__, template_folder="templates")
