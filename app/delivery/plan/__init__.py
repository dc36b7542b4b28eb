"""The response plan of a case: what is to be done, when, where, with whom, and what it costs."""
