"""Consents of a State: what is in force since when, giving and withdrawing them."""
