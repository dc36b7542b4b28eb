"""Cases in bulk: histories drawn from the definition of the process, with everything that hangs on them."""
