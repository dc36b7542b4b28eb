"""Commands of the demonstration."""

from flask.cli import AppGroup

demo_cli = AppGroup("demo", help="The demonstration's data.")
