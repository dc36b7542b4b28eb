"""Agreements of consulted bodies: recorded by the chief from a letter, or given by the body's own liaison."""
