"""Lists of participants as files: read, looked at, counted. Names in them are never kept."""
