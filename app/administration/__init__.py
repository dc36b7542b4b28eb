"""Administrators' pages of what the clocks follow, limits, settings, calendars, and the auditor's page of checks."""
