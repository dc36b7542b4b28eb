"""The front door: the public start page, where each role begins, and the navigation of every page."""
