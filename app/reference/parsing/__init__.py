"""Reading of reference files: bytes to typed rows, faults named by line and column. No database here."""
