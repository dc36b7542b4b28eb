"""Asks a virus scanner that speaks the protocol of clamd (INSTREAM) over TCP or a Unix socket."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO, Final
from urllib.parse import urlsplit

_COMMAND: Final = b"zINSTREAM\0"
_CHUNK: Final = 64 * 1024
_SECONDS: Final = 60
_LONGEST_ANSWER: Final = 4096


class ScannerAway(RuntimeError):
    """The scanner does not answer, or answers that it could not look."""


def finds_something(content: BinaryIO, address: str) -> bool:
    """Tell whether the scanner at `address` finds something in `content`, which is read from its beginning.

    Args:
        address: `tcp://host:port` or `unix:///path`.

    Raises:
        ScannerAway: nobody knows whether there is something.
    """
    content.seek(0)
    try:
        with _connected(address) as scanner:
            scanner.sendall(_COMMAND)
            while chunk := content.read(_CHUNK):
                scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!L", 0))
            answer = _answer(scanner)
    except OSError as problem:
        raise ScannerAway(type(problem).__name__) from problem
    finally:
        content.seek(0)
    if answer.endswith(" FOUND"):
        return True
    if answer.endswith(": OK"):
        return False
    raise ScannerAway("the scanner could not look")


def _connected(address: str) -> socket.socket:
    where = urlsplit(address)
    if where.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(_SECONDS)
        try:
            scanner.connect(where.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    return socket.create_connection((where.hostname or "", where.port or 0), timeout=_SECONDS)


def _answer(scanner: socket.socket) -> str:
    said = b""
    while len(said) < _LONGEST_ANSWER and not said.endswith(b"\0"):
        part = scanner.recv(_LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
