"""Reference data: Member States, instruments, treaty status, calendars and settings, each with its source and date."""
