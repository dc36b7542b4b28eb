"""Search: what a case is found by is stored as terms (`index`), and asked for word by word (`asking`)."""
