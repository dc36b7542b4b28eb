"""What WTForms itself finds wrong, in the words of this product: messages say how to mend."""

from __future__ import annotations

from typing import Final

from app.foundation.texts import text

_CHOICE: Final = "literal_error"
#: WTForms' English message -> code of the sentence shown instead.
CODES: Final = {
    "This field is required.": "missing",
    "Not a valid choice.": _CHOICE,
    "Invalid Choice: could not coerce.": _CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOICE,
    "'%(value)s' is not a valid choice for this field.": _CHOICE,
    "Not a valid integer value.": "int_parsing",
    "Invalid email address.": "email",
}


class FieldMessages:
    """Stands in for WTForms' own translations."""

    def gettext(self, message: str) -> str:
        """Return this product's sentence for a message of WTForms, or the message itself."""
        return text(CODES[message]) if message in CODES else message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return this product's sentence for a message of WTForms in one of two numbers."""
        return self.gettext(singular) if singular in CODES or number == 1 else plural


class OwnMessages:
    """Base of a form's `class Meta`: WTForms speaks this product's sentences. Rows of a list need it as well."""

    def get_translations(self, _form: object) -> FieldMessages:
        """Return what WTForms asks for its messages."""
        return _MESSAGES


_MESSAGES: Final = FieldMessages()
