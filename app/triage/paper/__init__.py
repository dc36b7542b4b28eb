"""Requests that came on paper: intake registers what the note or letter says, with its scan."""
