"""Configuration of a running instance: typed settings, logs, the web server."""
