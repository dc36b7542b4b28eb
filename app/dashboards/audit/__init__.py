"""What the auditor verifies: the histories of all requests together, and whether their chains hold."""
