"""Silence: whether a notice was provably delivered, when no answer counts as no objection, and the proof of both."""
