"""Notices of consultations to registered addresses, each with a link through which the body answers."""
