"""The process of an assistance request, in pure Python: no web framework, no database."""
