"""Lists with a button in each row: one form, the pressed button says which row."""

from wtforms import BooleanField, StringField

from app.foundation.forms import CommandForm


class RowButtonForm(CommandForm):
    """`key` is the value of the pressed row's button, `everything` the button for all rows."""

    key = StringField(filters=[lambda value: value or None])
    everything = BooleanField()
