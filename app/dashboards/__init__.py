"""What the manager, the chief, programme support and the auditor see of all requests together. Only reads."""
