"""Papers: what leaves the product as PDF. Other layers make one with `letter` or `document`, then call `pdf()`."""

from app.papers.papers import Letter, Line, Paper, Part, document, letter

__all__ = ["Letter", "Line", "Paper", "Part", "document", "letter"]
