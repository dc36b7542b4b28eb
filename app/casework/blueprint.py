"""The templates that every slice's pages of a case stand on; no routes of its own."""

from flask import Blueprint

bp = Blueprint("casework", __name__, template_folder="templates")
