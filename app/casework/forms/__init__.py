"""The fields of a request as WTForms: labels, widgets and parsing. The rules are `casework.content`."""
