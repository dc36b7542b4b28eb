"""Needs that were approved and for which money is missing (11)."""
