"""Forms of consents: buttons with what they are about."""

from __future__ import annotations

from wtforms import HiddenField

from app.foundation.forms import CommandForm


class GiveForm(CommandForm):
    """Gives one consent."""

    kind = HiddenField()
    subject = HiddenField()


class WithdrawForm(CommandForm):
    """Withdraws one consent."""

    consent = HiddenField()
