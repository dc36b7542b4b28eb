"""A virus scanner that speaks the protocol of clamd, on a real socket of this machine."""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path
from typing import Final, Self

#: What the scanner finds; harmless, and unlike anything that a test writes by accident.
SIGNATURE: Final = b"ACCEDE-TEST-VIRUS"


class Scanner:
    """Answers INSTREAM over TCP or, with `path`, over a Unix socket.

    Attributes:
        address: what the setting `virus_scanner` holds.
        seen: the content that it was sent, one entry for each file.
        says: what it answers instead of looking; None to look.
    """

    def __init__(self, path: Path | None = None) -> None:
        if path is None:
            self._socket = socket.create_server(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{self._socket.getsockname()[1]}"
        else:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.bind(str(path))
            self._socket.listen()
            self.address = f"unix://{path}"
        self.seen: list[bytes] = []
        self.says: bytes | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as sent:
                command = sent.read(len(b"zINSTREAM\0"))
                content = b"".join(iter(lambda: sent.read(struct.unpack("!L", sent.read(4))[0]), b""))
                self.seen.append(content)
                found = b"stream: Test.Virus FOUND\0" if SIGNATURE in content else b"stream: OK\0"
                refused = b"UNKNOWN COMMAND\0" if command != b"zINSTREAM\0" else None
                connection.sendall(refused or self.says or found)
