"""The blueprint of these pages; `views.py` fills it."""

from flask import Blueprint

bp = Blueprint("administration", __name__, template_folder="templates")
