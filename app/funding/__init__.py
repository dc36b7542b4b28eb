"""Money of cases: what rests and why, and what was allocated."""
