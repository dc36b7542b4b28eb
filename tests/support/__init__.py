"""What the tests stand on: databases, the inspected client, the live server, the browser, the mail server."""
