"""The library of legislative tools: open to everybody, kept by officers and the administrator (paragraph 5)."""
